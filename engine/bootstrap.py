"""The composition root: puts an office together from the settings."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from engine.casework.handovers.carrier import carrier_in
from engine.casework.policies.put_in_force import PolicyDecision, put_in_force
from engine.casework.step.office import Office, nobody_listens
from engine.clock import Clock, SettableClock, SystemClock
from engine.errors import BadInputError
from engine.handler import Effect, Note
from engine.known_handlers import handlers_by_name as handlers_by_name
from engine.ports import Carrier, Ports, calendar_outlet, http_outlet, letters_outlet, parcels_outlet, post_outlet
from engine.scenarios import populate
from engine.seals import OwnKeys
from engine.settings import Settings
from engine.store import Database, cases
from engine.store.files import FolderFiles
from engine.variants import PolicySource, Variant

log = logging.getLogger("asb.ports")

#: The property of a database that was made for simulation: its clock may be set.
SIMULATED_NOW = "simulated now"
#: The folder in ASB_HOME that holds what people attach to cases.
ATTACHMENTS = "attachments"


#: The property of a demonstration's database: the councils whose it is.
DEMONSTRATION_OF = "demonstration of"
#: By whom a policy is put in force of which a demonstration or a story is made.
BY_ITSELF = "asb"
#: Of so many cases of the first council, each further one has one: enough to see what it does otherwise.
_CASES_TO_ONE = 2


@dataclass(frozen=True, kw_only=True)
class OfficeAtHome(Office):
    """An office with a home of its own: of a story, or of a demonstration."""

    home: Path  #: its ASB_HOME, to look at it afterwards


AnyOffice = TypeVar("AnyOffice", bound=Office)


def ports_of(settings: Settings, *, is_tried_out: bool = False, carrier: Carrier | None = None) -> Ports:
    """Every way in which the handlers of this installation reach the world.

    Where it is tried out (a story, a demonstration, a simulation), letters and invitations go into its own folders, and
    no service of others is called. `carrier` brings parcels to others' cases; without one they go nowhere.
    """
    http = http_outlet(None).rehearsed(_log_effect) if is_tried_out else http_outlet(settings.services)
    invitations, parcels = calendar_outlet(settings.invitations), parcels_outlet(carrier)
    return Ports((letters_outlet(), post_outlet(settings.post), invitations, http, parcels))


def _with_everything(office: AnyOffice, settings: Settings, *, is_tried_out: bool) -> AnyOffice:
    """The office with its handlers, and what they reach the world through."""
    ports = ports_of(settings, is_tried_out=is_tried_out, carrier=carrier_in(office))
    return replace(office, ports=ports, handlers=handlers_by_name())


def _log_effect(effect: Effect) -> None:
    log.info("not done, as this is not a real office: %s", effect.sentence)


def build_office(
    settings: Settings, *, announce: Callable[[Sequence[tuple[int, int]]], bool] = nobody_listens
) -> Office:
    """The office on the configured database, brought to this version's tables."""
    database = Database(settings.database_url)
    database.upgrade()
    office = Office(
        database=database,
        clock=clock_of(database),
        handlers={},
        files=FolderFiles(settings.home / ATTACHMENTS),
        keys=OwnKeys(settings.parcel_keys),
        announce=announce,
    )
    return _with_everything(office, settings, is_tried_out=database.property(SIMULATED_NOW) is not None)


def build_simulation_office(*, database: Database | None = None, note: Note = lambda _effect: None) -> Office:
    """An office in memory with a clock to set, for scenarios: nothing leaves, and `note` hears what would have."""
    if database is None:
        database = Database("sqlite://")
        database.create_all()
    return Office(
        database=database,
        clock=SettableClock(datetime.fromisoformat("2000-01-01T00:00:00+00:00")),
        handlers=handlers_by_name(),
        ports=ports_of(Settings.from_environment({}), is_tried_out=True).rehearsed(note),
    )


def build_story_office(settings: Settings) -> OfficeAtHome:
    """An office on a fresh embedded database in `<home>/story`, with a clock to set and letters put into a folder.

    What is handed over to others goes nowhere: as in a simulation, the example itself says what they do.
    """
    home = settings.home / "story"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    own = settings_at(home, settings)
    database = Database(own.database_url)
    database.upgrade()
    database.set_property(SIMULATED_NOW, "2000-01-01T00:00:00+00:00")
    office = _office_at_home(home, database, own, clock_of(database))
    return replace(office, ports=ports_of(own, is_tried_out=True))


def make_demonstration(
    settings: Settings,
    policies: Sequence[tuple[Variant, PolicySource]],
    *,
    until: datetime,
    tell: Callable[[str], None],
    cases: int = 30,
    fresh: bool = False,
) -> OfficeAtHome:
    """The office of a demonstration in `<home>/demo`, with the wall clock and cases that stand in all stages.

    The first of the councils has that many cases, each other half as many. It is made where it is not there yet, up to
    `until` (now), and otherwise kept as people left it; `fresh` makes it anew. It is put together aside and appears
    whole: what was stopped half-way is never served. `tell` hears how the making goes on. Raises BadInputError where a
    demonstration of other councils is there.
    """
    home, councils = settings.home / "demo", ", ".join(variant.id for variant, _ in policies)
    if fresh or not home.exists():
        _make_demonstration(settings, policies, cases, home, until=until, tell=tell)
    own = settings_at(home, settings)
    database = Database(own.database_url)
    database.upgrade()
    shown_there = database.property(DEMONSTRATION_OF)
    if shown_there != councils:
        database.close()
        raise BadInputError(
            f"{home} holds a demonstration of {shown_there or 'nothing'}, not of {councils}. Have it made anew "
            "(--fresh), name those councils (--variant), or set ASB_HOME to another folder."
        )
    return _office_at_home(home, database, own, SystemClock())


def _make_demonstration(
    settings: Settings,
    policies: Sequence[tuple[Variant, PolicySource]],
    cases: int,
    home: Path,
    *,
    until: datetime,
    tell: Callable[[str], None],
) -> None:
    settings.home.mkdir(parents=True, exist_ok=True)
    for left_over in settings.home.glob(f"{_BEING_MADE}*"):  # of a process that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    with TemporaryDirectory(prefix=_BEING_MADE, dir=settings.home, ignore_cleanup_errors=True) as aside:
        made = Path(aside) / "made"
        own = settings_at(made, settings)
        database = Database(own.database_url)
        try:
            database.upgrade()
            database.set_property(DEMONSTRATION_OF, ", ".join(variant.id for variant, _ in policies))
            clock = SettableClock(datetime.fromisoformat("2000-01-01T00:00:00+00:00"))
            office = _office_at_home(made, database, own, clock)
            numbers = [cases if not place else cases // _CASES_TO_ONE for place in range(len(policies))]
            shown = [(variant, number) for (variant, _), number in zip(policies, numbers, strict=True)]
            populate(office, shown, until=until, tell=tell)
            for variant, source in policies:
                put_in_force_by_itself(office, variant, source, why="A demonstration is made of it.")
        finally:
            database.close()
        if home.exists():
            home.rename(Path(aside) / "before")
        made.rename(home)


def put_in_force_by_itself(office: Office, variant: Variant, source: PolicySource, *, why: str) -> None:
    """For what is made to be shown: without the judgement, and on the record. The folders are kept with the version."""
    put_in_force(office, variant, PolicyDecision(by=BY_ITSELF, why=why, source=(source.digest, source.pack())))


_BEING_MADE = "demo-being-made-"


def settings_at(home: Path, settings: Settings) -> Settings:
    """The settings of an office that is kept in a folder of its own: a story, a demonstration."""
    return Settings.from_environment({"ASB_HOME": str(home), "ASB_VARIANTS": str(settings.variants)})


def _office_at_home(home: Path, database: Database, own: Settings, clock: Clock) -> OfficeAtHome:
    office = OfficeAtHome(database=database, clock=clock, handlers={}, home=home)
    return _with_everything(office, own, is_tried_out=True)


def make_simulation(settings: Settings, at: datetime) -> Office:
    """Make the configured database one for simulation, its clock standing at `at`, for as long as it exists.

    Raises BadInputError where it holds cases, so that no real case ever follows a clock that somebody sets.
    """
    database = Database(settings.database_url)
    database.upgrade()
    with database.begin() as connection:
        if cases.all_cases(connection):
            raise BadInputError(
                f"{database.name} holds cases, so it cannot become a database for simulation. Name a new one: set "
                "ASB_HOME to another folder, or ASB_DATABASE_URL."
            )
    database.set_property(SIMULATED_NOW, SettableClock(at).now().isoformat())
    return build_office(settings)


def clock_of(database: Database) -> Clock:
    """The wall clock, or the clock that a database made for simulation keeps."""
    simulated = database.property(SIMULATED_NOW)
    return SystemClock() if simulated is None else SettableClock(datetime.fromisoformat(simulated))


def follow_simulated_clock(office: Office) -> None:
    """See how far another process has moved the clock of a database made for simulation."""
    if isinstance(office.clock, SettableClock):
        simulated = office.database.property(SIMULATED_NOW)
        if simulated is not None:
            office.clock.set(max(office.clock.now(), datetime.fromisoformat(simulated)))


def set_simulated_clock(office: Office, at: datetime) -> None:
    """Move the clock of a database made for simulation. Raises BadInputError for any other."""
    if not isinstance(office.clock, SettableClock):
        raise BadInputError(
            "Only a database made for simulation has a clock to set. Leave --now out, or make one with "
            "`asb make-simulation`."
        )
    office.clock.set(at)
    office.database.set_property(SIMULATED_NOW, office.clock.now().isoformat())
