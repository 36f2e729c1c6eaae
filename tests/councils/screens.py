"""All that a council shows anybody: letters, public pages, and the screens of a case in each stage of an example."""

from __future__ import annotations

import html
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from engine.bootstrap import build_simulation_office
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.errors import EngineError
from engine.letters import Letter, letterhead, render_text
from engine.scenarios import Scenario
from engine.scenarios.movement import go_to, open_tasks, rest, take_step, virtual_clock
from engine.settings import Settings
from engine.staff.sessions import Account, start_session
from engine.store import Database, cases, staff
from engine.store.letters import listed_letters
from engine.variants import Role, Variant, load_variant
from tests.house.checkout import ROOT
from tests.in_force import put_in_force
from tests.webui.office import make_app

EVERYBODY = "Somebody of every team"
#: What is looked at after each step, and once a case has gone its way.
EACH_STAGE = ("case.show",)
AT_THE_END = (
    "case.known", "case.tasks", "case.actions", "case.letters", "case.diagram", "case.history", "case.related",
    "case.copy", "case.tellings", "case.notes", "case.parcels",
)  # fmt: skip
_OPTION = re.compile(r"<script.*?</script>|<style.*?</style>", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Screens:
    """The screens of one council, which is alone there."""

    council: Variant
    office: Office
    app: Flask
    clock: SettableClock

    def client(self) -> FlaskClient:
        """A browser in which somebody of every team and role is signed in."""
        with self.office.database.begin() as connection:
            if not staff.has_people(connection):
                for person in self.council.settings.people:
                    self._add(connection, person.name, person.email, " ".join(person.roles), " ".join(person.teams))
                teams = " ".join(team.id for team in self.council.settings.teams)
                self._add(connection, EVERYBODY, "everybody@somewhere.example", " ".join(Role), teams)
                staff.note_change(connection, self.council.id, self.clock.now())
            found = staff.person_named(connection, self.council.id, EVERYBODY)
        assert found is not None
        client = self.app.test_client()
        token = start_session(self.office.database, self.clock, Account.of(found))
        with client.session_transaction() as session:
            session["token"] = token
        return client

    def _add(self, connection: object, name: str, email: str, roles: str, teams: str) -> None:
        staff.add_person(
            connection, self.council.id, name=name, email=email or f"{len(name)}{name[0]}@somewhere.example",  # type: ignore[arg-type]
            roles=roles, teams=teams, line_manager=None, head_of_service=None, added_at=self.clock.now(),
        )  # fmt: skip

    def address(self, endpoint: str, **values: str | int) -> str:
        built: str = self.app.url_map.bind("localhost").build(endpoint, values)
        return built


@cache
def alone(name: str, tmp_path: Path) -> Variant:
    """The council in a folder of variants in which it is the only one beside what it builds on."""
    root = tmp_path / "bpmn"
    for folder in ("statutory", "model", name):
        if not (root / folder).exists():
            shutil.copytree(ROOT / "bpmn" / folder, root / folder)
    return load_variant(root / name, root=root)


def screens_of(council: Variant, tmp_path: Path, database: Path) -> Screens:
    """The screens on an office of its own, in which nothing has happened."""
    home = Path(tempfile.mkdtemp(dir=tmp_path))
    (home / "asb.sqlite").write_bytes(database.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(home), "ASB_VARIANTS": str(tmp_path / "bpmn")})
    office = build_simulation_office(database=Database(settings.database_url))
    clock = virtual_clock(office)
    put_in_force(office, council)
    app = make_app(settings, office=office)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    return Screens(council=council, office=office, app=app, clock=clock)


def shown_of_case(screens: Screens, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every screen of a case in each stage of an example, with where it was seen: (where, what it says)."""
    screens.clock.set(scenario.applied_at)
    client = screens.client()
    try:
        reference = open_case(screens.office, screens.council, scenario.application, by=scenario.applied_by)
    except EngineError:
        return
    rest(screens.office)
    seen: set[int] = set()
    yield from _stage(screens, client, reference, f"{scenario.name}, application", seen)
    for number, step in enumerate(scenario.steps, start=1):
        go_to(screens.office, step.at)
        with suppress(EngineError):  # what an example has refused
            take_step(screens.office, reference, step)
        rest(screens.office)
        yield from _stage(screens, client, reference, f"{scenario.name}, step {number}", seen)
    for endpoint in AT_THE_END:
        yield _get(client, screens.address(endpoint, reference=reference), scenario.name)
    with screens.office.database.read() as connection:
        letters = listed_letters(connection, cases.find_case(connection, reference).case_id)
    for letter in letters:
        yield _get(client, screens.address("case.letter", reference=reference, number=letter.number), scenario.name)


def _stage(
    screens: Screens, client: FlaskClient, reference: str, where: str, seen: set[int]
) -> Iterator[tuple[str, str]]:
    """The case as it stands, and each task that is new: `seen` holds the numbers of the others."""
    for endpoint in EACH_STAGE:
        yield _get(client, screens.address(endpoint, reference=reference), where)
    for task in open_tasks(screens.office, reference):
        if task.task_id.number in seen:
            continue
        seen.add(task.task_id.number)
        address = screens.address("task.show", reference=reference, number=task.task_id.number)
        yield _get(client, address, f"{where}, {task.element_id}")


def shown_to_the_public(screens: Screens) -> Iterator[tuple[str, str]]:
    """Every page that somebody sees who applies or follows a case, each question of the form, and the form on paper."""
    screens.client()
    client, council = screens.app.test_client(), screens.council.id
    for rule in screens.app.url_map.iter_rules():
        is_page = rule.endpoint not in ("apply.exit_page", "apply.word_form", "shell.council_logo")  # elsewhere; files
        if rule.endpoint == "published.figures" and not screens.council.settings.figures_table.is_public:
            continue
        if is_page and rule.arguments == {"council"} and "GET" in (rule.methods or ()):
            yield _get(client, screens.address(rule.endpoint, council=council), rule.endpoint)
    client.post(f"/apply/{council}/start")
    for key in screens.council.forms["application"].keys:
        if client.get(f"/apply/{council}/question/{key}").status_code == 200:  # of what is asked now
            yield _get(client, f"/apply/{council}/question/{key}", "a question")
    word = client.get(f"/apply/{council}/word-form")
    with zipfile.ZipFile(io.BytesIO(word.data)) as file:
        yield "the form on paper", file.read("word/document.xml").decode()


def letters_directly(council: Variant) -> Iterator[tuple[str, str]]:
    """Every letter with something in every place, each of its conditions answered both ways, and its own words."""
    for letter in council.letters.values():
        head = letterhead(council.settings.council, reference="X-1", on=date(2026, 3, 2), recipient="A", address="B")
        for is_so in (True, False):
            with suppress(EngineError):
                yield letter.file, render_text(letter, _values(letter, council, is_so=is_so), head)
        yield letter.file, council.files[letter.file].decode()


def _values(letter: Letter, council: Variant, *, is_so: bool) -> dict[str, object]:
    plain: dict[str, object] = dict.fromkeys(letter.names, "something")
    conditions = dict.fromkeys(letter.names & council.settings.letter_conditions.keys(), is_so)
    return {**plain, **conditions, "council": council.settings.council, "case": {"reference": "X-1"}}


def _get(client: FlaskClient, address: str, where: str) -> tuple[str, str]:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, f"{where}: {address} is {answer.status_code}"
    return f"{where}: {address}", html.unescape(_OPTION.sub(" ", answer.get_data(as_text=True)))
