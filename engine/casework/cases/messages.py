"""Telling a case something: a withdrawal, an appeal, an agency's answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine import feel
from engine.casework.cases.originals import Original, keep_original, with_receipt
from engine.casework.cases.places import handle_of, place_names, token_of
from engine.casework.step.answers import write_answers, write_facts
from engine.casework.step.delivery import begin, fire, item_begun, runs_already
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.facts import Source
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.sight import evaluator_of
from engine.casework.step.step import Step
from engine.casework.tasks.rights import known_person, teams_of
from engine.casework.words.items import item_names
from engine.diagram.model import DEADLINE_CHANGED, Element, EventKind
from engine.errors import BadInputError, NobodyWaitsError, NotAllowedError
from engine.forms import Form
from engine.model import STAMPED, CaseStatus, Subject, Telling
from engine.record_kinds import RecordKind
from engine.store import cases
from engine.store.messages import add_message, was_told
from engine.store.subscriptions import subscriptions_of

LONGEST_MESSAGE_ID = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class PossibleTelling:
    """Something the case listens for, whether or not it may be told now."""

    telling: Telling
    name: str  #: as the event is called in the diagram
    item: str  #: what people call the item it is about, or of several places the one; "" for the case itself
    teams: tuple[str, ...]  #: names of the teams that may tell it; empty means any team
    refused_because: str | None  #: why it may not be told now; None where it may


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ear:
    """An event that listens for a message: a waiting token, or the start of a process."""

    element: Element
    item_id: str
    instance: int | None = None  #: None for a process that the message would start
    token: int | None = None
    is_one_of_several: bool = False  #: whether another place waits for the same about the same

    @property
    def handle(self) -> str:
        return handle_of(self.token) if self.is_one_of_several and self.token is not None else self.item_id


def send_message(
    office: Office,
    reference: str,
    message: str,
    answers: Mapping[str, Any],
    *,
    by: str,
    item_id: str = "",
    message_id: str | None = None,
    council_id: str | None = None,
    original: Original | None = None,
) -> bool:
    """Tell the case `message`. `message_id`: an id of the sender's; told again it changes nothing (False).

    `item_id`: the item that it is about, or the handle of the place that waits, where several do.
    `original`: the email with which it came; the day of receipt is the one that was stamped, and stays (C7).

    Raises NobodyWaitsError with what the case can be told now, NotAllowedError, FormAnswersError, GuardError.
    """
    if message_id is not None and not (0 < len(message_id) <= LONGEST_MESSAGE_ID and message_id.isprintable()):
        raise BadInputError(f"A message's id is from 1 to {LONGEST_MESSAGE_ID} printable characters long.")
    with office.step(reference, actor=by, council_id=council_id) as step:
        if message_id is not None and was_told(step.connection, step.case.case_id, message_id):
            return False
        ear = _choose(step, message, item_id)
        _check_allowed(step, ear, by)
        _tell(step, ear, answers, by=by, item_id=item_id, original=original)
        if message_id is not None:
            add_message(step.batch, message_id, name=message, received_at=step.now)
    return True


def tell_by_agreement(step: Step, message: str, answers: Mapping[str, Any], *, by: str, item_id: str = "") -> None:
    """Tell the case what the other side of an agreement says; that it may say so is seen to before. Who is one of the
    council's people, and in which team, does not matter: `by` is the other side.

    Raises NobodyWaitsError, FormAnswersError, GuardError.
    """
    ear = _choose(step, message, item_id)
    refusal = _refusal(step, ear)
    if refusal is not None:
        raise NobodyWaitsError(refusal)
    _tell(step, ear, answers, by=by, item_id=item_id)


def _tell(
    step: Step, ear: _Ear, answers: Mapping[str, Any], *, by: str, item_id: str, original: Original | None = None
) -> None:
    message = _name(ear)
    instance = step.load(ear.instance) if ear.instance is not None else None
    form, evaluator = _form_of(step, ear)
    receipt = form.receipt if form is not None and original is not None else None
    if original is not None:
        if receipt is None:
            raise BadInputError(f"“{ear.element.label}” asks for no day of receipt. Add the email to the case.")
        answers = with_receipt(answers, original, receipt)
    told = dict(
        form.validate(answers, evaluator.scope, now=evaluator.now, functions=evaluator.functions, people=step.people)
        if form is not None
        else {name: feel.from_json(value) for name, value in answers.items()}
    )
    source = Source(by=by, words=f"message {message}", at=f"telling “{ear.element.label}”")
    if token_of(item_id) is not None:
        item_id = ear.item_id
    about = Subject.of_item(item_id) if instance is None or instance.subject.is_case else instance.subject
    if instance is None:
        about = item_begun(step, ear.element, source) or about
    step.record(
        RecordKind.TOLD,
        message=message,
        item=ear.item_id or about.item_id or None,
        answers=told,
        clauses=list(ear.element.clauses) or None,
    )
    if original is not None and receipt is not None:
        keep_original(step, original, by=by, item=about.item_id or None, fact=receipt.key)
        write_facts(step, about, {receipt.key: told.pop(receipt.key)}, Source(by=SYSTEM, words=STAMPED))
    if instance is not None and ear.token is not None:
        write_answers(step, about, form, told, source)
        fire(step, instance, ear.token)
    else:
        begin(step, ear.element, told, source, subject=about, form=form)


def what_can_be_told(office: Office, reference: str, *, council_id: str | None = None) -> list[Telling]:
    """Everything the case can be told now."""
    with office.database.read() as connection:
        step = office.step_on(connection, cases.find_case(connection, reference, council_id), actor=SYSTEM)
        return [_telling(ear) for ear in _ears(step) if _refusal(step, ear) is None]


def what_could_be_told(office: Office, reference: str, *, council_id: str | None = None) -> list[PossibleTelling]:
    """Everything the case listens for, what is refused now with the reason, and who may tell it."""
    with office.database.read() as connection:
        step = office.step_on(connection, cases.find_case(connection, reference, council_id), actor=SYSTEM)
        settings = step.settings
        names = item_names(connection, step.case.case_id, settings)
        ears = _ears(step)
        places = _place_names(step, ears)
        return [
            PossibleTelling(
                telling=_telling(ear),
                name=ear.element.label,
                item=", ".join(filter(None, (names.get(ear.item_id, ear.item_id), places.get(ear.token or 0)))),
                teams=tuple(settings.team_name(team) for team in _told_by(ear)),
                refused_because=_refusal(step, ear),
            )
            for ear in ears
        ]


def form_of_telling(step: Step, message: str, item_id: str = "") -> tuple[Form | None, Evaluator]:
    """The form of a message that the case can be told, and what its expressions see. Raises NobodyWaitsError."""
    return _form_of(step, _choose(step, message, item_id))


def _form_of(step: Step, ear: _Ear) -> tuple[Form | None, Evaluator]:
    instance = step.load(ear.instance) if ear.instance is not None else None
    return step.version.variant.forms.get(ear.element.properties.get("form", "")), evaluator_of(step, instance)


def _telling(ear: _Ear) -> Telling:
    return Telling(
        message=_name(ear),
        item_id=ear.item_id,
        handle=ear.handle,
        form_id=ear.element.properties.get("form"),
        told_by=_told_by(ear),
        starts=ear.element.process_id if ear.instance is None else None,
    )


def _ears(step: Step) -> list[_Ear]:
    found = [
        _Ear(
            element=step.load_process(row.instance).elements[row.element_id],
            item_id=row.item_id,
            instance=row.instance,
            token=row.number,
        )
        for row in subscriptions_of(step.connection, step.case.case_id, kind=EventKind.MESSAGE)
        if row.name != DEADLINE_CHANGED  # nobody but the engine tells it
    ]
    waiting = Counter((_name(ear), ear.item_id) for ear in found)
    found = [replace(ear, is_one_of_several=waiting[_name(ear), ear.item_id] > 1) for ear in found]
    starts = (start for name, start in step.version.message_starts.items() if name != DEADLINE_CHANGED)
    return found + [_Ear(element=start, item_id="") for start in starts]


def _place_names(step: Step, ears: Iterable[_Ear]) -> dict[int, str]:
    """What people call those of the ears that only their place tells apart, by token."""
    return place_names(
        step,
        {ear.token: ear.instance for ear in ears if ear.is_one_of_several and ear.token and ear.instance is not None},
    )


def _choose(step: Step, message: str, item_id: str) -> _Ear:
    ears = [ear for ear in _ears(step) if _name(ear) == message]
    waiting = [ear for ear in ears if ear.instance is not None]
    token = token_of(item_id)
    if token is not None:
        fitting = [ear for ear in waiting if ear.token == token]
    else:
        fitting = [ear for ear in waiting if ear.item_id == item_id] or ([] if item_id else waiting)
    if len(fitting) == 1:
        return fitting[0]
    if len(fitting) > 1:
        names = _place_names(step, fitting)
        each = (ear.handle + (f" ({names[ear.token]})" if ear.token in names else "") for ear in fitting)
        raise NobodyWaitsError(f"“{message}” is waited for by {', '.join(sorted(each))}. Say which with --item.")
    starts = [] if token is not None else [ear for ear in ears if ear.instance is None]
    if starts and item_id and starts[0].element.item is not None:
        raise NobodyWaitsError(
            f"“{message}” begins an item of its own ({starts[0].element.item}), so it is about none that is there. "
            "Leave --item out."
        )
    if starts:
        return starts[0]
    raise NobodyWaitsError(_nobody(step, message, item_id))


def _nobody(step: Step, message: str, item_id: str) -> str:
    possible = [ear for ear in _ears(step) if _refusal(step, ear) is None]
    can = sorted({_name(ear) + (f" (--item {ear.handle})" if ear.handle else "") for ear in possible})
    about = f" about {item_id}" if item_id else ""
    now = f"It can be told: {', '.join(can)}." if can else "It waits for no message now."
    closed = "closed and " if step.case.status == CaseStatus.CLOSED else ""
    return f"Case {step.case.reference} is {closed}not waiting for “{message}”{about}. {now}"


def _check_allowed(step: Step, ear: _Ear, by: str) -> None:
    settings = step.settings
    person = known_person(settings, by)
    teams = _told_by(ear)
    if teams and not teams_of(settings, person) & set(teams):
        names = ", ".join(settings.team_name(team) for team in teams)
        raise NotAllowedError(f"“{_name(ear)}” is told by {names}; {by} is in none of these teams.")
    refusal = _refusal(step, ear)
    if refusal is not None:
        raise NobodyWaitsError(refusal)


def _refusal(step: Step, ear: _Ear) -> str | None:
    """The sentence that says why the message may not be told now; None where it may."""
    said = ear.element.properties.get("refused_because", "")
    condition = ear.element.properties.get("allowed_when")
    if ear.instance is None and (running := runs_already(step, ear.element)) is not None:
        own = said if not condition else ""
        return own or f"“{_name(ear)}” cannot be told to case {step.case.reference} now: “{running}” runs already."
    if not condition:
        return None
    instance = step.load(ear.instance) if ear.instance is not None else None
    if evaluator_of(step, instance).feel(condition.removeprefix("=")) is True:
        return None
    return (
        said
        or f"“{_name(ear)}” cannot be told to case {step.case.reference} now: "
        f"{condition.removeprefix('=')} is not true."
    )


def _name(ear: _Ear) -> str:
    return (ear.element.event.name if ear.element.event else None) or ""


def _told_by(ear: _Ear) -> tuple[str, ...]:
    return tuple(ear.element.properties.get("told_by", "").replace(",", " ").split())
