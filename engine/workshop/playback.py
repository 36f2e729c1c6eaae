"""A worked example played on a policy, moment by moment: what happened, where the case stands, and by which ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from engine.bootstrap import build_simulation_office
from engine.casework.step.office import Office
from engine.casework.words.items import item_names
from engine.casework.words.sentences import Narrator
from engine.diagram import ElementKind
from engine.errors import BadInputError
from engine.model import InstanceStatus
from engine.runtime.tokens import unpack_tokens
from engine.scenarios import Scenario, read_scenario
from engine.store import Connection, instances, record
from engine.variants import Variant
from engine.workshop.examples.course import ExampleWalk, play_watched

#: A token that stands at one of these waits for what is inside it.
_HOLDING = (ElementKind.CALL, ElementKind.SUBPROCESS)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayedInstance:
    """Where one process instance stands."""

    file: str  #: the diagram
    process: str  #: what it is called
    about: str  #: what people call the item that it is for; "" for the case itself
    elements: tuple[str, ...]  #: that hold a token


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayedMoment:
    """A moment at which the case has come to rest."""

    at: datetime
    sentences: tuple[str, ...]  #: what happened since the one before, as the record tells it
    standings: tuple[PlayedInstance, ...]  #: of each process instance that runs, oldest first
    walked: Mapping[str, tuple[str, ...]]  #: by diagram, elements and flows taken since, in their order, each once
    file: str  #: the diagram in which most of it happened

    def stands(self, file: str) -> tuple[str, ...]:
        """The elements of the diagram that hold a token, in any process instance."""
        found = (element for each in self.standings if each.file == file for element in each.elements)
        return tuple(dict.fromkeys(found))

    @property
    def files(self) -> tuple[str, ...]:
        """The diagrams in which something happened, or stands; that in which most happened first."""
        return tuple(dict.fromkeys((self.file, *self.walked, *(each.file for each in self.standings))))


@dataclass(frozen=True, kw_only=True)
class Playback:
    scenario: Scenario
    frames: tuple[PlayedMoment, ...]  #: () where the application itself was refused, as it should be or not
    wrong: str  #: where it first comes out otherwise than it says, and how; "" where it comes out as it says


def scenario_named(variant: Variant, name: str) -> Scenario:
    """Raises BadInputError where the policy has no worked example of this name, or it cannot be read."""
    file = next((file for file in variant.scenario_files if PurePosixPath(file).stem == name), None)
    if file is None:
        raise BadInputError(f"{variant.name} has no worked example “{name}”.")
    return read_scenario(variant.files[file], file=file, beside=variant.files, settings=variant.settings)


def play_back(variant: Variant, scenario: Scenario) -> Playback:
    """In an office of its own. What comes out otherwise, or cannot go on, is told in `wrong`, and not raised."""
    office = build_simulation_office()
    camera = _Camera(variant, office)
    try:
        _, wrong = play_watched(scenario, variant, office, camera.walk, at_rest=camera.look)
    finally:
        office.database.close()
    return Playback(scenario=scenario, frames=tuple(camera.frames), wrong=wrong)


@dataclass
class _Camera:
    variant: Variant
    office: Office
    frames: list[PlayedMoment] = field(default_factory=list)
    walk: ExampleWalk = field(default_factory=ExampleWalk)
    _heard: int = 0  #: entries of the record
    _tokens: Counter[tuple[str, str]] = field(default_factory=Counter)  #: how many stand at which element of which file
    _names: Mapping[str, str] = field(default_factory=dict)  #: of items

    def __post_init__(self) -> None:
        self._narrator = Narrator(self.variant, lambda: self._names)
        self._elements = {element.id: element for element in self.variant.elements}
        self._flows = {flow_id for process in self.variant.processes.values() for flow_id in process.flows}

    def look(self, case_id: int) -> None:
        with self.office.database.read() as connection:
            entries = record.entries_of(connection, case_id, after=self._heard)
            if not entries:
                return
            self._heard = entries[-1].seq
            self._names = item_names(connection, case_id, self.variant.settings)
            before, self._tokens = self._tokens, Counter()
            standings = self._standings(connection, case_id)
        walked = self._walked(before)
        self.frames.append(
            PlayedMoment(
                at=self.office.clock.now(),
                sentences=tuple(self._narrator.narrate(entry).sentence for entry in entries),
                standings=standings,
                walked=walked,
                file=self._file(walked, standings),
            )
        )

    def _standings(self, connection: Connection, case_id: int) -> tuple[PlayedInstance, ...]:
        found = []
        for row in instances.of_case(connection, case_id):
            process = self.variant.processes.get(row.process_id)
            if row.status is InstanceStatus.RUNNING and process is not None:
                file = self.variant.process_file[row.process_id]
                waiting = [token.element_id for token in unpack_tokens(row.state) if token.host is None]
                self._tokens.update((file, element_id) for element_id in waiting)
                found.append(
                    PlayedInstance(
                        file=file,
                        process=process.name or process.id,
                        about=self._names.get(row.item_id, row.item_id),
                        elements=tuple(dict.fromkeys(waiting)),
                    )
                )
        return tuple(found)

    def _walked(self, before: Counter[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
        """`before`: how many tokens stood where.

        Who watches hears of an element, and of the flow that led to it, when a token comes and once more when it goes:
        the flow by which one came at an earlier moment is left out.
        """
        taken = [(self.variant.process_file[id], each) for id, each in self.walk.taken if id in self.variant.processes]
        self.walk.begin_anew()
        heard = Counter(taken)
        found: dict[str, dict[str, None]] = {}
        for place, (file, thing) in enumerate(taken):
            target = taken[place + 1] if thing in self._flows and place + 1 < len(taken) else None
            if target is None or heard[target] > before[target] - self._tokens[target]:
                found.setdefault(file, {})[thing] = None
        return {file: tuple(things) for file, things in found.items()}

    def _file(self, walked: Mapping[str, tuple[str, ...]], standings: tuple[PlayedInstance, ...]) -> str:
        """That in which most happened, of those in which it came to something that waits for the world; else of all."""
        reached = {each.file for each in standings if self._waits_for_the_world(each, walked.get(each.file, ()))}
        if walked:
            return max(walked, key=lambda file: (file in reached, len(walked[file])))
        if self.frames:
            return self.frames[-1].file
        return standings[0].file if standings else next(iter(self.variant.diagrams))

    def _waits_for_the_world(self, standing: PlayedInstance, reached: tuple[str, ...]) -> bool:
        return any(each in reached and self._elements[each].kind not in _HOLDING for each in standing.elements)
