"""Who may do what: every route, tried as every role, as nobody, and as somebody of another council."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from engine.bootstrap import build_office
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.scenarios import scenarios_of
from engine.settings import Settings
from engine.staff.roles import RIGHTS, Right, Role
from engine.staff.sessions import Account, start_session
from engine.store import staff, tasks
from engine.variants import Variant
from tests.house.checkout import ROOT, texts
from tests.in_force import put_folders_in_force
from tests.webui.office import HERTSMERE, START_AT, make_app
from webui.access.rules import check_every_route_has_a_rule, rule_of

OTHER = "otherton"
NAMES = {role: f"The {role.words}" for role in Role}
#: What stands in an address that names no case; whatever else an address holds must be added here.
SAMPLES = {
    "filename": "app.css", "name": "appeal", "message": "withdraw", "item": "agencies-1", "process": "review",
    "audience": "victim", "made_for": "victim", "key": "applicant_name", "secret": "nothing", "invitation": "nothing",
    "person_id": 1, "absence_id": 1, "filter_id": 1, "team_id": "panel", "agency_id": "police", "fact": 1,
    "figure": "appeals", "page": 1, "place": 0, "entry": 0, "form": "late", "what": "late", "limit": "acknowledge",
    "token": 1, "digest": "nothing", "instance": 1, "case_number": 1, "subject": "case", "code": "nothing",
    "entry_id": "person-1", "start": "remedy", "parcel": "nothing", "document": "pdf",
    "proposal": 1, "draft": 1, "change": 1, "file": "appeal.bpmn",
}  # fmt: skip


@dataclass(frozen=True)
class Councils:
    app: Flask
    office: Office
    reference: str
    number: int

    def client_of(self, role: Role | None, council_id: str = HERTSMERE) -> FlaskClient:
        """A browser in which the person of that role is signed in."""
        client = self.app.test_client()
        if role is not None:
            with self.office.database.read() as connection:
                account = Account.of(staff.person_named(connection, council_id, NAMES[role]))
            token = start_session(self.office.database, self.office.clock, account)
            with client.session_transaction() as session:
                session["token"] = token
        return client

    def address(self, rule: Rule) -> str:
        own = {"reference": self.reference, "number": self.number, "council": HERTSMERE}
        values = {name: own.get(name, SAMPLES.get(name)) for name in rule.arguments}
        unknown = [name for name, value in values.items() if value is None]
        assert unknown == [], f"{rule.rule}: add {unknown} to SAMPLES"
        with self.app.test_request_context():
            built: str = self.app.url_map.bind("localhost").build(rule.endpoint, values)
            return built


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path, hertsmere: Variant) -> Iterator[Councils]:
    """Two councils with the same policy, a case of the first, and in each a person of every role."""
    home = tmp_path_factory.mktemp("councils")
    shutil.copytree(ROOT / "bpmn", home / "bpmn")
    (home / "bpmn" / OTHER).mkdir()
    (home / "bpmn" / OTHER / "variant.toml").write_text(
        'name = "Otherton"\nextends = "hertsmere"\nreference_prefix = "OT"\n', encoding="utf-8"
    )
    (home / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(home), "ASB_VARIANTS": str(home / "bpmn")})
    clock = SettableClock(START_AT)
    office = replace(build_office(settings), clock=clock)
    put_folders_in_force(office, settings.variants)
    app = make_app(settings, office=office)
    app.config.update(WTF_CSRF_ENABLED=False)
    _add_people(office)
    scenario = next(each for each in scenarios_of(hertsmere) if each.name.startswith("01"))
    reference = open_case(office, hertsmere, scenario.application, by="the applicant")
    with office.database.read() as connection:
        task = tasks.open_tasks(connection, reference=reference)[0]
    yield Councils(app=app, office=office, reference=reference, number=task.task_id.number)
    office.database.close()


def _add_people(office: Office) -> None:
    with office.database.begin() as connection:
        for council_id in (HERTSMERE, OTHER):
            for role, name in NAMES.items():
                staff.add_person(
                    connection, council_id, name=name, email=f"{role}@{council_id}.example", roles=role.value,
                    teams="" if role is Role.AGENCY_OFFICER else "community_safety", line_manager=None,
                    head_of_service=None, added_at=START_AT,
                )  # fmt: skip
            staff.note_change(connection, council_id, START_AT)


def routes(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods or ())
        if method in ("GET", "POST") and not rule.endpoint.endswith("static")
    ]


def test_a_route_without_a_rule_keeps_the_application_from_starting(councils: Councils) -> None:
    app = Flask("without rules")
    app.add_url_rule("/open", view_func=lambda: "open to everybody", endpoint="open")
    with pytest.raises(RuntimeError, match="open"):
        check_every_route_has_a_rule(app)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_refused_every_route_that_asks_for_a_right_it_does_not_give(councils: Councils, role: Role) -> None:
    app, client = councils.app, councils.client_of(role)
    wrong = {}
    for rule, method in routes(app):
        rights = rule_of(app, rule.endpoint)
        has_right = Right.PUBLIC in rights or bool(RIGHTS[role] & set(rights))
        status = client.open(councils.address(rule), method=method).status_code
        if not has_right and status != 403:
            wrong[f"{method} {rule.rule}"] = status
        client = councils.client_of(role)  # one of the routes signs out
    assert wrong == {}


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_every_page_whose_right_it_gives(councils: Councils, role: Role) -> None:
    app, wrong = councils.app, {}
    for rule, method in routes(app):
        rights = rule_of(app, rule.endpoint)
        if method == "GET" and RIGHTS[role] & set(rights):
            status = councils.client_of(role).get(councils.address(rule)).status_code
            # an agency's officer has no part in this case, and is not told that there is one
            if status >= 500 or (status == 403 and role is not Role.AGENCY_OFFICER):
                wrong[rule.rule] = status
    assert wrong == {}


def test_who_has_not_signed_in_is_asked_to_wherever_a_right_is_needed(councils: Councils) -> None:
    app, client = councils.app, councils.client_of(None)
    wrong = {}
    for rule, method in routes(app):
        if Right.PUBLIC in rule_of(app, rule.endpoint):
            continue
        answer = client.open(councils.address(rule), method=method)
        if answer.status_code != 302 or "/sign-in" not in answer.headers["Location"]:
            wrong[f"{method} {rule.rule}"] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OFFICER, Role.READER, Role.AGENCY_OFFICER])
def test_somebody_of_another_council_finds_nothing_of_the_case(councils: Councils, role: Role) -> None:
    app, wrong = councils.app, {}
    for rule, method in routes(app):
        rights = rule_of(app, rule.endpoint)
        if "reference" not in rule.arguments or not RIGHTS[role] & set(rights):
            continue
        answer = councils.client_of(role, OTHER).open(
            councils.address(rule), method=method, data={"reason": "x", "text": "x", "action": "complete"}
        )
        if answer.status_code != 404:
            wrong[f"{method} {rule.rule}"] = answer.status_code
    assert wrong == {}


def _words(data: bytes) -> str:
    """What can be read in an answer, a Word document among them."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            data = file.read("word/document.xml")
    return data.decode("utf-8", "replace")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OFFICER, Role.READER, Role.ADMINISTRATOR])
def test_no_list_shows_anything_of_another_council(councils: Councils, role: Role) -> None:
    app, wrong = councils.app, []
    for rule, method in routes(app):
        if method == "GET" and not rule.arguments and RIGHTS[role] & set(rule_of(app, rule.endpoint)):
            text = _words(councils.client_of(role, OTHER).get(rule.rule).data)
            if councils.reference in text or "Hertsmere Borough Council</a>" in text:
                wrong.append(rule.rule)
    assert wrong == []


def test_the_documentation_says_what_each_role_gives() -> None:
    rows = [line for line in texts()["docs/screens.md"].splitlines() if line.startswith("| ")]
    head = next(row for row in rows if row.startswith("| right |"))
    roles = [cell.strip().replace(" ", "_") for cell in head.strip("|").split("|")[1:]]
    assert roles == [role.value for role in Role]
    said = {}
    for row in rows[rows.index(head) + 1 :]:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if len(cells) <= len(roles):  # another table
            break
        said[cells[0]] = {role for role, cell in zip(roles, cells[1:], strict=True) if cell}
    for right in set(Right) - {Right.PUBLIC, Right.SIGNED_IN, Right.SEE_ALL_CASES}:
        given = {role.value for role in Role if right in RIGHTS[role]}
        assert said.get(right.value) == given, right
