"""`asb`: every command in one group. Exit codes: 0 done, 1 findings or misses, 2 the call cannot be used."""

from __future__ import annotations

from collections.abc import Mapping

import click

from engine.cli.commands.anchor import anchor_command
from engine.cli.commands.approve import approve_command
from engine.cli.commands.bench import bench_command
from engine.cli.commands.case import case_command
from engine.cli.commands.check import check_command
from engine.cli.commands.claim import claim_command
from engine.cli.commands.clauses import clauses_command
from engine.cli.commands.complete import complete_command
from engine.cli.commands.correct import correct_command
from engine.cli.commands.decide import decide_command
from engine.cli.commands.decline import decline_command
from engine.cli.commands.diff import diff_command
from engine.cli.commands.draw import draw_command
from engine.cli.commands.explanations import explanations_command
from engine.cli.commands.export import export_command
from engine.cli.commands.extend import extend_command
from engine.cli.commands.feel import feel_command
from engine.cli.commands.figures import figures_command
from engine.cli.commands.first_administrator import first_administrator_command
from engine.cli.commands.give_up import give_up_command
from engine.cli.commands.hand_back import hand_back_command
from engine.cli.commands.impact import impact_command
from engine.cli.commands.key import key_command
from engine.cli.commands.make_simulation import make_simulation_command
from engine.cli.commands.migrate import migrate_command
from engine.cli.commands.move_council import move_council_command
from engine.cli.commands.new import new_command
from engine.cli.commands.open import open_command
from engine.cli.commands.parcels import parcels_command
from engine.cli.commands.publish import publish_command
from engine.cli.commands.questions import questions_command
from engine.cli.commands.recalculate import recalculate_command
from engine.cli.commands.resolve import resolve_command
from engine.cli.commands.resume import resume_command
from engine.cli.commands.retry import retry_command
from engine.cli.commands.rollback import rollback_command
from engine.cli.commands.send import send_command
from engine.cli.commands.serve import serve_command
from engine.cli.commands.simulate import simulate_command
from engine.cli.commands.story import story_command
from engine.cli.commands.suspend import suspend_command
from engine.cli.commands.take_in import take_in_command
from engine.cli.commands.tasks import tasks_command
from engine.cli.commands.templates import templates_command
from engine.cli.commands.tick import tick_command
from engine.cli.commands.undo import undo_command
from engine.cli.commands.update import update_command
from engine.cli.commands.variant import variant_command
from engine.cli.commands.verify import verify_command
from engine.cli.commands.versions import versions_command
from engine.cli.commands.work import work_command
from engine.cli.frame import SentenceGroup

#: Every command, under who uses it, in the order of `asb --help`.
COMMANDS: Mapping[str, tuple[click.Command, ...]] = {
    "For policy owners": (
        new_command, check_command, simulate_command, story_command, draw_command, clauses_command, variant_command,
        diff_command, update_command, feel_command, decide_command, impact_command, publish_command,
        versions_command, rollback_command, approve_command, decline_command, migrate_command,
    ),
    "For officers": (
        open_command, case_command, export_command, tasks_command, questions_command, claim_command, hand_back_command,
        complete_command, send_command, explanations_command, parcels_command, take_in_command,
    ),
    "When something has to be put right": (
        undo_command, extend_command, suspend_command, resume_command, correct_command, retry_command, resolve_command,
        give_up_command,
    ),
    "For those who run it": (
        serve_command, first_administrator_command,
        figures_command, work_command, tick_command, make_simulation_command, recalculate_command,
        move_council_command, key_command, verify_command, anchor_command, bench_command,
    ),
    "For developers": (templates_command,),
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
