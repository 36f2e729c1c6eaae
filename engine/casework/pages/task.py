"""A task as the person who is to clear it sees it: its form, what must be known, why it is due, what it carries out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.casework.pages.case.frames import FrameSeen, frames_of_task
from engine.casework.pages.case.known_facts import AnswerSeen, ItemSeen, answers_seen, items_seen
from engine.casework.pages.case.viewpoint import Look, Looker
from engine.casework.step.drawn_before import element_drawn, former_policies
from engine.casework.step.guards import would_hold
from engine.casework.step.office import Office
from engine.casework.step.sight import evaluator_about, evaluator_at
from engine.casework.step.step import Step
from engine.casework.tasks.rights import check_may_do, teams_of
from engine.casework.words.items import item_names
from engine.casework.words.ladders import Ladder, ladders_of
from engine.casework.words.letter_readers import with_readers
from engine.casework.words.shown_tasks import TaskShown
from engine.casework.words.values import plain
from engine.diagram.model import ShownFact
from engine.errors import EngineError, TaskNotFoundError
from engine.forms import Field, FieldKind, Form
from engine.forms.people import NOBODY, PeopleToPick
from engine.model import ACCESS_CODE, CaseSummary, DeadlineStatus, Subject, TaskId, TaskStatus
from engine.store import cases, instances
from engine.store import tasks as stored
from engine.store.attachments import Attachment, attachments_of
from engine.store.deadlines import current_deadline
from engine.store.tasks import OpenTask, TaskRow
from engine.variants import Clause, Guard


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Something that is known of the case, with the question that asked for it; `value` as FEEL has it."""

    field: Field
    value: feel.Value


@dataclass(frozen=True, kw_only=True)
class TaskView(TaskShown):
    task_id: TaskId
    case: CaseSummary
    case_title: str
    status: TaskStatus
    team_id: str
    claimed_by: str | None
    assignee: str | None
    created_at: datetime
    completed_at: datetime | None
    completed_by: str | None
    follow_up_on: date | None
    explanation: str | None  #: why it is due then
    is_suspended: bool
    due_reason: str | None  #: what a person said who changed the deadline
    clauses: tuple[Clause, ...]  #: that it carries out
    form: Form | None
    scope: Mapping[str, Any]  #: what the form's expressions read besides the answers
    now: datetime
    functions: Mapping[str, Callable[..., feel.Value]]
    people: PeopleToPick  #: who may be picked in the form
    shown: tuple[Known, ...]  #: what the policy says is needed to do it
    beside: tuple[AnswerSeen | ItemSeen, ...]  #: what the case holds that the policy wants in sight meanwhile
    guards: tuple[Guard, ...]  #: that would hold somebody back from some answer, as things stand
    ladder: Ladder | None
    frames: tuple[FrameSeen, ...]  #: time frames in which it stands, the nearest first
    others: tuple[OpenTask, ...]  #: open in the same case
    attachments: tuple[Attachment, ...]  #: that came with the task
    refusal: str | None  #: why this person may not do it; None where they may
    stands_in_for: str | None  #: who is away and has it, where this person is their deputy today


def read_task(
    office: Office, task: TaskId, *, by: str, council_id: str, audiences: frozenset[str] | None = None
) -> TaskView:
    """The task as `by` sees it. `audiences`: whatever it tells is held to what these may see, and of a task that is
    not theirs they are told neither the files nor why a person moved its deadline.

    Raises CaseNotFoundError, TaskNotFoundError.
    """
    with office.database.read() as connection:
        case = cases.find_case(connection, task.reference, council_id)
        row = stored.load_task(connection, case.case_id, task.number)
        if row is None:
            raise TaskNotFoundError(str(task))
        step = office.step_on(connection, case, actor=by)
        variant = step.version.variant
        process_id = instances.process_of(connection, case.case_id, row.instance)
        former = former_policies(office.versions, connection, case.case_id)
        element = element_drawn(variant, process_id, row.element_id, former)
        form = variant.forms.get(row.form_id or "")
        is_open = row.status is TaskStatus.OPEN
        evaluator = evaluator_at(step, step.load(row.instance), element) if is_open else None
        scope = dict(evaluator.scope.items()) if evaluator is not None else {}
        deadline = current_deadline(connection, case.case_id, task.number)
        refusal, absent = _may_do(step, row, by) if is_open else (None, None)
        is_theirs = audiences is None or absent is not None or _is_of(step, row, by)
        may_know_why = is_theirs or deadline is None or deadline.reason is None  # its words are in the explanation
        others = stored.open_tasks(connection, council_id=council_id, reference=task.reference)
        title, names = case.title, item_names(connection, case.case_id, variant.settings)
        if audiences is not None:
            look = Look(office, connection, case, Looker(name=by, audiences=audiences))
            if not is_theirs and not look.copy.has_item(row.item_id):
                raise TaskNotFoundError(str(task))
            others = [other for other in others if look.copy.has_item(other.item_id)]
            title, names = look.title, dict(look.names)
        return TaskView(
            task_id=task,
            case=cases.summary(case),
            case_title=title,
            name=row.name,
            status=row.status,
            item=names.get(row.item_id, row.item_id),
            team=step.settings.team_name(row.team),
            team_id=row.team,
            claimed_by=row.claimed_by,
            assignee=row.assignee,
            created_at=row.created_at,
            completed_at=row.completed_at,
            completed_by=row.completed_by,
            follow_up_on=row.follow_up_on,
            due_on=row.due_on,
            explanation=deadline.explanation if deadline is not None and may_know_why else None,
            is_suspended=deadline is not None and deadline.status is DeadlineStatus.SUSPENDED,
            due_reason=deadline.reason if deadline is not None and may_know_why else None,
            clauses=tuple(variant.policy[clause] for clause in element.clauses if clause in variant.policy),
            form=with_readers(form, variant) if form is not None else None,
            scope=scope,
            now=step.now,
            functions=evaluator.functions if evaluator is not None else {},
            people=step.people.read_now() if form is not None and form.asks_for_people else NOBODY,
            shown=_shown(step, _facts_of_people(step, element.shows, scope), scope, audiences),
            beside=_beside(Look(office, connection, case, Looker(name=by, audiences=audiences)), element.beside),
            guards=_guards(step, row, form) if is_open and form is not None else (),
            ladder=next(
                (
                    each
                    for each in ladders_of(connection, case.case_id, variant, former)
                    if each.host == row.ladder_host
                ),
                None,
            ),
            frames=frames_of_task(Look(office, connection, case, Looker(name=by, audiences=audiences)), row.frame)
            if row.frame is not None
            else (),
            others=tuple(other for other in others if other.task_id != task),
            attachments=tuple(
                each
                for each in attachments_of(connection, case.case_id)
                if each.task == task.number and (is_theirs or each.added_by == by)
            ),
            refusal=refusal,
            stands_in_for=absent,
        )


def _is_of(step: Step, row: TaskRow, by: str) -> bool:
    """Whether the task is, or was, the person's or one of their teams'."""
    person = step.settings.person(by)
    return by in (row.assignee, row.completed_by) or (
        person is not None and row.team in teams_of(step.settings, person)
    )


def _facts_of_people(step: Step, wanted: Iterable[ShownFact], scope: Mapping[str, Any]) -> Iterator[ShownFact]:
    """Where a role of [addressees] is to be shown: what is known of whoever has it, and of nobody else."""
    addressees = step.settings.addressees
    for shown in wanted:
        role = ".".join(shown.path)
        if role not in addressees:
            yield shown
            continue
        for name in addressees.facts_of(role, scope, now=step.now):
            if name != ACCESS_CODE:  # the applicant's key opens the page of the case; nobody else needs it
                yield ShownFact(path=tuple(name.split(".")), label="")


def _guards(step: Step, row: TaskRow, form: Form) -> tuple[Guard, ...]:
    """Those of the policy that stand before an answer of the form and are not satisfied by what is known now."""
    answers = frozenset(field.key for question in form.questions for field in question.fields)
    seen = evaluator_about(step, Subject(collection=row.collection, item_id=row.item_id))
    return tuple(
        guard
        for guard in step.guards
        if guard.facts & answers and would_hold(guard, step.version, seen, answers=answers)
    )


def _shown(
    step: Step, wanted: Iterable[ShownFact], scope: Mapping[str, Any], audiences: frozenset[str] | None
) -> tuple[Known, ...]:
    """What is known of it, in the order of the policy. What no form asks for is the officers' alone."""
    found = []
    for shown in wanted:
        value = _at(scope, shown.path)
        if value is None or value == []:
            continue
        field = _question(step, shown, value)
        if audiences is None or audiences & set(field.visible_to):
            found.append(Known(field=field, value=value))
    return tuple(found)


def _beside(look: Look, names: tuple[str, ...]) -> tuple[AnswerSeen | ItemSeen, ...]:
    return (*answers_seen(look, names), *items_seen(look, names)) if names else ()


def _question(step: Step, shown: ShownFact, value: feel.Value) -> Field:
    """The question that asked for it, or one made up of the policy's words."""
    name = shown.path[-1]
    asked = step.version.asked.get(name) if len(shown.path) == 1 else None
    if asked is None:
        words = shown.label or plain(name).capitalize()
        if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            return Field(id=name, kind=FieldKind.LIST, key=name, label=words, fields=_parts(value))
        kind = FieldKind.CHECKBOX if isinstance(value, bool) else FieldKind.TEXT_FIELD
        return Field(id=name, kind=FieldKind.CHECKLIST if isinstance(value, list) else kind, key=name, label=words)
    return replace(asked, label=shown.label) if shown.label else asked


def _parts(items: Sequence[feel.Value]) -> tuple[Field, ...]:
    """A question for each fact of items that no form asks for."""
    keys = dict.fromkeys(key for item in items if isinstance(item, Mapping) for key in item if key != "id")
    return tuple(Field(id=key, kind=FieldKind.TEXT_FIELD, key=key, label=plain(key).capitalize()) for key in keys)


def _at(scope: Mapping[str, Any], path: tuple[str, ...]) -> feel.Value:
    value: feel.Value = scope
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _may_do(step: Step, row: TaskRow, by: str) -> tuple[str | None, str | None]:
    """Why the person may not do it, and for whom they would."""
    try:
        return None, check_may_do(step, row, by)
    except EngineError as error:
        return str(error), None
