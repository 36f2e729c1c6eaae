"""`asb tasks`: the inbox."""

from __future__ import annotations

import click

from engine.casework.step.office import Office
from engine.cli.frame import COUNCIL, FORMAT, office, print_json
from engine.cli.open_tasks import names_of_items, print_task, task_as_json
from engine.clock import local_date
from engine.errors import BadInputError
from engine.store import Connection, cases
from engine.store import tasks as stored


@click.command("tasks")
@click.option("--team", metavar="TEAM", help="Only those of this team (its id in variant.toml).")
@click.option("--case", "reference", metavar="CASE", help="Only those of this case.")
@FORMAT
@COUNCIL
def tasks_command(team: str | None, reference: str | None, form: str, council_id: str | None) -> None:
    """List the open tasks, the most urgent first, each with its deadline and why it is due then.

    \b
    Examples:
      asb tasks
      asb tasks --team community_safety
    """
    opened = office()
    with opened.database.read() as connection:
        if reference is not None:
            cases.find_case(connection, reference, council_id)
        found = stored.open_tasks(connection, team=team, reference=reference, council_id=council_id)
        if team is not None and not found:
            _refuse_unknown_team(opened, connection, team, council_id)
        names = names_of_items(opened, connection, found)
    if form == "json":
        print_json([task_as_json(task, names[task.task_id.reference]) for task in found])
        return
    today = local_date(opened.clock.now())
    for task in found:
        print_task(task, names[task.task_id.reference], today=today)
    if not found:
        click.echo("No task is open.")


def _refuse_unknown_team(opened: Office, connection: Connection, team: str, council_id: str | None) -> None:
    used = {(row.variant_digest, row.council_id) for row in cases.all_cases(connection, council_id)}
    teams = {
        team.id
        for digest, council in used
        for team in opened.in_force(connection, opened.versions.get(connection, digest), council).settings.teams
    }
    if teams and team not in teams:
        raise BadInputError(f"No case knows a team “{team}”. Teams are: {', '.join(sorted(teams))}.")
