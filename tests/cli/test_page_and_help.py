"""The page on commands and the help texts say what there is, and their examples can be typed."""

import re
import shlex

import click
import pytest

from engine.cli import main
from tests.cli.calls import Asb
from tests.house.checkout import ROOT, texts

PAGE = texts()["docs/commands.md"]
SECTIONS = {
    part.partition("\n")[0]: part.partition("\n")[2] for part in re.split(r"^#+ ", PAGE, flags=re.MULTILINE)[1:]
}
OF_COMMANDS = {title.removeprefix("asb "): text for title, text in SECTIONS.items() if title.startswith("asb ")}


#: Said once: for those that put something right, and for whatever is about a case.
SHARED = {"--as", "--reason", "--council"}


def long_options(command: click.Command) -> set[str]:
    """Those of its own commands too, where it has any."""
    own = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*(long_options(each) for each in below))


def examples(text: str) -> list[list[str]]:
    """The calls in a text, as a shell would read them."""
    lines = text.replace("\\\n", " ").splitlines()
    typed = [line.strip().removeprefix("$ ") for line in lines]
    calls = [shlex.split(line) for line in typed if re.match(r"asb [a-z]", line)]
    return [call[1:] for call in calls]


def help_of(command: click.Command) -> str:
    return (command.help or "").replace("\b\n", "")


HELP_EXAMPLES = [call for command in main.commands.values() for call in examples(help_of(command))]
PAGE_EXAMPLES = examples("".join(re.findall(r"```\n(.*?)```", PAGE, flags=re.DOTALL)))


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    assert sorted(OF_COMMANDS) == sorted(main.commands)


def test_every_command_stands_in_the_file_of_its_name_and_every_file_holds_one() -> None:
    files = {path.name.removesuffix(".py") for path in (ROOT / "engine/cli/commands").glob("[a-z]*.py")}
    homes = {name: command.callback.__module__ for name, command in main.commands.items() if command.callback}
    assert sorted(files) == sorted(name.replace("-", "_") for name in main.commands)
    assert homes == {name: f"engine.cli.commands.{name.replace('-', '_')}" for name in main.commands}


def test_help_lists_the_commands_in_the_order_of_the_page(asb: Asb) -> None:
    listed = re.findall(r"^  ([a-z][a-z-]*) +[A-Z]", asb.done("--help"), flags=re.MULTILINE)
    assert listed == list(OF_COMMANDS)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_options_of_a_command_are_those_of_its_section(name: str) -> None:
    prose = re.sub(r"```.*?```", "", OF_COMMANDS[name], flags=re.DOTALL)
    named = set(re.findall(r"`(--[a-z-]+)", prose)) - SHARED

    assert named == long_options(main.commands[name]) - SHARED


@pytest.mark.parametrize("name", sorted(main.commands))
def test_a_section_shows_the_command_in_use(name: str) -> None:
    assert any(call[0] == name for call in examples(OF_COMMANDS[name]))


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_option_says_what_it_means(name: str) -> None:
    options = [parameter for parameter in main.commands[name].params if isinstance(parameter, click.Option)]

    assert [option.name for option in options if not option.help] == []
    assert main.commands[name].help


@pytest.mark.parametrize("call", [*HELP_EXAMPLES, *PAGE_EXAMPLES], ids=" ".join)
def test_an_example_can_be_typed(call: list[str]) -> None:
    command = main.commands[call[0]]

    command.make_context(call[0], list(call[1:]))


def test_the_way_to_try_it_out_works_as_it_is_written(asb: Asb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    task = ""
    for call in examples(SECTIONS["To try it out"]):
        # what number a task has is the diagram's business
        answer = asb(*(task if word.startswith("HBC-2026-0001.") else word for word in call))
        assert answer.code == 0, answer.err
        if call[0] == "tasks":
            task = asb.task("acknowledge_application")


def test_help_is_readable_at_80_columns(asb: Asb) -> None:
    for name in main.commands:
        assert [line for line in asb.done(name, "--help").splitlines() if len(line) > 80] == []
