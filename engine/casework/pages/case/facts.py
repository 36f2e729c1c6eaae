"""Everything that is known of a case: by what it is about, with who said it, when and where, and what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine import feel
from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.casework.words.values import plain
from engine.forms import ABOUT, FROM
from engine.model import CaseSummary, Subject, TaskId
from engine.store import tasks as stored_tasks
from engine.store.facts import RecordedFact
from engine.store.tasks import TaskOfCase
from engine.variants import Variant

#: What the first word of a fact's source says, where the source is no task.
_SOURCES = {
    "application": "Application",
    "message": "Told to the case: {rest}",
    "correction:": "Corrected: {rest}",
    "job": "From “{rest}”",
    "process": "From “{rest}”",
    "outputs": "From “{rest}”",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FactValue:
    """A value that is or was known."""

    words: str
    source: str
    task: int | None  #: number of the task in which it was said
    by: str
    at: datetime
    happened_on: date | None  #: where it was told later than it happened
    undone_at: datetime | None  #: when the completion that told it was undone


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownFact:
    name: str
    label: str
    item_id: str
    now: FactValue | None  #: None where all that was said of it was undone
    before: tuple[FactValue, ...]  #: newest first
    can_be_corrected: bool  #: a form asks for it, so it can be asked again


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownGroup:
    heading: str
    item_id: str
    facts: tuple[KnownFact, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPage:
    case: CaseSummary
    title: str
    groups: tuple[KnownGroup, ...]


def read_known(office: Office, reference: str, looker: Looker, *, council_id: str) -> KnownPage:
    """What is known of the case, as far as `looker` may see it. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        tasks = {row.number: row for row in stored_tasks.of_case(look.connection, look.case_id)}
        by_subject: dict[Subject, list[RecordedFact]] = {}
        for row in look.told:
            if look.copy.has_fact(row.subject, row.name) and (look.sees_everything or row.is_current):
                by_subject.setdefault(row.subject, []).append(row)
        groups = list(_of_the_case(look, by_subject.pop(Subject(), []), tasks))
        for collection in look.settings.items:
            for item_id, _ in look.items(collection):
                rows = by_subject.get(Subject(collection=collection, item_id=item_id), [])
                if rows:
                    heading = look.name_of(item_id)
                    facts = _facts(look, rows, tasks)
                    groups.append(KnownGroup(heading=heading[:1].upper() + heading[1:], item_id=item_id, facts=facts))
        return KnownPage(case=look.summary, title=look.title, groups=tuple(groups))


def _of_the_case(look: Look, rows: Sequence[RecordedFact], tasks: Mapping[int, TaskOfCase]) -> Iterable[KnownGroup]:
    """The case's own facts by the form in which each was first answered, in the order of time."""
    forms = look.version.variant.forms
    grouped: dict[str, list[RecordedFact]] = {}
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.number):
        form_id = first.setdefault(row.name, _form_of(look, row, tasks))
        grouped.setdefault(form_id, []).append(row)
    for form_id, told in sorted(grouped.items(), key=lambda group: not group[0]):
        form = forms.get(form_id)
        heading = (form.title or plain(form.id).capitalize()) if form is not None else "Worked out from the policy"
        yield KnownGroup(heading=heading, item_id="", facts=_facts(look, told, tasks))


def _form_of(look: Look, row: RecordedFact, tasks: Mapping[int, TaskOfCase]) -> str:
    """Id of the form in which the fact was answered; "" where nobody answered it."""
    variant = look.version.variant
    kind, _, rest = row.source.partition(" ")
    form_id: str | None = None
    if kind == "task":
        task = tasks.get(TaskId.read(rest).number)
        form_id = None if task is None else task.form_id
    elif kind in ("application", "start"):
        main = variant.processes.get(variant.settings.start_process(rest if kind == "start" else ""))
        form_id = next((start.form_id for start in main.start_events() if start.form_id), None) if main else None
    elif kind == "message":
        form_id = _form_of_message(variant, rest)
    elif kind == "correction:":
        form_id = next((form.id for form in variant.forms.values() if row.name in form.keys), None)
    return form_id if form_id is not None and form_id in variant.forms else ""


def _form_of_message(variant: Variant, message: str) -> str | None:
    for element in variant.elements:
        if element.event is not None and element.event.name == message and "form" in element.properties:
            return element.properties["form"]
    return None


def _facts(look: Look, rows: Sequence[RecordedFact], tasks: Mapping[int, TaskOfCase]) -> tuple[KnownFact, ...]:
    told: dict[str, list[RecordedFact]] = {}
    for row in rows:
        told.setdefault(row.name, []).append(row)
    uncertain = {name.removesuffix(ABOUT) for name in told if name.endswith(ABOUT)}
    parts = {f"{name}{suffix}" for name in uncertain for suffix in (FROM, ABOUT)}
    return tuple(_fact(look, name, each, tasks) for name, each in told.items() if name not in parts)


def _fact(look: Look, name: str, rows: Sequence[RecordedFact], tasks: Mapping[int, TaskOfCase]) -> KnownFact:
    newest_first = sorted(rows, key=lambda row: -row.number)
    current = next((row for row in newest_first if row.is_current), None)
    return KnownFact(
        name=name,
        label=look.label(name),
        item_id=rows[0].item_id,
        now=None if current is None else _value(look, current, tasks),
        before=tuple(_value(look, row, tasks) for row in newest_first if row is not current),
        can_be_corrected=look.field(name) is not None,
    )


def _value(look: Look, row: RecordedFact, tasks: Mapping[int, TaskOfCase]) -> FactValue:
    source, task = _source(row.source, tasks)
    return FactValue(
        words=_words(look, row),
        source=source,
        task=task,
        by=row.recorded_by,
        at=row.recorded_at,
        happened_on=row.happened_on,
        undone_at=row.undone_at,
    )


def _words(look: Look, row: RecordedFact) -> str:
    value = feel.load(row.value)
    about = look.copy.facts.get(row.subject, {}).get(f"{row.name}{ABOUT}") if row.is_current else None
    if about is None:
        return look.words(row.name, value)
    return f"{about}. Not known exactly: counted in the applicant's favour, {look.words(row.name, value)} at the latest"


def _source(words: str, tasks: Mapping[int, TaskOfCase]) -> tuple[str, int | None]:
    """Where a fact comes from, in words, and the number of the task where it is one."""
    kind, _, rest = words.partition(" ")
    if kind == "task":
        number = TaskId.read(rest).number
        return tasks[number].name if number in tasks else words, number
    said = _SOURCES.get(kind)
    return (said.format(rest=rest.removeprefix("of ")) if said else words[:1].upper() + words[1:]), None
