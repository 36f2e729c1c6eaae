"""A new council's folder: the few lines in which it differs from the folder that it extends."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from engine.errors import BadInputError, EngineError
from engine.toml import write_toml
from engine.variants.descent import NAME, bases_beside
from engine.variants.folder import SETTINGS_FILE
from engine.variants.joint_write import write_together
from engine.variants.pin import Pin

#: Characters in a line of a list.
_WIDTH = 120
_HEADING = """\
# What {name} has of its own. Everything else is taken over from bpmn/{base};
# docs/variants.md says what each line means, and `asb variant {folder}` what it changes.

"""


def write_folder(root: Path, folder: str, base: str, answers: Mapping[str, Any], *, today: date) -> Path:
    """Make the folder of a council that extends `base`, pinned as it is today, and says `answers`, the values of its
    variant.toml.

    Raises BadInputError where the name cannot be one, or is taken. The folder is there whole or not at all.
    """
    if not NAME.fullmatch(folder):
        raise BadInputError(
            f"“{folder[:60]}” cannot be the name of a folder. Use letters, digits, - and _, such as derby_city."
        )
    home = root / folder
    if home.exists():
        raise BadInputError(f"{home} is there already. Edit it, or give the new council another name.")
    filling = root / f".{folder}.{os.getpid()}"
    filling.mkdir(parents=True)
    try:
        text = settings_text(folder, base, answers)
        (filling / SETTINGS_FILE).write_text(text, encoding="utf-8")
        write_together(filling, Pin(folders=bases_beside(filling, root), pinned_on=today), {})
        filling.rename(home)
    except (OSError, EngineError):
        shutil.rmtree(filling, ignore_errors=True)
        raise
    return home


def settings_text(folder: str, base: str, answers: Mapping[str, Any]) -> str:
    """The variant.toml: what is plain first, then each list with an entry a line, then the tables."""
    said = {key: value for key, value in answers.items() if value not in ("", [], {}, None)}
    name = " ".join(str(said.pop("name", folder)).split())
    lists = {key: value for key, value in said.items() if isinstance(value, list)}
    tables = {key: value for key, value in said.items() if isinstance(value, Mapping)}
    plain = {key: value for key, value in said.items() if key not in lists and key not in tables}
    parts = [write_toml({"name": name, "extends": base, **plain}), *map(_list_text, lists, lists.values())]
    return _HEADING.format(name=name, base=base, folder=folder) + "".join(parts) + write_toml(tables)


def _list_text(key: str, entries: list[Any]) -> str:
    """A list: of tables an entry a line, of anything else as many in a line as fit."""
    whole = write_toml({key: entries})
    if len(whole) <= _WIDTH:
        return whole
    lines = [""]
    for entry in entries:
        text = write_toml({"x": [entry]}).removeprefix("x = [").removesuffix("]\n")
        is_new = isinstance(entry, Mapping) or len(lines[-1]) + len(text) > _WIDTH
        if is_new and lines[-1]:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else '  '}{text},"
    return f"{write_toml({key: []}).removesuffix(']' + chr(10))}\n" + "\n".join(lines) + "\n]\n"
