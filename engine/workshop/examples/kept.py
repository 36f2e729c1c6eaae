"""How the worked examples of a policy come out, as far as they were played: kept by what was played on what by what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from cachetools import LRUCache, cached

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.scenarios import Scenario, read_scenario, scenarios_of
from engine.store import policy_plays as stored
from engine.store.policy_plays import PlayedExampleRow
from engine.variants import Variant
from engine.variants.folder import SCENARIOS
from engine.workshop.examples.course import (
    PlayedExample,
    digest_of_example,
    pack_example,
    play_example,
    unpack_example,
)
from engine.workshop.program import program_digest

#: Of so many policies of a council that are no version of its what was played is kept: of drafts, as they were edited.
_MOST_KEPT = 20


@dataclass(frozen=True, kw_only=True)
class PlayedExamples:
    """Of one policy."""

    scenarios: tuple[Scenario, ...]  #: all that it has, in the order of their names
    rows: Mapping[str, PlayedExampleRow]  #: those that were played, by the name of the example
    unreadable: Mapping[str, str]  #: a sentence for each file of an example that cannot be read
    is_waiting: bool  #: whether the others are being played in the background

    @property
    def is_whole(self) -> bool:
        return len(self.rows) == len(self.scenarios)

    @cached_property
    def played(self) -> Mapping[str, PlayedExample]:
        """By name."""
        return {name: unpack_example(name, row.wrong, row.course) for name, row in self.rows.items()}


def played_examples(office: Office, variant: Variant) -> PlayedExamples:
    """Two queries; nothing is played."""
    scenarios, unreadable = readable_examples(variant)
    with office.database.read() as connection:
        found = {row.example: row for row in stored.played_on(connection, variant.digest, program_digest())}
        is_waiting = stored.is_waiting(connection, variant.digest)
    rows = {each.name: found[key] for each in scenarios if (key := digest_of_example(each)) in found}
    return PlayedExamples(scenarios=scenarios, rows=rows, unreadable=unreadable, is_waiting=is_waiting)


def _digest_of_examples(variant: Variant) -> tuple[str, str]:
    """Of the policy, which says who works there, and of the files of its examples, also those that others are like."""
    whole = hashlib.sha256()
    for file in sorted(each for each in variant.files if each.startswith(SCENARIOS)):
        whole.update(hashlib.sha256(file.encode()).digest() + hashlib.sha256(variant.files[file]).digest())
    return variant.digest, whole.hexdigest()


@cached(LRUCache(4), key=_digest_of_examples, lock=Lock())
def readable_examples(variant: Variant) -> tuple[tuple[Scenario, ...], Mapping[str, str]]:
    """Those that can be read, and a sentence for each file that cannot: of a draft that may be any. Reading them takes
    longer than all else on a page: the last are kept."""
    try:
        return tuple(scenarios_of(variant)), {}
    except BadInputError:
        found, unreadable = [], {}
        for file in variant.scenario_files:
            try:
                found.append(
                    read_scenario(variant.files[file], file=file, beside=variant.files, settings=variant.settings)
                )
            except BadInputError as error:
                unreadable[file] = str(error)
        return tuple(found), unreadable


def ask_to_play(office: Office, variant: Variant) -> None:
    """Have those that were not played yet played in the background."""
    if played_examples(office, variant).is_whole:
        return
    with office.database.begin() as connection:
        stored.forget_plays(connection, variant.id, program=program_digest(), most=_MOST_KEPT)
        stored.ask_play(
            connection, digest=variant.digest, council_id=variant.id, pack=variant.pack(), now=office.clock.now()
        )


def play_kept(office: Office, variant: Variant, tell: Callable[[str], None]) -> list[PlayedExample]:
    """All of them, those that were played before as they came out then; `tell` hears which is played.

    Raises BadInputError for one that cannot be read.
    """
    scenarios_of(variant)
    known, played = played_examples(office, variant), []
    with office.database.begin() as connection:
        stored.note_play(connection, digest=variant.digest, council_id=variant.id, now=office.clock.now())
    for number, scenario in enumerate(known.scenarios, start=1):
        tell(f"Worked example {number} of {len(known.scenarios)}: {scenario.name}")
        played.append(known.played.get(scenario.name) or play_and_keep(office, variant, scenario))
    return played


def play_and_keep(office: Office, variant: Variant, scenario: Scenario) -> PlayedExample:
    found = play_example(scenario, variant)
    keep(office, variant, scenario, found)
    return found


def keep(office: Office, variant: Variant, scenario: Scenario, found: PlayedExample) -> None:
    row = PlayedExampleRow(
        example=digest_of_example(scenario), name=found.name, wrong=found.wrong, course=pack_example(found)
    )
    with office.database.begin() as connection:
        stored.keep_played(connection, variant.digest, program_digest(), row)
