"""Which folders a variant is made of: its own, and those that it extends, found by name or as they were pinned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import BadInputError, VariantNotFoundError
from engine.problems import Problem
from engine.toml import read_toml
from engine.variants.folder import SETTINGS_FILE, is_variant, read_folder
from engine.variants.pin import MAX_FOLDERS, PIN_FILE, BaseFolder, Pin, pin_in, read_pin

#: A variant's name as others refer to it.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
#: Most variants in one line of descent.
MAX_LINE = MAX_FOLDERS


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ancestor:
    """One folder of the line."""

    name: str
    files: Mapping[str, bytes]
    settings: Mapping[str, Any]  #: its variant.toml
    problems: tuple[Problem, ...] = ()


def find_variant(name_or_path: str, root: Path) -> Path:
    """The folder of the variant called `name_or_path` in `root`, or else the folder at that path.

    Raises VariantNotFoundError with the names that there are.
    """
    if NAME.fullmatch(name_or_path) and is_variant(root / name_or_path):
        return root / name_or_path
    try:
        path = Path(name_or_path)
        if name_or_path and path.is_dir():
            return path
        known = sorted(entry.parent.name for entry in root.glob(f"*/{SETTINGS_FILE}"))
    except (OSError, ValueError):  # a name too long for a path, or with a NUL in it
        known = []
    there_are = f"Variants in {root}: {', '.join(known)}." if known else f"{root} holds no variants."
    raise VariantNotFoundError(f"There is no variant and no folder “{name_or_path[:80]}”. {there_are}")


def line_of_descent(folder: Path, root: Path | None) -> tuple[list[Ancestor], Pin | None]:
    """The folder, its base, its base's base, …, and the folder's own pin.

    A folder that pins its base is followed by that base as it was pinned; any other is looked for beside the folder,
    then in `root`. Raises VariantNotFoundError where a folder is missing, a variant.toml or a pin is unreadable, or
    extends goes in a circle.
    """
    home = folder.resolve()
    own, pin = _read(home)
    return [own, *_bases(home, own, pin, root, (home,))], pin


def bases_beside(folder: Path, root: Path | None) -> tuple[BaseFolder, ...]:
    """What the folder extends, as it lies on disk now, whatever the folder pins. Raises as `line_of_descent`."""
    home = folder.resolve()
    own, _ = _read(home)
    return tuple(BaseFolder(name=each.name, files=each.files) for each in _bases(home, own, None, root, (home,)))


def line_of_files(name: str, files: Mapping[str, bytes], root: Path) -> tuple[list[Ancestor], Pin | None]:
    """As `line_of_descent`, of a folder of that name in `root` that would hold these files, whatever it holds now.

    Its pin is among them. Raises as `line_of_descent`.
    """
    own, pin = _with_pin(name, files)
    home = root.resolve() / name
    return [own, *_bases(home, own, pin, root, (home,))], pin


def bases_of_files(name: str, files: Mapping[str, bytes], root: Path) -> tuple[BaseFolder, ...]:
    """As `bases_beside`, of a folder of that name in `root` that would hold these files. Raises as it."""
    own, _ = _with_pin(name, files)
    home = root.resolve() / name
    return tuple(BaseFolder(name=each.name, files=each.files) for each in _bases(home, own, None, root, (home,)))


def own_files(folder: Path) -> Mapping[str, bytes]:
    """The files of the folder itself. Raises as `line_of_descent`."""
    return _read(folder.resolve())[0].files


def line_over(name: str, files: Mapping[str, bytes], bases: Sequence[BaseFolder]) -> list[Ancestor]:
    """The line of a folder with these files over bases that are at hand. Raises as `line_of_descent`."""
    each = [BaseFolder(name=name, files=files), *bases]
    return [
        Ancestor(name=folder.name, files=folder.files, settings=_settings_of(folder.files, folder.name))
        for folder in each
    ]


def _read(home: Path) -> tuple[Ancestor, Pin | None]:
    """A folder on disk with the pin that stands in it."""
    read, pin = read_folder(home), read_pin(home)
    return _ancestor(read.name, read.files, pin, read.problems), pin


def _with_pin(name: str, files: Mapping[str, bytes]) -> tuple[Ancestor, Pin | None]:
    """The folder that these files are, and the pin among them."""
    own = {file: data for file, data in files.items() if file != PIN_FILE}
    pin = pin_in(files[PIN_FILE], name) if PIN_FILE in files else None
    return _ancestor(name, own, pin), pin


def _ancestor(
    name: str, files: Mapping[str, bytes], pin: Pin | None, problems: tuple[Problem, ...] = ()
) -> Ancestor:  # fmt: skip
    held = dict(files)
    if pin is not None and pin.pending:  # an update was stopped while it wrote: what it was to write holds
        for file, data in pin.pending.items():
            held.pop(file, None)
            if data is not None:
                held[file] = data
        sentence = f"An update was stopped while it wrote its files. Run `asb update {name}`, which ends it."
        problems += (Problem(file=PIN_FILE, sentence=sentence),)
    return Ancestor(name=name, files=held, settings=_settings_of(held, name), problems=problems)


def _bases(home: Path, own: Ancestor, pin: Pin | None, root: Path | None, seen: tuple[Path, ...]) -> Sequence[Ancestor]:
    extends = own.settings.get("extends", "")
    if pin is not None:
        if extends != pin.base:
            raise VariantNotFoundError(
                f"{own.name}/{PIN_FILE} pins {pin.base}, and {SETTINGS_FILE} extends “{str(extends)[:80]}”. Run "
                f"`asb update {own.name}`, which shows what that changes; where it is to extend nothing, take "
                f"{PIN_FILE} out."
            )
        line = line_over(own.name, own.files, pin.folders)[1:]
        extended = [each.settings.get("extends", "") for each in line]
        if extended != [*(each.name for each in line[1:]), ""]:
            raise VariantNotFoundError(
                f"{own.name}/{PIN_FILE} does not hold every folder that {pin.base} is made of. Take it out of the "
                f"folder and run `asb update {own.name} --write`, which pins the base as it is now."
            )
        return line
    place = _base(home, extends, root)
    if place is None:
        return []
    place = place.resolve()
    if place in seen:
        names = " → ".join(path.name for path in (*seen, place))
        raise VariantNotFoundError(f"{seen[0].name} extends itself: {names}. Take one “extends” out.")
    if len(seen) == MAX_LINE:
        raise VariantNotFoundError(f"{seen[0].name} extends more than {MAX_LINE - 1} variants in a line.")
    base, its_pin = _read(place)
    told = tuple(Problem(file=each.file, sentence=f"In {base.name}: {each.sentence}") for each in base.problems)
    base = Ancestor(name=base.name, files=base.files, settings=base.settings, problems=told)
    return [base, *_bases(place, base, its_pin, root, (*seen, place))]


def _settings_of(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    if SETTINGS_FILE not in files:
        raise VariantNotFoundError(f"The folder {name} has no readable {SETTINGS_FILE}. Every variant needs one.")
    try:
        return read_toml(files[SETTINGS_FILE], name=f"{name}/{SETTINGS_FILE}")
    except BadInputError as error:
        raise VariantNotFoundError(str(error)) from None


def _base(folder: Path, extends: object, root: Path | None) -> Path | None:
    if extends == "":
        return None
    if not isinstance(extends, str) or not NAME.fullmatch(extends):
        raise VariantNotFoundError(
            f"{folder.name}/{SETTINGS_FILE} extends “{str(extends)[:80]}”, which is no name of a variant. "
            'Write the name of its folder, such as extends = "statutory".'
        )
    for place in (folder.parent, *([root] if root else [])):
        if is_variant(place / extends):
            return place / extends
    raise VariantNotFoundError(
        f"{folder.name} extends “{extends}”, and there is no such folder beside it. Check the name in {SETTINGS_FILE}."
    )
