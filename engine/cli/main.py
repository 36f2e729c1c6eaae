"""`asb`: every command in one group. Exit codes: 0 done, 1 findings or misses, 2 the call cannot be used."""

from __future__ import annotations

from collections.abc import Mapping

import click

from engine.cli import (
    benching,
    casefile,
    clearing,
    covering,
    exporting,
    expressions,
    keeping,
    policies,
    publishing,
    questions,
    recalculating,
    running,
    serving,
    telling,
)
from engine.cli.frame import SentenceGroup

#: Every command, under who uses it, in the order of `asb --help`.
COMMANDS: Mapping[str, tuple[click.Command, ...]] = {
    "For policy owners": (
        policies.check, policies.simulate, policies.story, policies.draw, covering.clauses, expressions.feel_command,
        expressions.decide,
    ),
    "For officers": (
        casefile.open_command, casefile.case_command, exporting.export, clearing.tasks_command, questions.questions,
        clearing.claim, clearing.hand_back, clearing.complete, telling.send,
    ),
    "When something has to be put right": (
        clearing.undo, keeping.extend, keeping.suspend, keeping.resume, keeping.correct, keeping.retry, keeping.resolve,
    ),
    "For those who run it": (
        serving.serve, publishing.figures, running.work, running.tick, running.make_simulation_command,
        recalculating.recalculate, keeping.verify, keeping.anchor, benching.bench,
    ),
}  # fmt: skip


class Sections(SentenceGroup):
    """Lists its commands by who uses them, each with its first sentence in full."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's own
        for title, commands in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(command.name or "", _first_sentence(command)) for command in commands])


def _first_sentence(command: click.Command) -> str:
    paragraph = " ".join((command.help or "").partition("\n\n")[0].split())
    return paragraph.partition(". ")[0].rstrip(".")


@click.group(cls=Sections, context_settings={"help_option_names": ["-h", "--help"]})
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


for _commands in COMMANDS.values():
    for _command in _commands:
        main.add_command(_command)
