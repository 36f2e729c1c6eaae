"""A variant from its folder: with everything it inherits, from bases as they are pinned or as they lie."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from engine.errors import EngineError, PolicyUnreadableError
from engine.variants.descent import line_of_descent, line_of_files, line_over
from engine.variants.folder import SETTINGS_FILE
from engine.variants.inheritance import Resolved, resolve
from engine.variants.pin import BaseFolder
from engine.variants.variant import Variant

log = logging.getLogger("asb.policies")


@contextmanager
def named_where_it_fails(folder: Path) -> Iterator[None]:
    """While a folder is read or looked at, which is as anybody wrote it: whatever it makes the software stumble over is
    an EngineError too, so that one folder never keeps the others from being served."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        log.exception("The folder %s cannot be read.", folder)
        raise PolicyUnreadableError(error) from error


def load_variant(folder: Path, *, root: Path | None = None, unsaved: Mapping[str, bytes] | None = None) -> Variant:
    """The variant in `folder` with everything it inherits: bases as they are pinned, else beside it, else in `root`.

    `unsaved` are diagrams, tables and forms of its own as somebody has them open, by file: they stand for what lies
    there. A bad file is left for `Variant.problems`. Raises VariantNotFoundError where a folder is missing, a
    variant.toml is unreadable, or what it extends is missing or goes in a circle.
    """
    (own, *bases), pin = line_of_descent(folder, root)
    own = replace(own, files={**own.files, **(unsaved or {})})
    return replace(_of_resolved(resolve([own, *bases]), own.name), pin=pin)


def variant_of_files(name: str, files: Mapping[str, bytes], root: Path) -> tuple[Variant, tuple[BaseFolder, ...]]:
    """The same of a folder of that name in `root` that would hold these files, its pin among them; and what it extends.

    Raises as `load_variant`.
    """
    line, pin = line_of_files(name, files, root)
    bases = tuple(BaseFolder(name=each.name, files=each.files) for each in line[1:])
    return replace(_of_resolved(resolve(line), name), pin=pin), bases


def load_settings(folder: Path, *, root: Path | None = None) -> Variant:
    """The same with nothing but the settings, without what these take from other files: agreements, and what guards of
    a base hold. For what one asks of the folders beside another: it takes a fifth of the time.

    Raises as `load_variant`.
    """
    line, _ = line_of_descent(folder, root)
    lean = [replace(read, files={SETTINGS_FILE: read.files[SETTINGS_FILE]}) for read in line]
    return _of_resolved(resolve(lean), line[0].name)


def variant_over(name: str, files: Mapping[str, bytes], bases: Sequence[BaseFolder]) -> Variant:
    """The variant of this name with these files of its own over these bases. Raises as `load_variant`."""
    return _of_resolved(resolve(line_over(name, files, bases)), name)


def _of_resolved(resolved: Resolved, name: str) -> Variant:
    return Variant.from_files(
        resolved.files, name, origin=resolved.origin, tables=resolved.tables, problems=resolved.problems,
        edits=resolved.edits, bases=resolved.bases, untold=resolved.untold,
    )  # fmt: skip
