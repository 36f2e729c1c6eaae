"""`asb send`: tell a case something."""

from __future__ import annotations

import click

from engine.casework.running import bring_up_to_date
from engine.casework.telling import send_message, what_can_be_told
from engine.cli.frame import office, read_answers, refuse


@click.command()
@click.argument("case", metavar="CASE")
@click.argument("message", required=False)
@click.option("--item", default="", help="The item it is about, like agencies-2.")
@click.option("--answers", default="{}", metavar="JSON", help="The answers that come with it; @FILE reads a file.")
@click.option("--id", "message_id", help="An id of yours: the same message sent again with it changes nothing.")
@click.option("--as", "by", metavar="NAME", help="The person who tells it, as in variant.toml.")
def send(case: str, message: str | None, item: str, answers: str, message_id: str | None, by: str | None) -> None:
    """Tell CASE a MESSAGE: withdraw, appeal, an agency's answer. Without MESSAGE, list what it can be told."""
    opened = office()
    if message is None:
        tellings = what_can_be_told(opened, case)
        for telling in tellings:
            about = f" --item {telling.item_id}" if telling.item_id else ""
            form = f"  answers: form {telling.form_id}" if telling.form_id else ""
            teams = f"  told by: {', '.join(telling.told_by)}" if telling.told_by else ""
            click.echo(f"{telling.message}{about}{form}{teams}")
        if not tellings:
            click.echo(f"Case {case} waits for no message now.")
        return
    if by is None:
        refuse("Say who tells it: --as NAME.")
    is_new = send_message(opened, case, message, read_answers(answers), by=by, item_id=item, message_id=message_id)
    bring_up_to_date(opened)
    click.echo(f"Case {case} was told “{message}”." if is_new else f"Case {case} knew “{message}” ({message_id}) already.")
