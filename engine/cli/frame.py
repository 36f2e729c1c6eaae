"""What every command shares: sentences instead of tracebacks, JSON in and out, the office."""

from __future__ import annotations

import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import click

from engine.bootstrap import build_office
from engine.casework.office import Office
from engine.errors import BadInputError, EngineError
from engine.model import TaskId
from engine.settings import Settings
from engine.variants import Variant, find_variant, load_variant

#: Exit codes
DONE, FOUND, UNUSABLE = 0, 1, 2


class SentenceGroup(click.Group):
    """Every refusal of the engine is a sentence on standard error and exit code 2, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except EngineError as error:
            refuse(str(error))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(DONE)
        except RecursionError:
            refuse("What was handed in is nested too deeply. Make it simpler.")
        except OSError as error:
            refuse(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.")


def refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(UNUSABLE)


def settings() -> Settings:
    return Settings.from_environment(os.environ)


def office() -> Office:
    return build_office(settings())


def variant_of(name: str) -> Variant:
    """The variant of that name or path. Raises VariantNotFoundError."""
    return load_variant(find_variant(name, (root := settings().variants)), root=root)


def read_json(text: str, what: str) -> Any:
    """JSON given on the command line: the text itself, `@FILE`, or `-` for standard input; numbers kept exactly."""
    if text == "-":
        text = sys.stdin.read()
    elif text.startswith("@"):
        text = read_file(Path(text[1:])).decode("utf-8", errors="replace")
    try:
        return json.loads(text, parse_float=Decimal)
    except RecursionError:
        raise BadInputError(f"{what} is nested too deeply.") from None
    except ValueError as error:
        raise BadInputError(f"{what} is no JSON: {error}.") from None


def read_answers(text: str, what: str = "--answers") -> dict[str, Any]:
    answers = read_json(text, what)
    if not isinstance(answers, dict):
        raise BadInputError(f"{what} is not a JSON object like {{\"name\": \"value\"}}.")
    return answers


def read_file(path: Path) -> bytes:
    if not path.is_file():
        raise BadInputError(f"{path} is not a file.")
    return path.read_bytes()


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


class TaskParameter(click.ParamType):
    name = "task"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> TaskId:
        return value if isinstance(value, TaskId) else TaskId.read(value)


TASK = TaskParameter()
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                      help="How to print it.")
PERSON = click.option("--as", "by", metavar="NAME", required=True, help="The person who does it, as in variant.toml.")
REASON = click.option("--reason", required=True, help="Why; it is kept in the record.")
