"""What every command shares: sentences instead of tracebacks, JSON in and out, the office."""

from __future__ import annotations

import json
import os
import sys
import traceback
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from engine.cli.interruption import heeding_interrupts
from engine.errors import BadInputError, EngineError, FormAnswersError
from engine.model import TaskId
from engine.settings import Settings
from engine.variants import PolicySource, Variant, find_variant, load_variant, read_source

if TYPE_CHECKING:
    from engine.casework.step.office import Office

#: Exit codes; a command that Ctrl-C ends gives 130, as shells do
DONE, FOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

#: The largest file of JSON that is read. An application with a thousand reports has a tenth of it.
_MOST_BYTES = 5_000_000


class SentenceGroup(click.Group):
    """Every refusal of the engine is a sentence on standard error and exit code 2, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with heeding_interrupts():
                return super().invoke(ctx)
        except FormAnswersError as error:
            refuse("\n".join([
                "These answers cannot be taken; `asb questions` lists what is asked.",
                *(f"  {path}: {sentence}" for path, sentence in error.problems),
            ]))  # fmt: skip
        except EngineError as error:
            refuse(str(error))
        except BrokenPipeError:
            _leave_quietly()
        except KeyboardInterrupt:
            click.echo("Stopped. What was not finished has not happened.", err=True)
            sys.exit(INTERRUPTED)
        except RecursionError:
            refuse("What was handed in is nested too deeply. Make it simpler.")
        except MemoryError:
            refuse("There is not enough memory for this. Hand in less, or free some.")
        except OSError as error:
            refuse(f"{error.filename or 'What is printed'} cannot be used: {error.strerror or error}.")
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # whoever calls is no programmer: one sentence, and where to find the rest
            if ctx.params.get("with_traceback"):
                traceback.print_exc()
            refuse(
                f"This is a fault of asb itself ({type(error).__name__}: {str(error)[:300]}). Nothing of this call was "
                "kept. Run it again as `asb --traceback …` and report what it prints."
            )


def refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(UNUSABLE)


def _leave_quietly() -> NoReturn:
    """Whoever read what we print has had enough (`| head`): that is no failure, and nothing more can be said."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(DONE)


def settings() -> Settings:
    return Settings.from_environment(os.environ)


def office() -> Office:
    """For a command that does one thing and ends. What it takes is loaded here: who checks a folder waits for none."""
    from engine.bootstrap import build_office

    return build_office(settings())


def policy_of(opened: Office, name_or_path: str) -> Variant:
    """The policy in force of the council of that name, or of the folder at that path. Raises CouncilNotServedError."""
    from engine.casework.policies.in_force import policy_for_new_cases

    return policy_for_new_cases(opened, Path(name_or_path).name)


def variant_of(name: str) -> Variant:
    """The variant of that name or path. Raises VariantNotFoundError."""
    return load_variant(find_variant(name, (root := settings().variants)), root=root)


def source_of(name: str) -> PolicySource:
    """The folders of the variant of that name or path, as they lie there. Raises VariantNotFoundError."""
    return read_source(find_variant(name, (root := settings().variants)), root)


def read_json(text: str, what: str) -> Any:
    """JSON given on the command line: the text itself, `@FILE`, or `-` for standard input; numbers kept exactly."""
    if text == "-":
        if sys.stdin is None:
            raise BadInputError(f"{what} is to be read from standard input, which is closed.")
        text = _decoded(sys.stdin.buffer.read(_MOST_BYTES + 1), what)
    elif text.startswith("@"):
        text = _decoded(read_file(Path(text[1:])), text[1:])
    try:
        return json.loads(text, parse_float=Decimal)
    except RecursionError:
        raise BadInputError(f"{what} is nested too deeply. Make it flatter.") from None
    except json.JSONDecodeError as error:
        raise BadInputError(
            f"{what} is not JSON (line {error.lineno}, column {error.colno}: {error.msg}). "
            'Texts stand in double quotes: "like this".'
        ) from None
    except ValueError as error:  # a whole number of thousands of digits
        raise BadInputError(f"{what} cannot be read: {error}.") from None


def read_answers(text: str, what: str = "--answers") -> dict[str, Any]:
    answers = read_json(text, what)
    if not isinstance(answers, dict):
        raise BadInputError(f'{what} is not a JSON object like {{"name": "value"}}.')
    return answers


def read_file(path: Path) -> bytes:
    if not path.is_file():
        raise BadInputError(
            f"There is no file “{path}”. Check its name." if not path.exists() else f"{path} is not a file."
        )
    if path.stat().st_size > _MOST_BYTES:
        raise BadInputError(f"{path} has more than {_MOST_BYTES:,} bytes. Make it smaller.")
    return path.read_bytes()


def _decoded(data: bytes, what: str) -> str:
    if len(data) > _MOST_BYTES:
        raise BadInputError(f"{what} has more than {_MOST_BYTES:,} bytes. Make it smaller.")
    try:
        return data.decode("utf-8-sig")  # editors on Windows write a mark in front
    except UnicodeDecodeError:
        raise BadInputError(f"{what} is not text in UTF-8. Save it as UTF-8.") from None


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


class NumberInCase(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases only
    """A task or an incident, by its case and number."""

    name = "number in a case"

    def __init__(self, what: str, listed_by: str) -> None:
        self._refusal = f"is no {what}; {listed_by} lists them, like HBC-2026-0001.17."

    def convert(self, value: Any, param: object, ctx: object) -> TaskId:  # noqa: ARG002  # as click calls it
        try:
            return value if isinstance(value, TaskId) else TaskId.read(value)
        except BadInputError:
            raise BadInputError(f"“{value}” {self._refusal}") from None


TASK = NumberInCase("task", "`asb tasks`")
INCIDENT = NumberInCase("incident", "`asb case`")
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs.",
)
COUNCIL = click.option(
    "--council",
    "council_id",
    metavar="COUNCIL",
    help="Of this council alone (its folder's name): where two have a case of one reference.",
)
PERSON = click.option(
    "--as", "by", metavar="NAME", required=True, help="The person who does it, as variant.toml names them."
)
REASON = click.option("--reason", metavar="WORDS", required=True, help="Why; it is kept in the record.")
ANSWERS_HELP = "The answers by key, as a JSON object; @FILE reads a file, - standard input."
UNTIL = click.option(
    "--until",
    required=True,
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The new last day, like 2026-05-05.",
)
