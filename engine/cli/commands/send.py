"""`asb send`: what a case is told."""

from __future__ import annotations

from pathlib import Path

import click

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.messages import send_message, what_could_be_told
from engine.casework.cases.originals import Original, take_original
from engine.casework.step.office import Office
from engine.cli.frame import ANSWERS_HELP, COUNCIL, FORMAT, office, print_json, read_answers, read_file, refuse
from engine.cli.open_tasks import print_open_tasks


@click.command("send")
@click.argument("case", metavar="CASE")
@click.argument("message", required=False)
@click.option(
    "--item", default="", metavar="ITEM", help="The item it is about, like agencies-2, or the place, like at:17."
)
@click.option("--answers", default="{}", metavar="JSON", help=ANSWERS_HELP)
@click.option(
    "--id", "message_id", metavar="ID", help="An id of yours: the same message sent with it again changes nothing."
)
@click.option(
    "--original", type=click.Path(path_type=Path), metavar="FILE.eml",
    help="The email with which it came: its stamp is the day of receipt.",
)  # fmt: skip
@click.option("--as", "by", metavar="NAME", help="The person who tells it, as variant.toml names them.")
@FORMAT
@COUNCIL
def send_command(
    case: str,
    message: str | None,
    item: str,
    answers: str,
    message_id: str | None,
    original: Path | None,
    by: str | None,
    form: str,
    council_id: str | None,
) -> None:
    """Tell CASE a MESSAGE: withdraw, appeal, an agency's answer.

    Without MESSAGE, list what the case can be told now. `asb questions CASE MESSAGE` lists what is asked.

    \b
    Examples:
      asb send HBC-2026-0001
      asb send HBC-2026-0001 withdraw --as "Officer 1" --answers @answers.json
      asb send COV-2026-0001 update_request --as "Officer 1" --original asked.eml
    """
    opened = office()
    if message is None:
        possible = what_could_be_told(opened, case, council_id=council_id)
        tellings = [each.telling for each in possible if each.refused_because is None]
        names = {each.telling: each.item for each in possible}
        if form == "json":
            print_json([
                {"message": t.message, "item": t.handle or None, "form": t.form_id, "told_by": list(t.told_by),
                 "starts": t.starts}
                for t in tellings
            ])  # fmt: skip
            return
        for telling in tellings:
            about = f" --item {telling.handle}" if telling.handle else ""
            place = f"  ({names[telling]})" if telling.handle != telling.item_id else ""
            teams = f"told by {', '.join(telling.told_by)}" if telling.told_by else "told by any team"
            click.echo(f"{telling.message + about:<32}  {teams}{place}")
        if not tellings:
            click.echo(f"Case {case} waits for no message now.")
        return
    if by is None:
        refuse("Say who tells it: --as NAME.")
    is_new = send_message(
        opened, case, message, read_answers(answers), by=by, item_id=item, message_id=message_id, council_id=council_id,
        original=_original(opened, case, original, council_id),
    )  # fmt: skip
    bring_up_to_date(opened)
    if form == "json":
        print_json({"case": case, "message": message, "is_new": is_new})
    elif is_new:
        click.echo(f"Case {case} was told “{message}”.")
        print_open_tasks(opened, case, council_id)
    else:
        click.echo(f"Case {case} knew “{message}” ({message_id}) already; nothing changed.")


def _original(opened: Office, case: str, path: Path | None, council_id: str | None) -> Original | None:
    if path is None:
        return None
    return take_original(opened, case, path.name, read_file(path), council_id=council_id)
