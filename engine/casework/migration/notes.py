"""What a policy owner has to accept before a case is moved: what would be late at once, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterator

from engine.casework.migration.plan import CasePlan, InstancePlan
from engine.casework.step.step import Step
from engine.clock import local_date
from engine.diagram.model import ElementKind, Process
from engine.model import TaskStatus
from engine.store import tasks, timers
from engine.variants import Variant
from engine.words import weekday_in_words

_DONE_THERE = frozenset(
    {
        ElementKind.USER, ElementKind.SERVICE, ElementKind.SEND, ElementKind.RECEIVE, ElementKind.CATCH,
        ElementKind.CALL, ElementKind.RULE, ElementKind.SCRIPT,
    }
)  # fmt: skip


def notes_on(step: Step, plan: CasePlan, were_late: frozenset[int], old: Variant) -> tuple[str, ...]:
    """`step`: by the new version, when all is done. `were_late`: numbers of tasks that were late already, and of timers
    that were due."""
    found = [*_late(step, were_late)]
    for each in plan.instances:
        found += _skipped(each)
        if each.is_cut_short:
            name = each.process.name or each.process.id
            found.append(f"So much goes on at the same time in “{name}” that not every order was tried.")
    found += _unasked(step, plan, old)
    return tuple(dict.fromkeys(found))


def late_by(step: Step) -> frozenset[int]:
    """The numbers of tasks that are late, and of timers that are due, as the step finds them."""
    today = local_date(step.now)
    late = {
        row.number
        for row in tasks.of_case(step.connection, step.case.case_id)
        if row.status is TaskStatus.OPEN and row.due_on is not None and row.due_on < today
    }
    due = timers.due_timers(step.connection, step.case.case_id, step.now)
    return frozenset(late | {row.number for row in due})


def _late(step: Step, were_late: frozenset[int]) -> Iterator[str]:
    today = local_date(step.now)
    for row in tasks.of_case(step.connection, step.case.case_id):
        is_late = row.status is TaskStatus.OPEN and row.due_on is not None and row.due_on < today
        if is_late and row.number not in were_late and row.due_on is not None:
            yield f"“{row.name}” would be overdue at once: due on {weekday_in_words(row.due_on)}."
    for timer in timers.due_timers(step.connection, step.case.case_id, step.now):
        if timer.number not in were_late:
            instance = step.load(timer.instance)
            yield f"“{instance.run.element_of(instance.run.tokens[timer.number]).label}” would happen at once."


def _skipped(plan: InstancePlan) -> Iterator[str]:
    """New steps that lie behind where the case stands."""
    at = {token.element_id for token in plan.tokens.values() if token.host is None}
    ahead, behind = _reachable(plan.process, at, forward=True), _reachable(plan.process, at, forward=False)
    for element in plan.process.elements.values():
        if element.id in plan.fresh and element.kind in _DONE_THERE and element.id in behind - ahead - at:
            yield f"“{element.label}” comes before where the case stands, and is not done."


def _reachable(process: Process, at: set[str], *, forward: bool) -> set[str]:
    """Elements to which a token can come from there, or from which one can have come."""
    found: set[str] = set()
    todo = list(at)
    while todo:
        element = process.elements[todo.pop()]
        flows = element.outgoing if forward else element.incoming
        near = [process.flows[flow].target if forward else process.flows[flow].source for flow in flows]
        if forward:
            near += [event.id for event in process.waiting_beside(element.id)]
            if element.kind is ElementKind.SUBPROCESS:
                near += [start.id for start in process.beginnings(element.id)]
        elif element.attached_to is not None:
            near.append(element.attached_to)
        if element.parent is not None:
            around = process.elements[element.parent]
            near += [process.flows[flow].target for flow in around.outgoing] if forward else [around.id]
        todo += [each for each in near if each not in found]
        found.update(near)
    return found


def _unasked(step: Step, plan: CasePlan, old: Variant) -> Iterator[str]:
    """Questions that the new version asks where the case has been already, and that its diagrams or tables read."""
    variant = step.version.variant
    asked_before = {field.key for _, question in old.questions for field in question.fields}
    ahead = _forms_ahead(plan, variant)
    for form, question in variant.questions:
        key = question.field.key
        if key not in asked_before and form.id not in ahead and _is_read(variant, key):
            yield f"The new question “{question.field.label or key}” is asked where the case has been already."


def _forms_ahead(plan: CasePlan, variant: Variant) -> frozenset[str]:
    """The forms of tasks that may still come; a call may lead to those of every process that none of the case runs."""
    found: set[str] = set()
    running = {each.process.id for each in plan.instances}
    for each in plan.instances:
        at = {token.element_id for token in each.tokens.values()}
        found |= {each.process.elements[id].form_id or "" for id in at | _reachable(each.process, at, forward=True)}
    for process in variant.processes.values():
        if process.id not in running:
            found |= {element.form_id or "" for element in process.elements.values()}
    return frozenset(found)


def _is_read(variant: Variant, name: str) -> bool:
    word = name.encode()
    return any(word in data for file, data in variant.files.items() if file.endswith((".bpmn", ".dmn")))
