"""What somebody did in a case, as it can be done again: asked by the form as it asks now, by whoever may do it.

Who may do what is not tried: that a task goes to another team is told, and whoever did it then does it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.casework.cases.messages import form_of_telling, what_can_be_told
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.office import Office
from engine.casework.step.sight import evaluator_at
from engine.casework.step.step import Step
from engine.casework.tasks.rights import entered_for
from engine.clock import LONDON
from engine.forms import ABOUT, FieldKind, Form, PublicForm, Question
from engine.forms.model import questions_of
from engine.forms.people import PeopleToPick
from engine.scenarios.movement import find_task
from engine.scenarios.replays.people_then import let_act
from engine.scenarios.scenario import Scenario, ScenarioStep
from engine.store import Connection, cases
from engine.store import tasks as stored
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class Unasked:
    """An answer that was given then, and is not asked for."""

    step: int  #: which of the scenario's steps, from 1; 0 for the application
    key: str
    name: str  #: what the question is called, where a form still has it


@dataclass
class Adjustment:
    """Of one case, played by one version."""

    variant: Variant
    unasked: list[Unasked] = field(default_factory=list)

    def application(self, office: Office, scenario: Scenario) -> Scenario:
        """The scenario with an application that the version's form takes, where it can."""
        process = self.variant.processes.get(self.variant.settings.start_process(scenario.start))
        start = process.plain_start if process is not None else None
        form = self.variant.forms.get(start.form_id or "") if start is not None else None
        if form is None:
            return scenario
        version = office.versions.put(self.variant)
        with office.database.read() as connection:
            council = office.in_force(connection, version, self.variant.id).council
        if scenario.from_public:
            asked = {question.field.key for question in PublicForm(form).questions}
            kept = {key: value for key, value in scenario.application.items() if key in asked}
            return replace(scenario, application=self._as_said(form, kept))
        shown = form.shown(
            self._as_said(form, scenario.application), {"council": council}, now=scenario.applied_at.astimezone(LONDON),
            functions=version.functions,
        )  # fmt: skip
        return replace(scenario, application=self._noted(form, scenario.application, shown.answers, 0))

    def step(self, office: Office, reference: str, step: ScenarioStep, number: int) -> ScenarioStep:
        """The step as it can be taken now. Raises what finding its task raises."""
        if step.task is not None:
            return self._done(office, reference, step, number)
        if step.tell is not None:
            return self._told(office, reference, _told_where_it_waits(office, reference, step), number)
        if step.by:
            right = "correct_facts" if step.correct is not None else "change_deadlines"
            right = "settle_incidents" if step.settle else right
            with office.database.begin() as connection:
                seen = self._look(office, connection, reference, step.by)
                let_act(seen, step.by, seen.settings.may.get(right) or ())
        return step

    def _done(self, office: Office, reference: str, step: ScenarioStep, number: int) -> ScenarioStep:
        task = find_task(office, reference, step).task_id.number
        with office.database.begin() as connection:
            seen = self._look(office, connection, reference, step.by)
            row = stored.load_task(connection, seen.case.case_id, task)
            if row is None:
                return step
            if row.assignee is None and entered_for(seen, row, step.by) is None:
                let_act(seen, step.by, (row.team,))
            form, instance = self.variant.forms.get(row.form_id or ""), seen.load(row.instance)
            evaluator = evaluator_at(seen, instance, instance.run.program.element(row.element_id))
            return self._answered(form, step, evaluator, seen.people, number)

    def _told(self, office: Office, reference: str, step: ScenarioStep, number: int) -> ScenarioStep:
        with office.database.begin() as connection:
            seen = self._look(office, connection, reference, step.by)
            if step.agreement is None:
                let_act(seen, step.by, self._told_by(step.tell or ""))
            form, evaluator = form_of_telling(seen, step.tell or "", step.item or "")
            return self._answered(form, step, evaluator, seen.people, number)

    def _look(self, office: Office, connection: Connection, reference: str, by: str) -> Step:
        return office.step_on(connection, cases.find_case(connection, reference), actor=by)

    def _told_by(self, message: str) -> tuple[str, ...]:
        events = (e for e in self.variant.elements if e.event is not None and e.event.name == message)
        return tuple(team for e in events for team in e.properties.get("told_by", "").replace(",", " ").split())

    def _answered(
        self, form: Form | None, step: ScenarioStep, evaluator: Evaluator, people: PeopleToPick, number: int
    ) -> ScenarioStep:
        if form is None:
            return step
        shown = form.shown(
            self._as_said(form, step.answers), evaluator.scope, now=evaluator.now, functions=evaluator.functions,
            people=people,
        )  # fmt: skip
        return replace(step, answers=self._noted(form, step.answers, shown.answers, number))

    def _noted(self, form: Form, told: Mapping[str, Any], kept: Mapping[str, Any], number: int) -> Mapping[str, Any]:
        names = {question.field.key: question.field.name for question in form.questions}
        for key, value in told.items():
            if key not in kept and value not in (None, "", [], False):
                self.unasked.append(Unasked(step=number, key=key, name=names.get(key, "")))
        return kept

    def _as_said(self, form: Form, told: Mapping[str, Any]) -> Mapping[str, Any]:
        return _as_said(form.questions, told)


def _as_said(questions: Iterable[Question], told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A day that was not known exactly in the words in which it was said: the record holds what it was taken for."""
    said = dict(told)
    for asked in (question.field for question in questions):
        value = told.get(asked.key)
        if asked.spread is not None and told.get(f"{asked.key}{ABOUT}"):
            said[asked.key] = told[f"{asked.key}{ABOUT}"]
        elif asked.kind is FieldKind.LIST and isinstance(value, list):
            said[asked.key] = [_as_said(questions_of(asked.fields), entry) for entry in value]
    return said


def _told_where_it_waits(office: Office, reference: str, step: ScenarioStep) -> ScenarioStep:
    """With the item only where something waits for it about that: what begins an item is about none."""
    waiting = [each for each in what_can_be_told(office, reference) if each.message == step.tell]
    about = next((each for each in waiting if each.starts is None and each.item_id == (step.item or "")), None)
    if about is not None:
        return replace(step, item=about.handle)
    return replace(step, item=None) if any(each.starts is not None for each in waiting) else step
