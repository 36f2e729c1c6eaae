"""`asb questions`: what an application, a task or a message asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import click

from engine import feel
from engine.casework.cases.messages import what_can_be_told
from engine.casework.explanations.form import explanation_form
from engine.casework.step.office import Office
from engine.casework.words.values import answers_in_words
from engine.cli.frame import COUNCIL, FORMAT, office, policy_of, print_json, refuse, variant_of
from engine.cli.layout import paragraph
from engine.errors import TaskNotFoundError
from engine.forms import Field, FieldKind, Form
from engine.model import Subject, TaskId
from engine.store import cases, facts, tasks
from engine.variants import Variant

#: What is known already, by the key of the question.
Known: TypeAlias = dict[str, Any]

_KINDS = {
    FieldKind.TEXT_FIELD: "text",
    FieldKind.TEXT_AREA: "text",
    FieldKind.NUMBER: "number",
    FieldKind.CHECKBOX: "true or false",
    FieldKind.YES_NO: "true or false",
    FieldKind.CHECKLIST: "list of",
    FieldKind.RADIO: "one of",
    FieldKind.SELECT: "one of",
    FieldKind.PERSON: "name or id of a person",
    FieldKind.DATE: "day like 2026-05-05",
    FieldKind.TIME: "time like 09:30",
    FieldKind.DATE_TIME: "day and time like 2026-05-05T09:30",
    FieldKind.LIST: "list of objects with",
    FieldKind.FILES: "list of file names",
}


@click.command("questions")
@click.argument("what", metavar="COUNCIL|TASK|CASE")
@click.argument("message", required=False)
@click.option(
    "--start", default="", metavar="NAME", help="Of a case that begins without an application: one of [starts]."
)
@click.option("--explanations", "of_log", is_flag=True, help="Of an entry in COUNCIL's log of second reports.")
@click.option("--draft", "of_draft", is_flag=True, help="As its folder asks it, and not the policy that is in force.")
@FORMAT
@COUNCIL
def questions_command(
    what: str, message: str | None, start: str, of_log: bool, of_draft: bool, form: str, council_id: str | None
) -> None:
    """List what is asked by an application (COUNCIL), by a TASK, with a MESSAGE to a CASE, or by the log.

    Each question has the key under which it is answered, what kind of answer it takes, and whether it must be given.

    \b
    Examples:
      asb questions hertsmere
      asb questions trial --draft
      asb questions coventry --start remedy
      asb questions coventry --explanations
      asb questions HBC-2026-0001.35
      asb questions HBC-2026-0001 withdraw
    """
    known: Known = {}
    asked: Form | None
    if of_log:
        asked = _of_log(what, of_draft=of_draft)
    elif message is not None:
        asked = _of_message(what, message, council_id)
    elif "." in what and what.rpartition(".")[2].isdigit():
        asked, known = _of_task(TaskId.read(what), council_id)
    else:
        asked = _of_application(_policy(office(), what, of_draft=of_draft), start)
    fields = [question.field for question in asked.questions if not question.field.is_read_only] if asked else []
    if form == "json":
        print_json([_as_json(field) | {"known": known.get(field.key)} for field in fields])
        return
    if not fields:
        click.echo("Nothing is asked.")
    for field in fields:
        for line in _lines(field, 0):
            click.echo(line)
        if field.key in known:
            for words in answers_in_words({field.key: known[field.key]}, asked):
                click.echo(paragraph(f"known: {words}", indent=4))
            if field.kind is FieldKind.LIST:
                ids = ", ".join(str(item["id"]) for item in known[field.key])
                click.echo(paragraph(f"An object with the id of one of these ({ids}) corrects it.", indent=4))


def _policy(opened: Office, council: str, *, of_draft: bool) -> Variant:
    return variant_of(council) if of_draft else policy_of(opened, council)


def _of_log(council: str, *, of_draft: bool) -> Form:
    opened = office()
    return explanation_form(opened, _policy(opened, council, of_draft=of_draft)).form


def _of_application(read: Variant, start: str) -> Form | None:
    process = read.processes.get(read.settings.start_process(start))
    if process is None or not process.start_events():
        refuse(f"{read.name} has no main process to open a case with. Run `asb check` on its folder.")
    return read.forms.get(process.start_events()[0].form_id or "")


def _of_task(task: TaskId, council_id: str | None) -> tuple[Form | None, Known]:
    """The form of the task, and what is known already of what it asks."""
    opened = office()
    with opened.database.read() as connection:
        case = cases.find_case(connection, task.reference, council_id)
        row = tasks.load_task(connection, case.case_id, task.number)
        if row is None:
            raise TaskNotFoundError(str(task))
        form = opened.versions.get(connection, case.variant_digest).variant.forms.get(row.form_id or "")
        known: Known = {}
        subject = Subject(collection=row.collection, item_id=row.item_id)
        for fact in facts.current_facts(connection, case.case_id, subject):
            known[fact.name] = feel.to_json(feel.load(fact.value))
        for collection in form.collections if form is not None else ():
            items: dict[str, dict[str, Any]] = {}
            for fact in facts.current_items(connection, case.case_id, [collection]):
                items.setdefault(fact.item_id, {"id": fact.item_id})[fact.name] = feel.to_json(feel.load(fact.value))
            if items:
                known[collection] = list(items.values())
        return form, known


def _of_message(reference: str, message: str, council_id: str | None) -> Form | None:
    opened = office()
    tellings = what_can_be_told(opened, reference, council_id=council_id)
    form_ids = [telling.form_id for telling in tellings if telling.message == message]
    if not form_ids:
        known = ", ".join(sorted({telling.message for telling in tellings})) or "nothing"
        refuse(f"Case {reference} cannot be told “{message}” now. It can be told: {known}.")
    with opened.database.read() as connection:
        case = cases.find_case(connection, reference, council_id)
        variant = opened.versions.get(connection, case.variant_digest).variant
    return variant.forms.get(form_ids[0] or "")


def _lines(field: Field, indent: int) -> Iterator[str]:
    need = "required" if field.is_required else "may be left out"
    if field.hidden_if is not None:
        need += f", not asked if {field.hidden_if.text}"
    yield paragraph(f"{field.name} ({need})", first=f"{'':{indent}}{field.key}  ", indent=indent + 4)
    options = ", ".join(option.value for option in field.options)
    yield paragraph(f"{_KINDS[field.kind]} {options}".rstrip(), indent=indent + 4)
    for inner in field.fields:
        if inner.key:
            yield from _lines(inner, indent + 4)


def _as_json(field: Field) -> dict[str, object]:
    return {
        "key": field.key,
        "label": field.name,
        "kind": str(field.kind),
        "required": field.is_required,
        "options": {option.value: option.label for option in field.options},
        "fields": [_as_json(inner) for inner in field.fields if inner.key],
    }
