"""One walk through a council's procedures: people do what they may, by chance, until a case has gone on for a while."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import delete

from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import form_of_telling, send_message, what_can_be_told
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.sight import evaluator_of
from engine.casework.tasks.completion import complete_task
from engine.casework.tasks.rights import teams_of
from engine.clock import LONDON, SettableClock
from engine.errors import EngineError, FormAnswersError, NotAllowedError
from engine.forms import FieldKind, Form
from engine.forms.people import NOBODY
from engine.model import CaseStatus, Telling
from engine.scenarios import Scenario
from engine.scenarios.movement import go_to, open_tasks, rest, take_step
from engine.store import cases, facts
from engine.store.schema import metadata
from engine.store.tasks import OpenTask, load_task
from engine.toml import write_toml
from engine.variants import Variant
from tests.walks.answers import Asked, Chance
from tests.walks.owed import Told

START = datetime(2026, 3, 2, 10, tzinfo=LONDON)
_CORRECTED = frozenset({FieldKind.RADIO, FieldKind.SELECT, FieldKind.CHECKBOX, FieldKind.DATE, FieldKind.NUMBER})
_NO_FORM = Form(id="", file="", title="", fields=())
_TRIES = 6  #: at answering a form so that it is taken


@dataclass
class Walk:
    """A case, and how it came to where it is."""

    seed: int
    begun_at: datetime
    application: Mapping[str, Any] = field(default_factory=dict)
    reference: str = ""
    steps: list[dict[str, Any]] = field(default_factory=list)

    def as_scenario(self) -> str:
        """The steps so far, to play again and to look at."""
        first = {"at": self.begun_at.replace(tzinfo=None), "by": "the applicant", "answers": self.application}
        told = [_as_toml("[application]", first), *(_as_toml("[[step]]", step) for step in self.steps)]
        return "\n".join([write_toml({"title": f"Walk {self.seed}", "clauses": []}), *told])


def _as_toml(heading: str, told: Mapping[str, Any]) -> str:
    name = heading.strip("[]")
    answers = f"[{name}.answers]\n{write_toml(told['answers'])}" if told.get("answers") else ""
    return f"{heading}\n{write_toml({key: value for key, value in told.items() if key != 'answers'})}{answers}"


class Walker:
    """Walks through one variant. `samples`: how scenarios answer, by task or message; "" for the application."""

    def __init__(self, office: Office, variant: Variant, scenarios: Mapping[str, Scenario]) -> None:
        self._office = office
        self._variant = variant
        self._scenarios = [scenario for scenario in scenarios.values() if scenario.refused is None]
        self._samples: dict[str, list[tuple[Mapping[str, Any], datetime]]] = {}
        for scenario in scenarios.values():
            if scenario.refused is None:
                self._samples.setdefault("", []).append((scenario.application, scenario.applied_at))
            for step in scenario.steps:
                if step.refused is None and (step.task or step.tell):
                    self._samples.setdefault(step.task or step.tell or "", []).append((step.answers, step.at))

    def walk(self, seed: int, *, most: int) -> Iterator[tuple[Walk, Told, str]]:
        """Each time the case closes: the walk so far, what the case was told, and what it closed as.

        `most`: how many things are done, after what is taken over from a scenario.
        """
        self._random = Random(seed)  # noqa: S311  # the same walk for the same seed
        self._chance = Chance(self._random, [person.name for person in self._variant.settings.people])
        self._wipe()
        scenario = self._random.choice(self._scenarios) if self._random.random() < 0.6 else None
        begun_at = START if scenario is None else scenario.applied_at.astimezone(LONDON)
        self._office = replace(self._office, clock=SettableClock(begun_at.astimezone(UTC)))
        walk = Walk(seed=seed, begun_at=begun_at)
        if scenario is not None:
            self._follow(walk, scenario)
        elif not self._apply(walk):
            return
        was_open = True
        for _ in range(most):
            with self._office.database.read() as connection:
                case = cases.find_case(connection, walk.reference)
                told = facts.history(connection, case.case_id) if case.status == CaseStatus.CLOSED else []
            if case.status == CaseStatus.CLOSED and was_open:
                yield walk, Told(told), case.closed_as or ""
            was_open = case.status == CaseStatus.OPEN
            if not was_open and self._random.random() < 0.4:
                return
            self._act(walk)

    def _wipe(self) -> None:
        with self._office.database.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))

    def _follow(self, walk: Walk, scenario: Scenario) -> None:
        """The first steps of a scenario, as many as chance will have."""
        walk.application = scenario.application
        walk.reference = open_case(self._office, self._variant, scenario.application, by=scenario.applied_by)
        rest(self._office)
        for step in scenario.steps[: self._random.randint(0, len(scenario.steps))]:
            go_to(self._office, step.at)
            try:
                take_step(self._office, walk.reference, step)
            except EngineError:  # as the scenario has it
                continue
            told = {"task": step.task, "tell": step.tell, "by": step.by, "item": step.item, "answers": step.answers}
            self._note(walk, {name: value for name, value in told.items() if value})

    def _apply(self, walk: Walk) -> bool:
        start = self._variant.processes[self._variant.settings.main_process or ""].plain_start
        form = self._variant.forms[(start.form_id if start is not None else None) or ""]
        council = self._variant.settings.council
        asked = Asked(
            form=form, scope={"council": council}, now=START, people=NOBODY,
            functions=self._office.versions.put(self._variant).functions,
        )  # fmt: skip
        for answers in self._tries(asked, ""):
            try:
                walk.reference = open_case(self._office, self._variant, answers, by="the applicant")
            except FormAnswersError as error:
                self._problems = [key for key, _ in error.problems]
            except EngineError:
                return False
            else:
                walk.application = answers
                rest(self._office)
                return True
        return False

    def _act(self, walk: Walk) -> None:
        """Somebody does a task, or tells the case something, or time passes."""
        tasks, dice = open_tasks(self._office, walk.reference), self._random.random()
        if tasks and dice < 0.8:
            self._do(walk, self._random.choice(tasks))
        elif dice < 0.84:
            self._correct(walk)
        elif dice < 0.94:
            tellings = [t for t in what_can_be_told(self._office, walk.reference) if t.form_id or t.told_by]
            if tellings:
                self._tell(walk, self._random.choice(tellings))
        else:
            self._wait(walk, self._random.choice((5, 15, 40)))
        self._wait(walk, self._random.choice((0, 0, 1, 2)))

    def _wait(self, walk: Walk, days: int) -> None:
        if days:
            go_to(self._office, self._now() + timedelta(days=days))
            walk.steps.append({"at": self._now().replace(tzinfo=None)})

    def _now(self) -> datetime:
        return self._office.clock.now().astimezone(LONDON)

    def _do(self, walk: Walk, task: OpenTask) -> None:
        by_chance = self._people(task.team)
        asked = self._asked_by(task)
        for answers in self._tries(asked, task.element_id):
            by = self._random.choice(by_chance)
            try:
                complete_task(self._office, task.task_id, answers, by=by)
            except FormAnswersError as error:
                self._problems = [key for key, _ in error.problems]
            except NotAllowedError:
                self._problems = []
            except EngineError:
                return
            else:
                item = {"item": task.item_id} if task.item_id else {}
                self._note(walk, {"by": by, "task": task.element_id, **item, "answers": answers})
                return

    def _correct(self, walk: Walk) -> None:
        """Somebody puts a fact right: another answer to the question that asked for it."""
        with self._office.database.read() as connection:
            case_id = cases.find_case(connection, walk.reference).case_id
            known = [row for row in facts.history(connection, case_id) if row.is_current]
        questions = [question for form in self._variant.forms.values() for question in form.questions]
        fields = {field.key: field for question in questions for field in question.fields}
        found = [row for row in known if row.name in fields and fields[row.name].kind in _CORRECTED]
        if not found:
            return
        row = self._random.choice(found)
        by = self._random.choice(self._people(*self._variant.settings.may["correct_facts"]))
        asked = Asked(form=_NO_FORM, scope={}, now=self._now(), functions={}, people=NOBODY)
        value = self._chance.value(asked, fields[row.name])
        try:
            correct_fact(
                self._office, walk.reference, row.name, value, reason="Some words.", by=by, item_id=row.item_id
            )
        except EngineError:
            return
        self._note(walk, {"why": f"{by} corrected {row.item_id}.{row.name} to {value!r}"})

    def _tell(self, walk: Walk, telling: Telling) -> None:
        teams = telling.told_by
        asked = self._asked_with(walk, telling)
        for answers in self._tries(asked, telling.message):
            by = self._random.choice(self._people(*teams))
            try:
                send_message(self._office, walk.reference, telling.message, answers, by=by, item_id=telling.item_id)
            except FormAnswersError as error:
                self._problems = [key for key, _ in error.problems]
            except EngineError:
                return
            else:
                item = {"item": telling.item_id} if telling.item_id else {}
                self._note(walk, {"by": by, "tell": telling.message, **item, "answers": answers})
                return

    def _note(self, walk: Walk, step: dict[str, Any]) -> None:
        walk.steps.append({"at": self._now().replace(tzinfo=None), **step})
        rest(self._office)

    def _people(self, *teams: str) -> list[str]:
        """Who may act for one of the teams; anybody where none is named."""
        settings = self._variant.settings
        may = [each.name for each in settings.people if not teams or teams_of(settings, each) & set(teams)]
        return may or [each.name for each in settings.people]

    def _tries(self, asked: Asked | None, name: str) -> Iterator[dict[str, Any]]:
        """Answers, and others in the place of those that were refused the time before."""
        if asked is None:
            yield {}
            return
        samples = self._samples.get(name, [])
        if samples and self._random.random() < 0.7:
            sample, at = self._random.choice(samples)
            answers = self._chance.like(asked, sample, at.date())
        else:
            answers = self._chance.answers(asked)
        for _ in range(_TRIES):
            self._problems: list[str] = []
            yield answers
            answers = self._chance.other(asked, answers, self._problems)

    def _asked_by(self, task: OpenTask) -> Asked | None:
        with self._office.database.read() as connection:
            case = cases.find_case(connection, task.task_id.reference)
            row = load_task(connection, case.case_id, task.task_id.number)
            form = self._variant.forms.get((row.form_id if row is not None else None) or "")
            if row is None or form is None:
                return None
            step = self._office.step_on(connection, case, actor=SYSTEM)
            evaluator = evaluator_of(step, step.load(row.instance))
            people = step.people.read_now() if form.asks_for_people else NOBODY
            scope = dict(evaluator.scope.items())
        return Asked(form=form, scope=scope, now=evaluator.now, functions=evaluator.functions, people=people)

    def _asked_with(self, walk: Walk, telling: Telling) -> Asked | None:
        with self._office.database.read() as connection:
            step = self._office.step_on(connection, cases.find_case(connection, walk.reference), actor=SYSTEM)
            form, evaluator = form_of_telling(step, telling.message, telling.item_id)
            if form is None:
                return None
            people = step.people.read_now() if form.asks_for_people else NOBODY
            scope = dict(evaluator.scope.items())
        return Asked(form=form, scope=scope, now=evaluator.now, functions=evaluator.functions, people=people)
