"""`asb`: every command in one group. Exit codes: 0 done, 1 findings or misses, 2 the call cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click

from engine.cli.frame import SentenceGroup

#: Every command by its name, under who uses it, in the order of `asb --help`. What is called `move-council` is
#: `move_council_command` in `engine.cli.commands.move_council`.
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "For policy owners": (
        "new", "check", "simulate", "story", "draw", "clauses", "variant",
        "diff", "update", "feel", "decide", "impact", "drafts", "draft", "publish",
        "versions", "rollback", "approve", "decline", "migrate",
    ),
    "For officers": (
        "open", "case", "export", "tasks", "questions", "claim", "hand-back",
        "complete", "send", "explanations", "parcels", "take-in",
    ),
    "When something has to be put right": (
        "undo", "extend", "suspend", "resume", "correct", "retry", "resolve",
        "give-up",
    ),
    "For those who run it": (
        "serve", "first-administrator",
        "figures", "work", "tick", "make-simulation", "recalculate",
        "move-council", "key", "verify", "anchor", "bench",
    ),
    "For developers": ("templates",),
}  # fmt: skip


class _Commands(MutableMapping[str, click.Command]):
    """Each command, imported when it is first asked for: who checks a folder waits for no database to be loaded."""

    def __init__(self, names: Iterator[str]) -> None:
        self._loaded: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._loaded[name]
        if command is None:
            module = name.replace("-", "_")
            command = getattr(import_module(f"engine.cli.commands.{module}"), f"{module}_command")
            assert isinstance(command, click.Command)  # noqa: S101  # each module has its own
            self._loaded[name] = command
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)


class Sections(SentenceGroup):
    """Lists its commands by who uses them, each with its first sentence in full."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's own
        for title, names in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, _first_sentence(self.commands[name])) for name in names])


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


main.commands = _Commands(name for names in COMMANDS.values() for name in names)
