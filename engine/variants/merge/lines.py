"""Lines of a council's variant.toml and policy.toml, each with what of the base it is said over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.variants.comparison.difference import Difference, How, quoted
from engine.variants.folder import POLICY_FILE, SETTINGS_FILE
from engine.variants.merge.line_edits import leave_out_entry, leave_out_key, leave_out_restated
from engine.variants.merge.toml_text import Edit
from engine.variants.policy import clause_tables, restated_by
from engine.variants.variant import Variant

#: Whether a difference between the bases is about what a line is said over.
About = Callable[[Difference], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    name: str  #: by which a question about it is answered
    says: str  #: for people
    is_about: About
    edits: tuple[Edit, ...]  #: that take it out
    file: str = SETTINGS_FILE


def lines_over(
    settings: Mapping[str, Any], clauses: Mapping[str, Any], bases: tuple[Variant, Variant]
) -> Iterator[Line]:
    """The lines of one folder; `bases` are what it extended and what it extends now."""
    yield from _limits(settings)
    yield from _slots(settings)
    yield from _questions(settings, bases)
    yield from _choices(settings, bases)
    yield from _rows(settings, bases)
    yield from _guards(settings)
    yield from _restated(clauses)


def _limits(settings: Mapping[str, Any]) -> Iterator[Line]:
    for name, value in _table(settings, "limits").items():
        said = value.get("is") if isinstance(value, Mapping) else value
        yield Line(
            name=f"limits.{name}", says=f"“{name}” is {quoted(said)}", is_about=about_limit(name),
            edits=(leave_out_key("limits", name),),
        )  # fmt: skip


def about_limit(name: str) -> About:
    return lambda each: each.what == "limit" and each.sentence.startswith(f"“{name}”: ")


def _slots(settings: Mapping[str, Any]) -> Iterator[Line]:
    for slot, process in _table(settings, "use").items():

        def is_about(each: Difference, slot: str = slot, process: Any = process) -> bool:
            is_gone = each.what == "step" and each.how is How.GONE and each.element_id == process
            return is_gone or (each.what == "setting" and f"{each.element_id}.".startswith(f"slots.{slot}."))

        yield Line(
            name=f"use.{slot}", says=f"“{slot}” is {quoted(process)}", is_about=is_about,
            edits=(leave_out_key("use", slot),),
        )  # fmt: skip


def _questions(settings: Mapping[str, Any], bases: tuple[Variant, Variant]) -> Iterator[Line]:
    for each in _entries(settings, "questions"):
        form, key, after = (str(each.get(name, "")) for name in ("form", "key", "after"))
        followed, own = (_fields(bases, form, name) for name in (after, key))

        def is_about(found: Difference, followed: set[str] = followed, own: set[str] = own) -> bool:
            if found.what != "question":
                return False
            return found.element_id in own or (found.how is How.GONE and found.element_id in followed)

        yield Line(
            name=f"questions.{form}.{key}", says=f"The form “{form}” asks {quoted(each.get('label'))}",
            is_about=is_about, edits=(_entry("questions", form=form, key=key),),
        )  # fmt: skip


def _choices(settings: Mapping[str, Any], bases: tuple[Variant, Variant]) -> Iterator[Line]:
    for each in _entries(settings, "choices"):
        form, key = str(each.get("form", "")), str(each.get("key", ""))
        fields, offered = _fields(bases, form, key), each.get("choices")
        words = ", ".join(map(str, offered.values())) if isinstance(offered, Mapping) else ""
        yield Line(
            name=f"choices.{form}.{key}", says=f"“{key}” in the form “{form}” offers {quoted(words)} too",
            is_about=lambda found, fields=fields: found.what == "question" and found.element_id in fields,  # type: ignore[misc]  # a default binds it
            edits=(_entry("choices", form=form, key=key),),
        )  # fmt: skip


def _rows(settings: Mapping[str, Any], bases: tuple[Variant, Variant]) -> Iterator[Line]:
    for each in _entries(settings, "rows"):
        decision, row = str(each.get("decision", "")), str(each.get("id", ""))
        of_table, is_ordered = _rows_of(bases, decision)
        meant = of_table if is_ordered else {row, str(each.get("before", "")), decision}

        yield Line(
            name=f"rows.{decision}.{row}", says=f"“{decision}” has your row “{row}”",
            is_about=lambda found, meant=meant: found.what == "table" and found.element_id in meant,  # type: ignore[misc]  # a default binds it
            edits=(_entry("rows", decision=decision, id=row),),
        )  # fmt: skip


def _guards(settings: Mapping[str, Any]) -> Iterator[Line]:
    for table in ("guards", "figures"):
        for name in _table(settings, table):
            yield Line(
                name=f"{table}.{name}", says=f"You say [{table}.{name}] yourself",
                is_about=lambda found, place=f"{table}.{name}.": (  # type: ignore[misc]  # a default binds it
                    found.what == "setting" and f"{found.element_id}.".startswith(place)
                ),
                edits=(leave_out_key(table, name),),
            )  # fmt: skip


def _restated(clauses: Mapping[str, Any]) -> Iterator[Line]:
    for clause, table in clause_tables(clauses):
        for other in restated_by(table):
            yield Line(
                name=f"restates.{clause}.{other}", says=f"Your clause {clause} says what {other} says",
                is_about=lambda found, other=other: found.what == "clause" and found.element_id == other,  # type: ignore[misc]  # a default binds it
                edits=(leave_out_restated(_keys(clauses, clause), str(other)),), file=POLICY_FILE,
            )  # fmt: skip


def _keys(clauses: Mapping[str, Any], clause: str) -> list[str]:
    """The keys under which a clause stands: `["M6.1"]` and `[M6.1]` are the same one."""
    return [clause] if clause in clauses else clause.split(".")


def _table(settings: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = settings.get(key)
    return table if isinstance(table, Mapping) else {}


def _entries(settings: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = settings.get(key)
    return [each for each in entries if isinstance(each, Mapping)] if isinstance(entries, list) else []


def _entry(table: str, **known_by: str) -> Edit:
    return leave_out_entry(table, lambda entry: all(entry.get(key) == value for key, value in known_by.items()))


def _fields(bases: tuple[Variant, Variant], form: str, key: str) -> set[str]:
    """The ids that a question with this key has in the forms of the bases."""
    return {
        field.id
        for base in bases
        if form in base.forms
        for question in base.forms[form].questions
        for field in question.fields
        if field.key == key
    }


def _rows_of(bases: tuple[Variant, Variant], decision: str) -> tuple[set[str], bool]:
    """The ids by which a difference of a decision is known, and whether the order of its rows decides."""
    found, is_ordered = {decision}, False
    for base in bases:
        held = base.decisions.get(decision)
        table = held.decisions[decision].table if held is not None else None
        if table is not None:
            found |= {rule.rule_id for rule in table.rules}
            is_ordered = is_ordered or table.hit_policy in ("FIRST", "PRIORITY")
    return found, is_ordered
