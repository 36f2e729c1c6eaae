"""The days of worked examples that a draft moves: where an example comes out otherwise in nothing but days, its file is
made to say them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.scenarios import with_changes
from engine.workshop.drafts.file_changes import Hand, save_files
from engine.workshop.drafts.kept_draft import kept_draft
from engine.workshop.examples import ask_to_play, played_examples


@dataclass(frozen=True, kw_only=True)
class DaysTaken:
    said: Mapping[str, tuple[str, ...]]  #: by the name of the example: a sentence for each day
    left: tuple[str, ...]  #: those that come out otherwise still: in more than days, or in what they continue


def take_new_days(office: Office, council_id: str, number: int, root: Path, *, hand: Hand) -> DaysTaken:
    """Of the examples that were played on the draft; they are asked to be played again.

    Raises BadInputError where none comes out otherwise in days alone, and as `save_files`.
    """
    draft = kept_draft(office, council_id, number)
    variant = draft.policy(root).variant
    played = played_examples(office, variant)
    files: dict[str, tuple[bytes, bytes]] = {}
    said: dict[str, tuple[str, ...]] = {}
    for scenario in played.scenarios:
        found = played.played.get(scenario.name)
        if found is None or found.new_days is None or scenario.file not in draft.own:
            continue
        content = draft.own[scenario.file]
        try:
            files[scenario.file] = (content, with_changes(scenario.file, content, found.new_days.changes))
        except BadInputError:  # it is written so that somebody has to do it
            continue
        said[scenario.name] = found.new_days.said
    if not files:
        raise BadInputError("No worked example that was played comes out otherwise in nothing but days.")
    save_files(office, council_id, number, files, hand=hand)
    ask_to_play(office, kept_draft(office, council_id, number).policy(root).variant)
    left = tuple(name for name, row in played.rows.items() if row.wrong and name not in said)
    return DaysTaken(said=said, left=left)
