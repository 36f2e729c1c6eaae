"""`asb case`: how a case stands, and what happened in it."""

from __future__ import annotations

import click

from engine.casework.step.drawn_before import former_policies
from engine.casework.words.items import item_names
from engine.casework.words.ladders import in_words, ladders_of
from engine.casework.words.sentences import Narrator
from engine.casework.words.values import plain
from engine.cli.frame import COUNCIL, FORMAT, office, print_json
from engine.cli.layout import Diary, paragraph
from engine.cli.open_tasks import print_task, task_as_json
from engine.clock import local_date
from engine.model import CaseSummary
from engine.record_kinds import RecordKind
from engine.store import cases, incidents, parcels, record, tasks
from engine.store.frames import open_frames
from engine.store.letters import letters_of
from engine.words import day_in_words, letter_went, weekday_in_words


@click.command("case")
@click.argument("reference", metavar="[CASE]", required=False)
@FORMAT
@COUNCIL
def case_command(reference: str | None, form: str, council_id: str | None) -> None:
    """Show a case: status, open tasks and why they are due, what is stuck, ladders, letters, history.

    Without CASE, list all cases.

    \b
    Examples:
      asb case
      asb case HBC-2026-0001
    """
    if reference is None:
        _list_cases(form, council_id)
    else:
        _show_case(reference, form, council_id)


def _list_cases(form: str, council_id: str | None) -> None:
    with office().database.read() as connection:
        found = [cases.summary(row) for row in cases.all_cases(connection, council_id)]
    if form == "json":
        print_json([_summary(case) for case in found])
        return
    for case in found:
        opened = f"opened {day_in_words(local_date(case.opened_at))}"
        click.echo(f"{case.reference:<16}  {case.status:<6}  {opened:<25}  {case.closed_as or ''}".rstrip())
    if not found:
        click.echo("There is no case yet. `asb open` opens one.")


def _show_case(reference: str, form: str, council_id: str | None) -> None:
    opened = office()
    with opened.database.read() as connection:
        row = cases.find_case(connection, reference, council_id)
        case = cases.summary(row)
        open_tasks = tasks.open_tasks(connection, reference=reference, council_id=row.council_id)
        letters = letters_of(connection, row.case_id)
        stuck = incidents.open_incidents(connection, case_id=row.case_id)
        entries = record.entries_of(connection, row.case_id)
        version = opened.versions.get(connection, row.variant_digest)
        variant, in_force = version.variant, opened.in_force(connection, version, row.council_id)
        names = item_names(connection, row.case_id, variant.settings)
        frames = open_frames(connection, row.case_id)
        ladders = ladders_of(
            connection, row.case_id, variant, former_policies(opened.versions, connection, row.case_id)
        )
        waited_for = [each for each in parcels.parcels_of(connection, row.council_id, reference) if each.is_waited_for]
    narrator = Narrator(variant, lambda: names, settings=in_force.settings)
    if form == "json":
        print_json({
            **_summary(case),
            "variant": case.variant_digest,
            "tasks": [task_as_json(task, names) for task in open_tasks],
            "wholes": [
                {"task": f"{reference}.{f.number}", "name": f.name, "item": f.item_id or None,
                 "due_on": f.due_on.isoformat() if f.due_on else None, "why": f.explanation,
                 "is_suspended": f.is_suspended}
                for f in frames
            ],
            "letters": [
                {"letter": d.letter, "title": d.title, "to": d.recipient, "channel": d.channel, "sha256": d.digest,
                 "sent_at": d.sent_at.isoformat()}
                for d in letters
            ],
            "ladders": [
                {"task": f"{reference}.{ladder.task}", "item": ladder.item_id or None, "status": ladder.status,
                 "rung": ladder.taken.number if ladder.taken else None,
                 "taken_at": ladder.taken.at.isoformat() if ladder.taken else None,
                 "next_at": ladder.to_come.at.isoformat() if ladder.to_come else None}
                for ladder in ladders
            ],
            "incidents": [
                {"incident": f"{reference}.{i.number}", "element_id": i.element_id, "message": i.message} for i in stuck
            ],
            "history": [
                {"seq": e.seq, "at": e.at.isoformat(), "kind": e.kind, "sentence": narrator.narrate(e).sentence,
                 "content": e.content}
                for e in entries
            ],
        })  # fmt: skip
        return
    click.echo(f"{case.reference}, {variant.settings.name}")
    click.echo(paragraph(_status(case)))
    today = local_date(opened.clock.now())
    _section("To do", len(open_tasks))
    for task in open_tasks:
        print_task(task, names, today=today, indent=2)
    _section("As a whole", len(frames))
    for frame in frames:
        about = f" ({names.get(frame.item_id, frame.item_id)})" if frame.item_id else ""
        is_late = frame.due_on is not None and frame.due_on < today
        due = frame.explanation or (weekday_in_words(frame.due_on) if frame.due_on else "not known yet")
        words = f"{frame.name}{about}. {'OVERDUE' if is_late else 'Deadline'}: {due}"
        click.echo(paragraph(words, first=f"  {reference}.{frame.number}  ", indent=4))
    _section("Stuck", len(stuck))
    for incident in stuck:
        click.echo(paragraph(incident.message, first=f"  {reference}.{incident.number}  ", indent=4))
    if stuck:
        click.echo("  `asb retry` tries again, `asb resolve` goes on behind it.")
    _section("Waits for a receipt", len(waited_for))
    for parcel in waited_for:
        words = f"“{plain(parcel.message)}” for {parcel.to_name}, by file; `asb parcels` lists it."
        click.echo(paragraph(words, first=f"  {parcel.parcel_id[:12]}  ", indent=4))
    _section("Ladders", len(ladders))
    for ladder in ladders:
        about = names.get(ladder.item_id, ladder.item_id)
        click.echo(paragraph(f"{about or ladder.name}: {in_words(ladder)}.", first="  ", indent=4))
    _section("Letters", len(letters))
    for letter in letters:
        sent = day_in_words(local_date(letter.sent_at))
        words = f"{letter.letter} ({letter.title}), {letter_went(letter.recipient, letter.channel)}"
        click.echo(paragraph(words, first=f"  {sent:<17} ", indent=20))
    told = [entry for entry in entries if entry.kind != RecordKind.CASE_VIEWED]
    _section("History", len(told))
    Diary(narrator).print(told)


def _section(title: str, number: int) -> None:
    if number:
        click.echo(f"\n{title}")


def _status(case: CaseSummary) -> str:
    opened = f"Opened on {day_in_words(local_date(case.opened_at))}"
    if case.closed_at is None:
        return f"{opened}; {case.status}."
    return f"{opened}, closed on {day_in_words(local_date(case.closed_at))}: {case.closed_as or 'no reason given'}."


def _summary(case: CaseSummary) -> dict[str, object]:
    return {
        "case": case.reference,
        "council": case.council_id,
        "status": case.status,
        "opened_at": case.opened_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "closed_as": case.closed_as,
    }
