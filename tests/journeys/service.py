"""The service as `asb serve` runs it: a real server, an SQLite file, Hertsmere, and a clock that the test sets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Thread

from flask import Flask
from playwright.sync_api import Page
from waitress.server import create_server

from engine.bootstrap import build_office
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.clock import LONDON, SettableClock
from engine.forms import Field
from engine.scenarios import scenarios_of
from engine.scenarios.movement import go_to, rest, take_step
from engine.scenarios.scenario import Scenario, ScenarioStep
from engine.settings import Settings
from engine.staff.demonstration import email_for
from engine.variants import Variant
from tests.house.checkout import ROOT
from tests.in_force import put_in_force
from tests.webui.office import make_app

#: Before the first worked example that is played.
START_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
#: Everybody's: the people of variant.toml have accounts as those of a demonstration do.
PASSWORD = "correct horse battery staple"  # noqa: S105  # of accounts that live for one test


@dataclass(frozen=True)
class Service:
    address: str  #: "http://127.0.0.1:…", without a slash
    app: Flask
    settings: Settings
    office: Office
    clock: SettableClock
    variant: Variant

    def sign_in(self, page: Page, name: str) -> None:
        """The person signs in and sees their first page."""
        self.enter_password(page, name)
        page.get_by_role("button", name="Sign out").wait_for()

    def enter_password(self, page: Page, name: str) -> None:
        """On the sign-in page, with the e-mail address."""
        page.goto(f"{self.address}/sign-in")
        page.get_by_label("E-mail address").fill(email_for(name))
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    def scenario(self, name: str) -> Scenario:
        """The worked example of this name or number, such as `13`."""
        return next(
            each for each in scenarios_of(self.variant) if each.name == name or each.name.startswith(f"{name}_")
        )

    def play(self, name: str, *, before: str) -> tuple[str, ScenarioStep]:
        """A case that stands where a worked example's first step for this task or message is to be taken.

        The clock stands at that step's moment. Gives the case's reference, and the step with its answers.
        """
        scenario = self.scenario(name)
        go_to(self.office, scenario.applied_at)
        reference = self.apply(name)
        for step in scenario.steps:
            if step.refused is not None:
                continue
            go_to(self.office, step.at)
            if before in (step.task, step.tell):
                return reference, step
            self.take(reference, step)
        raise AssertionError(f"{scenario.file} has no step {before}")

    def take(self, reference: str, step: ScenarioStep) -> None:
        """A step of a worked example is taken, without the screens."""
        take_step(self.office, reference, step)
        rest(self.office)

    def apply(self, name: str, **other: str) -> str:
        """A worked example's application comes in now, with `other` answers in it; gives the case's reference."""
        scenario = self.scenario(name)
        answers = {**scenario.application, **other}
        reference = open_case(self.office, self.variant, answers, by=scenario.applied_by)
        rest(self.office)
        return reference

    def form(self, name: str) -> tuple[Field, ...]:
        """What a form of the policy asks."""
        return self.variant.forms[name].fields

    def sweep(self) -> None:
        """Do what is due and ready, as the sweeper beside the server does every two seconds."""
        bring_up_to_date(self.office)

    def wait_until(self, day: date, at: time = time(9)) -> None:
        """Time passes: what falls due on the way happens when it falls due."""
        go_to(self.office, datetime.combine(day, at, tzinfo=LONDON))


@contextmanager
def serving(home: Path, database: Path, variant: Variant) -> Iterator[Service]:
    """The service on a copy of this database, with its files in the folder `home`, as long as the block lasts."""
    shutil.copy(database, home / "asb.sqlite")
    settings = Settings.from_environment({"ASB_HOME": str(home), "ASB_VARIANTS": str(ROOT / "bpmn")})
    clock = SettableClock(START_AT)
    office = replace(build_office(settings), clock=clock)
    put_in_force(office, variant)
    app = make_app(settings, office=office)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = Thread(target=server.run, name="server", daemon=True)
    thread.start()
    try:
        yield Service(
            address=f"http://127.0.0.1:{server.effective_port}", app=app, settings=settings, office=office, clock=clock,
            variant=variant,
        )  # fmt: skip
    finally:
        server.close()
        thread.join(timeout=5)
        office.database.close()
