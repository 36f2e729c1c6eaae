"""The decisions by which guards of the Act hold, in the files of what is inherited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.errors import BadInputError, EngineError
from engine.variants.overlay.xml_files import named, read_tree
from engine.variants.policy import is_of_the_act


def decisions_by_guard(settings: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    """For each guard of the Act in `settings`, a variant.toml, the ids of the decisions in `files` that it reads."""
    told = settings.get("guards")
    guards = {
        name: guard
        for name, guard in (told.items() if isinstance(told, Mapping) else ())
        if isinstance(guard, Mapping) and is_of_the_act(guard.get("clause"))
    }
    there_are = {each for file in files if guards for each in _decisions_in(file, files[file])}
    return {
        name: frozenset((_names_in(guard.get("when")) | _names_in(guard.get("unless"))) & there_are)
        for name, guard in guards.items()
    }


def require_no_acts_table(settings: Mapping[str, Any], file: str, data: bytes) -> None:
    """Raises BadInputError where a decision stands in the file by which a guard of the Act holds, and which that guard
    does not leave to each council."""
    for name, decisions in decisions_by_guard(settings, {file: data}).items():
        left = settings["guards"][name].get("own_tables", ())
        if decisions.difference(left if isinstance(left, list) else ()):
            raise BadInputError(
                f"By {file} the guard {name} holds the Act, and no council can do without it. Take the line out."
            )


def _decisions_in(file: str, data: bytes) -> set[str]:
    if not file.endswith(".dmn"):
        return set()
    try:
        return {each.get("id", "") for each in named(read_tree(data, name=file), "decision")}
    except EngineError:  # whoever reads the file says so
        return set()


def _names_in(expression: object) -> set[str]:
    try:
        return set(feel.parse(expression.removeprefix("=")).names) if isinstance(expression, str) else set()
    except EngineError:
        return set()
