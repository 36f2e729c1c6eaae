"""Lists, such as what was reported: a page of what was added, and a page for each entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.casework.applications.application import change_answers
from engine.forms import MAX_ENTRIES, Field, FieldKind
from engine.language import ENGLISH, say, spoken
from webui.access import Right, allow
from webui.apply.blueprint import blueprint
from webui.apply.draft import Writing, from_check, writing
from webui.policyforms import facts_as_rows, read_answers, render_form, render_problems
from webui.policyforms.problems import Problems
from webui.shell.office import office
from webui.shell.public_pages import public_page


def list_page(found: Writing, field: Field) -> Response | str | tuple[str, int]:
    """What was added so far, and whether there is more. A list that needs an entry begins with its first."""
    entries = entries_of(found, field)
    if request.method == "GET":
        if not entries and field.is_required:
            return redirect(_address(found, field, 1))
        return _list(found, field, entries)
    match request.form.get("more"):
        case "yes" if len(entries) < MAX_ENTRIES:
            return redirect(_address(found, field, len(entries) + 1))
        case "no":
            problems = found.form.problems_at(field.key, {**found.answers, field.key: entries})
            if problems:
                return _list(found, field, entries, problems=problems), 422
            kept = change_answers(office(), found.variant.id, found.code, lambda all: all.setdefault(field.key, []))
            return redirect(Writing(found.variant, found.code, kept).after(field))
    return _list(found, field, entries, error=say("Select yes or no")), 422


@blueprint.route("/apply/<council>/question/<key>/<int:number>", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def entry(council: str, key: str, number: int) -> Response | str | tuple[str, int]:
    """The questions of one entry; one more than there are is a new one."""
    found = writing(council)
    if not isinstance(found, Writing):
        return found
    field = _field(found, key)
    entries = entries_of(found, field)
    if not 1 <= number <= min(len(entries) + 1, MAX_ENTRIES):
        return redirect(_list_address(found, field))
    if request.method == "GET":
        return _entry(found, field, number, entries[number - 1] if number <= len(entries) else {})
    asked = found.form.of_entry(field, found.answers)
    answers, action = read_answers(asked.form, request.form)
    if action != "complete":
        return _entry(found, field, number, answers, action=action)
    said = asked.said(answers)
    problems = _problems_of_entry(found, field, said)
    if problems:
        return _entry(found, field, number, answers, problems=problems), 422

    def put(entries: list[Any]) -> None:
        entries[number - 1 :] = [said, *entries[number:]]

    _change(found, field, put)
    return redirect(_list_address(found, field))


@blueprint.route("/apply/<council>/question/<key>/<int:number>/remove", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def remove_entry(council: str, key: str, number: int) -> Response | str:
    found = writing(council)
    if not isinstance(found, Writing):
        return found
    field = _field(found, key)
    entries = entries_of(found, field)
    back = _list_address(found, field)
    if not 1 <= number <= len(entries):
        return redirect(back)
    if request.method == "GET":
        return public_page(
            "apply/remove.html", found.variant, what=f"{_word(found, field)} {number}", back=back,
            rows=_rows(found, field, entries[number - 1]),
        )  # fmt: skip

    def take_out(entries: list[Any]) -> None:
        del entries[number - 1 : number]

    _change(found, field, take_out)
    return redirect(back)


def entries_of(found: Writing, field: Field) -> Sequence[Mapping[str, Any]]:
    entries = found.answers.get(field.key)
    return entries if isinstance(entries, list) else []


def problems_by_entry(field: Field, problems: Problems) -> dict[int, list[tuple[str, str]]]:
    """What is wrong, by the number of the entry; under 0 what concerns the list."""
    sorted_out: dict[int, list[tuple[str, str]]] = {}
    for path, sentence in problems:
        number, _, inner = path.removeprefix(f"{field.key}[").partition("].")
        at = int(number) if path != field.key and number.isdecimal() else 0
        sorted_out.setdefault(at, []).append((inner, sentence))
    return sorted_out


def _problems_of_entry(found: Writing, field: Field, said: Mapping[str, Any]) -> Problems:
    """What is wrong with one entry, at its own questions: it is looked at as if it were the only one."""
    problems = found.form.problems_at(field.key, {**found.answers, field.key: [said]})
    return [each for inner in problems_by_entry(field, problems).values() for each in inner]


def _change(found: Writing, field: Field, change: Callable[[list[Any]], None]) -> None:
    def change_list(answers: dict[str, Any]) -> None:
        entries = answers.get(field.key)
        answers[field.key] = entries if isinstance(entries, list) else []
        change(answers[field.key])

    change_answers(office(), found.variant.id, found.code, change_list)


def _field(found: Writing, key: str) -> Field:
    field = found.field(key)
    if field is None or field.kind is not FieldKind.LIST:
        abort(404)
    return field


def _list(found: Writing, field: Field, entries: Sequence[Any], *, error: str = "", problems: Problems = ()) -> str:
    wrong = problems_by_entry(field, problems)
    lines = [
        {"text": f"{_word(found, field).capitalize()} {number}: {sentence}", "href": _address(found, field, number)}
        if number
        else {"text": sentence, "href": "#more"}
        for number, each in sorted(wrong.items())
        for _, sentence in each
    ]
    cards = [
        {
            "title": f"{_word(found, field).capitalize()} {number}",
            "rows": _rows(found, field, each),
            "change": _address(found, field, number),
            "remove": url_for(
                "apply.remove_entry", council=found.variant.id, key=field.key, number=number, **from_check()
            ),
        }
        for number, each in enumerate(entries, start=1)
    ]
    place, of = found.place_of(field)
    return public_page(
        "apply/list.html", found.variant, field=field, cards=cards, one=_word(found, field), many=_many(found, field),
        is_full=len(entries) >= MAX_ENTRIES, number=place, of=of, back=found.before(field), error=error,
        lines=[{"text": error, "href": "#more"}] if error else lines, has_errors=bool(error or lines),
    )  # fmt: skip


def _entry(
    found: Writing, field: Field, number: int, answers: Mapping[str, Any], *, action: str = "", problems: Problems = ()
) -> str:
    asked = found.form.of_entry(field, found.answers)
    drawn = render_form(
        asked.form, answers, scope=asked.scope, now=asked.now, functions=asked.functions, problems=problems,
        people=asked.people,
        action=action,
    )  # fmt: skip
    place, of = found.place_of(field)
    is_first = number == 1 and not entries_of(found, field)
    return public_page(
        "apply/entry.html", found.variant, field=field, heading=f"{_word(found, field).capitalize()} {number}",
        questions=drawn, summary=render_problems(asked.form, problems), has_errors=bool(problems), number=place, of=of,
        back=found.before(field) if is_first and field.is_required else _list_address(found, field), is_first=is_first,
    )  # fmt: skip


def _rows(found: Writing, field: Field, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    shown = found.form.shown({**found.answers, field.key: [entry]}).entries.get(field.key, ())
    return facts_as_rows(field.fields, entry, options_of=shown[0].options_of) if shown else []


def _word(found: Writing, field: Field) -> str:
    """What one entry is called: the policy's word for an item of this collection."""
    settings = found.variant.settings
    own = settings.items.get(field.key, "").replace("_", " ")
    return field.public.entry or (settings.said(own, spoken()) if own else say("entry"))


def _many(found: Writing, field: Field) -> str:
    """What several are called; Welsh counts with the singular."""
    return _word(found, field) if spoken() != ENGLISH else field.key.replace("_", " ")


def _address(found: Writing, field: Field, number: int, endpoint: str = "apply.entry") -> str:
    return url_for(endpoint, council=found.variant.id, key=field.key, number=number, **from_check())


def _list_address(found: Writing, field: Field) -> str:
    return url_for("apply.question", council=found.variant.id, key=field.key, **from_check())
