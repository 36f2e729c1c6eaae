"""`asb open`, `asb case`: a case from its application to its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.casework.history import moment_of, sentence_of
from engine.casework.opening import open_case
from engine.casework.running import bring_up_to_date
from engine.cli.frame import FORMAT, office, print_json, read_answers, variant_of
from engine.store import cases, jobs, record, tasks


@click.command("open")
@click.argument("variant")
@click.argument("application", type=click.Path(path_type=Path))
@click.option("--by", default="the applicant", show_default=True, help="Who applies.")
def open_command(variant: str, application: Path, by: str) -> None:
    """Open a case with an APPLICATION (a JSON file of the application form's answers); print its reference."""
    opened = office()
    reference = open_case(opened, variant_of(variant), read_answers(f"@{application}", str(application)), by=by)
    bring_up_to_date(opened)
    click.echo(reference)


@click.command("case")
@click.argument("reference", metavar="[CASE]", required=False)
@FORMAT
def case_command(reference: str | None, form: str) -> None:
    """Show a case: status, open tasks and why they are due, letters, incidents, history. Without CASE, list all."""
    opened = office()
    if reference is None:
        with opened.database.begin() as connection:
            rows = [cases.summary(row) for row in cases.all_cases(connection)]
        if form == "json":
            print_json([{"case": r.reference, "council": r.council_id, "status": r.status, "opened_at": r.opened_at.isoformat(),
                         "closed_as": r.closed_as} for r in rows])
        for row in rows if form == "text" else ():
            click.echo(f"{row.reference}  {row.status}  {row.closed_as or ''}".rstrip())
        return
    with opened.database.begin() as connection:
        row = cases.find_case(connection, reference)
        summary = cases.summary(row)
        open_tasks = tasks.inbox(connection, reference=reference)
        sent = jobs.documents_of(connection, row.case_id)
        stuck = jobs.open_incidents(connection, case_id=row.case_id)
        entries = record.entries_of(connection, row.case_id)
        settings = opened.shelf.get(connection, row.variant_digest).variant.settings
    if form == "json":
        print_json(_as_json(summary, open_tasks, sent, stuck, entries))
        return
    closed = f", closed {summary.closed_at:%-d %B %Y}: {summary.closed_as or ''}" if summary.closed_at else ""
    click.echo(f"{summary.reference} ({settings.name}): {summary.status}{closed}")
    for task in open_tasks:
        due = f" Due {task.explanation}" if task.explanation else ""
        click.echo(f"  to do   {task.task_id}  {task.name}{f' ({task.item_id})' if task.item_id else ''} [{task.team}].{due}")
    for incident in stuck:
        click.echo(f"  stuck   {reference}.{incident.number}  {incident.message}")
    for letter in sent:
        click.echo(f"  letter  {letter.letter}  {letter.title}, to {letter.recipient} by {letter.channel}")
    click.echo("History")
    for entry in entries:
        click.echo(f"  {moment_of(entry)}: {sentence_of(entry, settings)}")


def _as_json(summary: Any, open_tasks: Any, sent: Any, stuck: Any, entries: Any) -> dict[str, Any]:
    return {
        "case": summary.reference, "council": summary.council_id, "variant": summary.variant_digest,
        "status": summary.status, "opened_at": summary.opened_at.isoformat(), "closed_as": summary.closed_as,
        "tasks": [
            {"task": str(t.task_id), "element_id": t.element_id, "name": t.name, "team": t.team, "item": t.item_id or None,
             "due_on": t.due_on.isoformat() if t.due_on else None, "why": t.explanation, "claimed_by": t.claimed_by}
            for t in open_tasks
        ],
        "letters": [
            {"letter": d.letter, "title": d.title, "to": d.recipient, "channel": d.channel, "sha256": d.digest,
             "sent_at": d.sent_at.isoformat()}
            for d in sent
        ],
        "incidents": [{"incident": f"{summary.reference}.{i.number}", "element_id": i.element_id, "message": i.message} for i in stuck],
        "history": [{"seq": e.seq, "at": e.at.isoformat(), "kind": e.kind, "content": e.content} for e in entries],
    }
