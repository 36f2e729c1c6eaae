"""`asb variant`: where each part of a council's policy comes from."""

from __future__ import annotations

from collections import Counter

import click

from engine.cli.frame import FORMAT, print_json, variant_of
from engine.cli.layout import paragraph
from engine.variants import Variant
from engine.words import counted, day_in_words


@click.command("variant")
@click.argument("variant")
@click.option("--origins", is_flag=True, help="Every file with the folder that it came from.")
@FORMAT
def variant_command(variant: str, origins: bool, form: str) -> None:
    """Say what VARIANT has of its own, what it takes over, and what it says over what it takes over.

    \b
    Examples:
      asb variant hertsmere
      asb variant hertsmere --origins
    """
    read = variant_of(variant)
    if form == "json":
        print_json(_as_json(read))
        return
    for folder, files in Counter(read.origin.values()).most_common():
        whose = "of its own" if folder == read.id else f"from {folder}"
        click.echo(f"{counted(files, 'file')} {whose}.")
    if read.bases:
        click.echo(_pinned(read))
    for edit in read.edits:
        click.echo(paragraph(f"{edit.key}: {edit.sentence}", first=f"  {edit.folder}  ", indent=4))
    if origins:
        width = max(len(folder) for folder in read.origin.values())
        for file, folder in read.origin.items():
            click.echo(f"{folder:<{width}}  {file}")


def _pinned(read: Variant) -> str:
    if read.pin is None:
        return f"{read.bases[-1].folder} is not pinned: what it changes arrives unseen."
    return f"{read.pin.base} as it was pinned on {day_in_words(read.pin.pinned_on)}."


def _as_json(read: Variant) -> dict[str, object]:
    return {
        "variant": read.id,
        "files": dict(read.origin),
        "pin": read.pin and {"base": read.pin.base, "pinned_on": read.pin.pinned_on, "digest": read.pin.digest},
        "edits": [
            {
                "folder": edit.folder, "key": edit.key, "sentence": edit.sentence, "file": edit.file,
                "element_id": edit.element_id,
            }
            for edit in read.edits
        ],
    }  # fmt: skip
