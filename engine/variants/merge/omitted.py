"""What a council does without, and what the base changed in it or does without itself by now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.toml import read_toml
from engine.variants.folder import POLICY_FILE, SCENARIOS
from engine.variants.limits import DECISION, LIMITS_FILE
from engine.variants.merge.line_edits import leave_out_entry
from engine.variants.merge.lines import About, Line, about_limit
from engine.variants.policy import CONFLICTS
from engine.variants.variant import Variant

KEY = "without"

#: Of a kind, what it is about by the name behind the dot: (name, bases).
_Kind = Callable[[str, tuple[Variant, Variant]], About]


def omitted_lines(settings: Mapping[str, Any], bases: tuple[Variant, Variant]) -> Iterator[Line]:
    """The entries of `without` that differences between the bases can be about."""
    told = settings.get(KEY)
    for each in told if isinstance(told, list) else ():
        if not isinstance(each, str):
            continue
        kind, _, name = each.partition(".")
        is_about = _KINDS[kind](name, bases) if kind in _KINDS else _setting(each)
        yield Line(
            name=f"{KEY}.{each}", says=f"You do without {each}", is_about=is_about,
            edits=(leave_out_entry(KEY, lambda entry, told=each: entry == told),),  # type: ignore[misc]  # a default binds it
        )  # fmt: skip


def files_left_out(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The files that entries of `without` name of which no difference is told: (entry, file)."""
    told = settings.get(KEY)
    for each in told if isinstance(told, list) else ():
        kind, _, name = str(each).partition(".")
        if kind == "scenarios" and name:
            yield each, f"{SCENARIOS}{name}.toml"


def changed_conflicts(settings: Mapping[str, Any], bases: tuple[Variant, Variant]) -> Iterator[str]:
    """The entries of `without` that name conflicts which the base says otherwise, or no longer."""
    told = settings.get(KEY)
    for each in told if isinstance(told, list) else ():
        kind, _, name = str(each).partition(".")
        if kind == "conflicts":
            said = [_conflicts(base).get(name) for base in bases]
            if said[0] != said[1]:
                yield each


def _conflicts(base: Variant) -> dict[str, Any]:
    table = read_toml(base.files[POLICY_FILE], name=POLICY_FILE) if POLICY_FILE in base.files else {}
    listed = table.get(CONFLICTS)
    return {
        "+".join(map(str, each["clauses"])): each
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, Mapping) and isinstance(each.get("clauses"), list)
    }


def _setting(name: str) -> About:
    return lambda found: found.what == "setting" and f"{found.element_id}.".startswith(f"{name}.")


def _limit(name: str, bases: tuple[Variant, Variant]) -> About:  # noqa: ARG001  # as each kind is asked
    return about_limit(name)


def _clause(name: str, bases: tuple[Variant, Variant]) -> About:  # noqa: ARG001  # as each kind is asked
    return lambda found: found.what == "clause" and found.element_id == name


def _in_place(place: str, ending: str) -> _Kind:
    return lambda name, _: lambda found: found.file == f"{place}{name}{ending}"


def _letter(name: str, bases: tuple[Variant, Variant]) -> About:
    files = {base.letters[name].file for base in bases if name in base.letters}
    return lambda found: found.file in files


def _process(name: str, bases: tuple[Variant, Variant]) -> About:
    files = {base.process_file[name] for base in bases if name in base.process_file}
    return lambda found: found.file in files


def _question(name: str, bases: tuple[Variant, Variant]) -> About:
    form, _, key = name.partition(".")
    fields = {
        field.id
        for base in bases
        if form in base.forms
        for question in base.forms[form].questions
        if question.field.key == key
        for field in question.fields
    }
    return lambda found: found.what == "question" and found.element_id in fields


def _row(name: str, bases: tuple[Variant, Variant]) -> About:
    decision, _, row = name.partition(".")
    files = (
        {LIMITS_FILE}
        if decision == DECISION
        else {file for base in bases for file, held in base.definitions.items() if decision in held.decisions}
    )
    return lambda found: found.element_id == row and found.file in files


_KINDS: Mapping[str, _Kind] = {
    "clauses": _clause,
    "files": _in_place("", ""),
    "forms": _in_place("forms/", ".form"),
    "letters": _letter,
    "limits": _limit,
    "pages": _in_place("pages/", ".md"),
    "processes": _process,
    "questions": _question,
    "rows": _row,
    "scenarios": lambda _name, _bases: lambda _found: False,
    "conflicts": lambda _name, _bases: lambda _found: False,
}
