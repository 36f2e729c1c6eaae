"""`asb update`: what the base of a council changed, taken over with what the council has of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.cli.frame import FORMAT, FOUND, print_json, read_file, settings
from engine.cli.layout import paragraph
from engine.cli.moment import today
from engine.cli.trial import Trial, try_out
from engine.errors import BadInputError
from engine.toml import read_toml
from engine.variants import (
    Pin,
    bases_beside,
    end_stopped_write,
    find_variant,
    own_files,
    read_pin,
    write_together,
)  # fmt: skip
from engine.variants.merge import Side, Update, UpdateQuestion, update_of
from engine.words import counted, day_in_words


@click.command("update")
@click.argument("variant")
@click.option("--write", "is_written", is_flag=True, help="Take it over: write the files, and pin the base as it is.")
@click.option("--ask", "is_asked", is_flag=True, help="Ask at the keyboard what clashes.")
@click.option(
    "--take",
    "taken",
    metavar="NAME=SIDE",
    multiple=True,
    help="Answer a question: SIDE is “own” or “base”. Repeatable.",
)
@click.option(
    "--answers", metavar="FILE", type=click.Path(path_type=Path), help="Answers in TOML: a name and a side a line."
)  # fmt: skip
@click.option("--anyway", is_flag=True, help="Write also where errors or wrong examples come of it.")
@FORMAT
def update_command(
    variant: str,
    is_written: bool,
    is_asked: bool,
    taken: tuple[str, ...],
    answers: Path | None,
    anyway: bool,
    form: str,
) -> None:
    """Show what the base of VARIANT changed since it was pinned, and take it over with --write.

    What only the base changed is taken over, by row, element, question and paragraph; what the council says otherwise
    is a question, which --ask, --take or --answers answers. Then both are checked and their worked examples are played.
    Nothing is written while a question is open, or where the check or an example comes out worse, unless --anyway.

    Exit code 0: nothing to do, or written; 1: something to look at, and nothing is written.

    \b
    Examples:
      asb update derby_city
      asb update derby_city --take limits.acknowledge=own --write
    """
    root = settings().variants
    folder = find_variant(variant, root)
    if end_stopped_write(folder):
        click.echo("An update that was stopped while it wrote is ended now.", err=True)
    bases = bases_beside(folder, root)
    if not bases:
        raise BadInputError(f"{folder.resolve().name} extends no other folder, so that there is nothing to take over.")
    pin, now = read_pin(folder), Pin(folders=bases, pinned_on=today())
    if pin is None or pin.digest == now.digest:
        _say_where_it_stands(folder, pin, now, is_written, form)
        return
    said = _answers(taken, answers)
    own = own_files(folder)
    update = update_of(folder.resolve().name, own, pin, bases, said)
    while is_asked and update.open_questions:
        question = update.open_questions[0]
        said[question.name] = _asked(question)
        update = update_of(folder.resolve().name, own, pin, bases, said)
    trial = try_out(update.before, update.after, folder, root)
    is_done = is_written and not update.open_questions and (anyway or not trial.is_worse)
    if is_done:
        write_together(folder, now, update.files, read=own)
    if form == "json":
        print_json(_as_json(pin, now, update, trial, is_done))
    else:
        _say(pin, now, update, trial)
        _say_what_next(update, trial, is_written, is_done)
    if not is_done:
        sys.exit(FOUND)


def _answers(taken: tuple[str, ...], file: Path | None) -> dict[str, Side]:
    told: dict[str, object] = dict(read_toml(read_file(file), name=file.name)) if file is not None else {}
    for each in taken:
        name, equals, side = each.rpartition("=")
        told[name if equals else each] = side if equals else ""
    for name, answer in told.items():
        if answer not in tuple(Side):
            raise BadInputError(
                f"“{name[:80]}” is answered by “{str(answer)[:80]}”. Answer own (yours stays) or base (its holds): "
                '--take limits.acknowledge=own, or in a file "limits.acknowledge" = "own".'
            )
    return {name: Side(str(answer)) for name, answer in told.items()}


def _asked(question: UpdateQuestion) -> Side:
    click.echo(paragraph(question.sentence, first="? ", indent=2))
    click.echo(paragraph(f"own: {question.own} base: {question.base}", first="  ", indent=2))
    return Side(click.prompt(f"  {question.name}", type=click.Choice([side.value for side in Side])))


def _say_where_it_stands(folder: Path, pin: Pin | None, now: Pin, is_written: bool, form: str) -> None:
    """Nothing to compare: the base is as it was pinned, or nobody knows how it was before."""
    is_done = pin is None and is_written
    if is_done:
        write_together(folder, now, {})
    if form == "json":
        known = pin or now
        print_json({"base": now.base, "pinned_on": None if pin is None else pin.pinned_on, "digest": known.digest,
                    "changes": [], "examples": [], "questions": [], "files": [], "written": is_done})  # fmt: skip
    elif pin is not None:
        click.echo(f"{pin.base} is as it was pinned on {day_in_words(pin.pinned_on)}.")
    elif is_done:
        click.echo(f"{now.base} is pinned as it is now.")
    else:
        click.echo(
            paragraph(
                f"{now.base} is not pinned, so that nobody knows what it changed before. --write pins it as it is now.",
                first="", indent=0,
            )
        )  # fmt: skip
    if pin is None and not is_done:
        sys.exit(FOUND)


def _say(pin: Pin, now: Pin, update: Update, trial: Trial) -> None:
    what = f"{pin.base} has changed" if pin.base == now.base else f"{now.base} has taken the place of {pin.base}"
    click.echo(f"{what} since it was pinned on {day_in_words(pin.pinned_on)}.")
    for difference in update.differences:
        clauses = f"{', '.join(difference.clauses)}: " if difference.clauses else ""
        click.echo(paragraph(f"{clauses}{difference.sentence}", first=f"{difference.how:<8} ", indent=9))
    click.echo(f"{counted(len(update.differences), 'change')} for the council.")
    if update.examples:
        names = ", ".join(file.rpartition("/")[2] for file in update.examples)
        click.echo(paragraph(f"Worked examples that are new, others or gone: {names}.", first="", indent=0))
    for question in update.questions:
        answer = f" Answered: {question.answer}." if question.answer is not None else ""
        click.echo(paragraph(f"{question.name}: {question.sentence}{answer}", first="?        ", indent=9))
        if question.answer is None:
            click.echo(paragraph(f"own: {question.own} base: {question.base}", first="         ", indent=9))
    for file, data in update.files.items():
        click.echo(f"{'goes' if data is None else 'written':<8} {file}")
    for finding in trial.errors:
        click.echo(paragraph(f"{finding.file}: {finding.sentence} [{finding.rule}]", first="error    ", indent=9))
    for outcome in trial.worse:
        what = f"{outcome.scenario.name}: {outcome.misses[0].where}: {outcome.misses[0].sentence}"
        click.echo(paragraph(what, first="WRONG    ", indent=9))
    wrong = sum(not outcome.is_right for outcome in trial.played)
    click.echo(
        f"{counted(len(trial.errors), 'new error')}; {counted(len(trial.played), 'scenario')}, {wrong or 'none'} wrong "
        f"({trial.wrong_before or 'none'} before)."
    )


def _say_what_next(update: Update, trial: Trial, is_written: bool, is_done: bool) -> None:
    if is_done:
        click.echo("Written, and the base is pinned as it is now.")
    elif update.open_questions:
        asked, name = counted(len(update.open_questions), "open question"), update.open_questions[0].name
        how = f"Answer with --ask, or by name: --take '{name}=own' or --take '{name}=base'."
        click.echo(paragraph(f"Nothing is written: {asked}. {how}", first="", indent=0))
    elif trial.is_worse:
        click.echo("Nothing is written: put right what stands above, or write it --anyway.")
    elif not is_written:
        click.echo("Nothing is written. --write takes it over.")


def _as_json(pin: Pin, now: Pin, update: Update, trial: Trial, is_done: bool) -> dict[str, object]:
    return {
        "base": pin.base,
        "pinned_on": pin.pinned_on,
        "digest": now.digest,
        "changes": [difference.to_json() for difference in update.differences],
        "examples": list(update.examples),
        "questions": [question.to_json() for question in update.questions],
        "files": [{"file": file, "goes": data is None} for file, data in update.files.items()],
        **trial.to_json(),
        "written": is_done,
    }
