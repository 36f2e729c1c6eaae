"""`asb`: every command in one group. Exit codes: 0 done, 1 findings or misses, 2 the call cannot be used."""

from __future__ import annotations

import click

from engine.cli import benching, casefile, clearing, covering, expressions, keeping, policies, questions, running, telling
from engine.cli.frame import SentenceGroup


@click.group(cls=SentenceGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="asb-case-review", prog_name="asb")
@click.option(
    "--traceback", "with_traceback", is_flag=True, help="If asb itself fails, print where: for a report of the fault."
)
def main(with_traceback: bool) -> None:  # the group reads it
    """ASB case reviews, run from the council's own policy folder.

    VARIANT is the name of a folder in bpmn/ (hertsmere) or a path to one. A task is named by its case and number,
    like HBC-2026-0001.17. `asb COMMAND --help` shows examples.

    Exit codes: 0 done; 1 something was found or came out wrong; 2 the call was refused, and nothing has changed.
    """


for _command in (
    *(policies.check, policies.simulate, policies.draw, policies.story),
    covering.clauses,
    *(expressions.feel_command, expressions.decide),
    *(casefile.open_command, casefile.case_command, telling.send),
    *(clearing.tasks_command, questions.questions, clearing.claim, clearing.hand_back, clearing.complete),
    *(keeping.extend, keeping.suspend, keeping.resume, keeping.correct, keeping.retry, keeping.resolve),
    *(keeping.verify, keeping.anchor, benching.bench),
    *(running.work, running.tick, running.make_simulation_command),
):
    main.add_command(_command)
