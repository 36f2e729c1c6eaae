"""What comes of a worked example on a policy: how it comes out, what it goes through, and its days and letters."""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.bootstrap import build_simulation_office
from engine.casework.step.office import Office
from engine.clock import local_date
from engine.errors import BadInputError, EngineError
from engine.scenarios import AtRest, Change, NewDays, Scenario, ScenarioOutcome, new_days, play
from engine.store import cases, tasks
from engine.store.letters import listed_letters
from engine.variants import Variant

log = logging.getLogger("asb.policies")

#: So many elements and flows one may take: each real one takes a few hundred, and what goes round and round ends here.
MOST_TAKEN = 10_000
_ENDLESS = f"It goes on for ever: it went through {MOST_TAKEN:,} elements and flows, and did not end."


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayedExample:
    """Days are written as 2026-03-02."""

    name: str
    wrong: str  #: where it first comes out otherwise than it says, and how; "" where it comes out as it says
    taken: Mapping[str, tuple[str, ...]]  #: by drawn process, the elements and flows that it goes through
    tasks: tuple[tuple[str, str, str], ...]  #: element, what it is called, due day ("" for none), as they came
    letters: tuple[tuple[str, str], ...]  #: letter, the day it was sent, as they were sent
    end: tuple[str, str] | None  #: as what the case was closed, the day; ("", "") while open; None: it is not opened
    new_days: NewDays | None = None  #: where it comes out otherwise in days alone: the days as they come out

    def goes_through(self, process_id: str, thing_id: str) -> bool:
        return thing_id in self.taken.get(process_id, ())


def digest_of_example(scenario: Scenario) -> str:
    """SHA-256, in hexadecimal, over all that it says, also what it takes from others that it continues."""
    return hashlib.sha256(repr(scenario).encode()).hexdigest()


def play_example(scenario: Scenario, variant: Variant) -> PlayedExample:
    """In an office of its own. Raises nothing of the example's or the policy's doing: that is what is wrong with it."""
    walk, office = ExampleWalk(), build_simulation_office()
    try:
        outcome, wrong = play_watched(scenario, variant, office, walk)
        tasks_of_it, letters, end = (
            _course(office, outcome.reference) if outcome is not None and outcome.reference else ((), (), None)
        )
    finally:
        office.database.close()
    return PlayedExample(
        name=scenario.name, wrong=wrong, taken=walk.by_drawn_process(variant), tasks=tasks_of_it, letters=letters,
        end=end, new_days=_new_days(outcome, variant) if outcome is not None and wrong else None,
    )  # fmt: skip


def play_watched(
    scenario: Scenario, variant: Variant, office: Office, walk: ExampleWalk, *, at_rest: AtRest | None = None
) -> tuple[ScenarioOutcome | None, str]:
    """How it comes out (None: no case is opened, or it could not be played to its end), and where it first does so
    otherwise than it says."""
    try:
        outcome = play(scenario, variant, replace(office, watch=walk.take), at_rest=at_rest)
    except Exception as error:  # whatever a draft makes the program stumble over ends that example, and no other
        return None, str(error) if isinstance(error, EngineError) else _failed(error, scenario, variant)
    wrong = next((f"{miss.where}: {miss.sentence}" for miss in outcome.misses), "")
    return outcome if outcome.reference else None, _ENDLESS if walk.is_endless else wrong


def _new_days(outcome: ScenarioOutcome, variant: Variant) -> NewDays | None:
    first = min((miss.step for miss in outcome.misses), default=0)  # what is behind it only follows
    outcome = replace(outcome, misses=tuple(miss for miss in outcome.misses if miss.step == first))
    made: list[Office] = []

    def new_office() -> Office:
        made.append(build_simulation_office())
        return made[-1]

    try:
        return new_days(outcome, variant, new_office)
    except Exception:  # it is not of days alone, or cannot be played: what is wrong with it has been said
        return None
    finally:
        for office in made:
            office.database.close()


def _failed(error: Exception, scenario: Scenario, variant: Variant) -> str:
    log.error("The worked example %s of %s cannot be played.", scenario.name, variant.id, exc_info=error)
    return f"asb itself failed over it ({type(error).__name__}). Whoever runs the service has the log."


class ExampleWalk:
    """What an example goes through, each time; `take` is the `Watch` of its office."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []  #: since it last began anew: process, id of the element or flow
        self.is_endless = False
        self._left = MOST_TAKEN

    def take(self, process_id: str, taken_id: str) -> None:
        """Raises BadInputError where it goes on for ever, so that nothing more of it happens."""
        if not self._left:
            self.is_endless = True
            raise BadInputError(_ENDLESS)
        self._left -= 1
        self.taken.append((process_id, taken_id))

    def begin_anew(self) -> None:
        self.taken.clear()

    def by_drawn_process(self, variant: Variant) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for process_id, taken_id in self.taken:
            process = variant.processes.get(process_id)
            if process is not None:
                found.setdefault(process.drawn_in or process_id, {})[taken_id] = None
        return {process_id: tuple(ids) for process_id, ids in found.items()}


def _course(
    office: Office, reference: str
) -> tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str], ...], tuple[str, str]]:
    with office.database.read() as connection:
        case = cases.find_case(connection, reference)
        of_case = tasks.of_case(connection, case.case_id)
        letters = listed_letters(connection, case.case_id)
    closed = case.closed_at
    return (
        tuple((task.element_id, task.name, str(task.due_on or "")) for task in of_case),
        tuple((letter.letter, str(local_date(letter.sent_at))) for letter in letters),
        (case.closed_as or "", str(local_date(closed))) if closed is not None else ("", ""),
    )


def pack_example(played: PlayedExample) -> bytes:
    """All but its name and what is wrong, as bytes: deflated JSON."""
    told: dict[str, Any] = {"taken": played.taken, "tasks": played.tasks, "letters": played.letters, "end": played.end}
    if played.new_days is not None:
        changes = [[each.step, each.key, str(each.value)] for each in played.new_days.changes]
        told["new_days"] = {"changes": changes, "said": played.new_days.said}
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 1)


def unpack_example(name: str, wrong: str, packed: bytes) -> PlayedExample:
    told = json.loads(zlib.decompress(packed))
    return PlayedExample(
        name=name,
        wrong=wrong,
        taken={process_id: tuple(ids) for process_id, ids in told["taken"].items()},
        tasks=tuple((element, called, due) for element, called, due in told["tasks"]),
        letters=tuple((letter, day) for letter, day in told["letters"]),
        end=tuple(told["end"]) if told["end"] is not None else None,
        new_days=_unpack_days(told["new_days"]) if "new_days" in told else None,
    )


def _unpack_days(told: Mapping[str, Any]) -> NewDays:
    changes = (Change(step=step, key=tuple(key), value=date.fromisoformat(day)) for step, key, day in told["changes"])
    return NewDays(changes=tuple(changes), said=tuple(told["said"]))
