"""`asb draft`: a folder becomes a draft that is changed on the screens, and such a draft a folder."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from engine.casework.policies.in_force import known_councils
from engine.casework.step.office import Office
from engine.cli.frame import office, settings
from engine.cli.layout import paragraph
from engine.cli.policy_owner import OWNER
from engine.clock import local_date
from engine.errors import BadInputError
from engine.variants import PolicySource, find_variant, is_variant, read_source, write_source
from engine.words import counted, day_in_words
from engine.workshop import LARGEST_ZIP, source_in_zip
from engine.workshop.drafts import (
    Hand,
    KeptDraft,
    Start,
    begin_draft,
    kept_draft,
    start_at_folder,
    start_from,
    take_in_folder,
)


@click.command("draft")
@click.argument("council")
@click.argument("number", required=False, type=click.IntRange(min=1))
@click.option("--from", "source", metavar="SOURCE", help="The folder, or a ZIP file of it, that the draft becomes.")
@click.option("--title", metavar="WORDS", help="Of a new draft: what it is for, in a few words.")
@click.option(
    "--out", "folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Write the draft there, each folder under its name.",
)  # fmt: skip
@click.option("--also-back", is_flag=True, help="With --from: also what somebody else has changed since may go back.")
@OWNER
def draft_command(
    council: str,
    number: int | None,
    source: str | None,
    title: str | None,
    folder: Path | None,
    also_back: bool,
    by: str,
) -> None:
    """Begin a draft of COUNCIL's policy with a folder, take a folder into the draft NUMBER, or write that as a folder.

    With a NUMBER alone it says what was changed in the draft, by whom. Of a folder in a git checkout the commit is
    kept. Nothing of a draft holds before it is put in force, on the screens or, as a folder, by `asb publish`.

    \b
    Examples:
      asb draft hertsmere --from bpmn/hertsmere --title "Acknowledge sooner"
      asb draft hertsmere 3 --out drawn
      asb draft hertsmere 3 --from drawn/hertsmere
    """
    opened, root = office(), settings().variants
    if number is None:
        if source is None or title is None or folder is not None or also_back:
            raise BadInputError("To begin a draft give --from SOURCE and --title WORDS; otherwise name its NUMBER.")
        row = begin_draft(opened, council, _start(opened, council, source, root), title=title, by=by)
        how = f"Change it under “Policy”, “Drafts”, or as a folder: asb draft {council} {row.number} --out …"
        click.echo(paragraph(f"Draft {row.number} of {council} begins as {row.began_as}. {how}"))
        return
    if title is not None or (source is not None and folder is not None) or (also_back and source is None):
        raise BadInputError("With a NUMBER give --from SOURCE, with --also-back or without, or --out FOLDER.")
    draft = kept_draft(opened, council, number)
    if source is not None:
        _take_in(opened, draft, _folder_of(council, source, root), by=by, also_back=also_back)
    elif folder is not None:
        kept = draft.policy(root).source
        for path in write_source(kept, folder) if kept is not None else ():
            click.echo(path)
    else:
        _tell(draft)


def _start(opened: Office, council: str, source: str, root: Path) -> Start:
    if not (is_variant(root / council) or council in known_councils(opened)):
        raise BadInputError(f"There is no council “{council[:80]}”, and no folder of it in {root}. Check the name.")
    if _is_zip(source):
        return start_from(opened, council, _in_zip(source, council, root), words=f"the file {Path(source).name}")
    folder = find_variant(source, root)
    return start_at_folder(opened, council, folder, root, words=f"the folder {folder}")


def _folder_of(council: str, source: str, root: Path) -> PolicySource:
    return _in_zip(source, council, root) if _is_zip(source) else read_source(find_variant(source, root), root)


def _is_zip(source: str) -> bool:
    return source.lower().endswith(".zip") and "\0" not in source and Path(source).is_file()


def _in_zip(source: str, council: str, root: Path) -> PolicySource:
    with Path(source).open("rb") as stream:
        return source_in_zip(stream.read(LARGEST_ZIP + 1), council, root)


def _take_in(opened: Office, draft: KeptDraft, source: PolicySource, *, by: str, also_back: bool) -> None:
    hand, row = Hand(by=by, sitting=secrets.token_hex(8)), draft.row
    taken = take_in_folder(
        opened, row.council_id, row.number, source.folders[0].files, hand=hand, also_back=also_back
    )  # fmt: skip
    for said, files in (("new or otherwise", taken.changed), ("taken out", taken.gone)):
        for file in files:
            click.echo(f"{said}: {file}")
    if not (taken.changed or taken.gone):
        click.echo("Nothing in it is otherwise.")


def _tell(draft: KeptDraft) -> None:
    row, changed = draft.row, counted(len(draft.changed), "file")
    begun = f"begun by {row.begun_by} on {day_in_words(local_date(row.begun_at))} as {row.began_as}"
    click.echo(paragraph(f"Draft {row.number}, {row.title}: {begun}. {changed} changed since."))
    for change in draft.history:
        what = "takes out" if change.now is None else "changes"
        said = f"{change.changed_by} {what} {change.file} on {day_in_words(local_date(change.changed_at))}."
        click.echo(paragraph(said, first=f"{change.number:>3}  ", indent=5))
