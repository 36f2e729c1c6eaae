"""`asb`: every command in one group. Exit codes: 0 done, 1 findings or misses, 2 the call cannot be used."""

from __future__ import annotations

import click

from engine.cli import casefile, clearing, expressions, keeping, policies, running, telling
from engine.cli.frame import SentenceGroup


@click.group(cls=SentenceGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="asb-case-review", prog_name="asb")
def main() -> None:
    """ASB case reviews, run from the council's own policy folder.

    VARIANT is the name of a folder in bpmn/ (hertsmere) or a path to one. A task is named by its case and number,
    like HBC-2026-0001.17.
    """


for _command in (
    policies.check, expressions.feel_command, expressions.decide, policies.simulate, policies.draw,
    casefile.open_command, clearing.tasks_command, clearing.claim, clearing.hand_back, clearing.complete,
    telling.send, casefile.case_command, running.work, running.tick, keeping.extend, keeping.suspend, keeping.resume,
    keeping.correct, keeping.retry, keeping.resolve, keeping.verify, keeping.anchor, policies.story,
):  # fmt: skip
    main.add_command(_command)
