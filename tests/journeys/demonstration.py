"""A service with something on every page: cases in several stages, people of every role, applications of the public."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pyotp

from engine.casework.applications.application import change_answers, read_receipt, send_application, start_application
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.attachments import attach_file
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.notes import add_note
from engine.casework.pages.saved_filters import save_filter
from engine.casework.tasks.completion import claim_task
from engine.handler import HandlerContext
from engine.scenarios.movement import open_tasks
from engine.staff.absences import set_absence
from engine.staff.address_book import list_entries
from engine.staff.second_step import offered_secret, turn_on
from engine.staff.secret import Keys, installation_secret
from engine.staff.sessions import Account
from engine.store import cases, staff, tasks
from engine.store.incidents import open_incidents
from engine.store.letters import listed_letters
from engine.workshop import Publication, draft_in
from engine.workshop.publication import add_proposal
from tests.casework.cases.test_attachments import PDF
from tests.journeys.service import Service

OFFICER, MANAGER, AGENCY, READER = "Officer 1", "Community Safety Manager", "Neighbourhood Inspector", "Reader 1"
#: One whose signing in asks for a code.
CAREFUL = "Health Manager"
HERTSMERE = "hertsmere"


@dataclass(frozen=True)
class Demonstration:
    service: Service
    old: str  #: a case whose late action has climbed the ladder
    late: str  #: a case whose threshold is to be decided, late
    stuck: str  #: a case whose letters cannot be sent
    incident: int  #: its number
    writing: str  #: return code of an application that is not sent yet
    sent: str  #: return code of one that is
    followed: str  #: reference of the case that it became
    access_code: str  #: of that case

    @property
    def entry(self) -> str:
        """The id of the first person in the council's address book."""
        return list_entries(self.service.office.database, HERTSMERE)[0].entry_id

    @property
    def proposal(self) -> int:
        """The number of a proposal that waits for a second policy owner."""
        office, root = self.service.office, self.service.settings.variants
        judgement = {
            "examples": 165,
            "differences": [{"clauses": ["H6.3"], "sentence": "acknowledge is 3 days, not 2."}],
        }
        wanted = Publication(by="Head of Service", why="Two days were too few")
        return add_proposal(office, draft_in(HERTSMERE, root), wanted, follows=1, judgement=judgement).number

    def open_task(self, reference: str) -> int:
        """The number of the most urgent open task of the case."""
        return open_tasks(self.service.office, reference)[0].task_id.number

    def done_task(self, reference: str) -> int:
        """The number of a task of the case that is done."""
        with self.service.office.database.read() as connection:
            case_id = cases.find_case(connection, reference).case_id
            return min(int(row.number) for row in tasks.of_case(connection, case_id) if row.status == "completed")

    def letter(self, reference: str, recipient: str) -> int:
        with self.service.office.database.read() as connection:
            case_id = cases.find_case(connection, reference).case_id
            return next(int(row.number) for row in listed_letters(connection, case_id) if row.recipient == recipient)

    def person_id(self, name: str) -> int:
        return _account(self.service, name).person_id


def make_demonstration(service: Service) -> Demonstration:
    office = service.office
    old, step = service.play("13", before="circulate_minutes")
    service.take(old, step)
    service.wait_until(date(2026, 6, 20))
    add_note(office, old, "The victim rang.\nIt is worse.", by=OFFICER, council_id=HERTSMERE)
    attach_file(office, old, None, "diary.pdf", PDF, by=OFFICER, council_id=HERTSMERE)
    correct_fact(office, old, "applicant_email", "new@example.org", reason="Misheard", by=OFFICER)
    late = service.apply("01", application_date="2026-06-20")
    for step in service.scenario("01").steps[:2]:
        service.take(late, step)
    service.wait_until(date(2026, 7, 13))
    claim_task(office, open_tasks(office, late)[0].task_id, by=OFFICER)
    stuck, incident = _stick(service)
    today = service.clock.now().date()
    set_absence(
        office.database, service.clock, service.variant.settings, HERTSMERE, person=OFFICER, deputy="Officer 2",
        first_day=today, last_day=today + timedelta(days=7), by=OFFICER,
    )  # fmt: skip
    save_filter(office.database, HERTSMERE, person=OFFICER, name="Late ones", query="due=overdue", is_shared=True)
    _ask_for_a_code(service)
    answers = service.scenario("13").application
    codes = [start_application(office, HERTSMERE, address="test") for _ in range(2)]
    for code in codes:
        change_answers(office, HERTSMERE, code, lambda said: said.update(answers))
    followed = send_application(office, service.variant, codes[1], address="test")
    (acknowledge,) = open_tasks(office, followed)
    service.take(followed, service.scenario("13").steps[0])
    assert acknowledge.name == "Acknowledge the application"
    return Demonstration(
        service=service, old=old, late=late, stuck=stuck, incident=incident, writing=codes[0], sent=codes[1],
        followed=followed, access_code=read_receipt(office, HERTSMERE, codes[1]).access_code,
    )  # fmt: skip


def _stick(service: Service) -> tuple[str, int]:
    """A case whose letters were refused by the post, however often; its reference, and the incident's number."""

    def refuse(_context: HandlerContext) -> None:
        raise RuntimeError("the post answered 403")

    office = service.office
    handlers = {name: replace(each, function=refuse) for name, each in office.handlers.items()}  # type: ignore[arg-type]
    broken = replace(office, handlers=handlers)
    service.wait_until(date(2026, 7, 14))
    reference = replace(service, office=broken).apply("05", application_date="2026-07-14")
    replace(service, office=broken).take(reference, service.scenario("05").steps[0])
    for _ in range(12):
        service.clock.advance(timedelta(hours=12))
        bring_up_to_date(broken)
    with office.database.read() as connection:
        incidents = open_incidents(connection, case_id=cases.find_case(connection, reference).case_id)
    return reference, incidents[0].number


def _ask_for_a_code(service: Service) -> None:
    keys, account = Keys(installation_secret(service.settings)), _account(service, CAREFUL)
    secret = offered_secret(keys, account, "a session")
    code = pyotp.TOTP(secret).at(service.clock.now())
    turn_on(service.office.database, service.clock, keys, account, secret=secret, code=code)


def _account(service: Service, name: str) -> Account:
    with service.office.database.read() as connection:
        found = staff.person_named(connection, HERTSMERE, name)
    assert found is not None
    return Account.of(found)
