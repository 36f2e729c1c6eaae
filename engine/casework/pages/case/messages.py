"""What a case can be told, as the policy calls it, and the form with which one of them is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import feel
from engine.casework.cases.messages import PossibleTelling, form_of_telling, what_could_be_told
from engine.casework.pages.case.viewpoint import Looker, look_at
from engine.casework.step.office import SYSTEM, Office
from engine.casework.words.letter_readers import with_readers
from engine.forms import Form
from engine.forms.people import NOBODY, PeopleToPick
from engine.model import CaseSummary
from engine.store import cases
from engine.store.messages import was_told


@dataclass(frozen=True, kw_only=True, slots=True)
class TellingsPage:
    case: CaseSummary
    title: str
    open: tuple[PossibleTelling, ...]  #: those that the person may tell now
    refused: tuple[tuple[PossibleTelling, str], ...]  #: the others, with the reason


@dataclass(frozen=True, kw_only=True)
class TellingForm:
    case: CaseSummary
    title: str
    telling: PossibleTelling
    form: Form | None  #: None where it asks nothing
    scope: Mapping[str, Any]
    now: datetime
    functions: Mapping[str, Callable[..., feel.Value]]
    people: PeopleToPick  #: who may be picked in the form


def read_tellings(office: Office, reference: str, looker: Looker, *, council_id: str) -> TellingsPage:
    """What `looker` may tell the case now, and what not, and why. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        case, title, has_item = look.summary, look.title, look.copy.has_item
    found = [
        each
        for each in what_could_be_told(office, reference, council_id=council_id)
        # with neither form nor teams it is what one diagram tells another
        if (each.telling.form_id or each.telling.told_by) and has_item(each.telling.item_id)
    ]
    reasons = [(each, _refusal(each, looker)) for each in found]
    return TellingsPage(
        case=case,
        title=title,
        open=tuple(each for each, why in reasons if why is None),
        refused=tuple((each, why) for each, why in reasons if why is not None),
    )


def read_telling(
    office: Office, reference: str, message: str, item_id: str, looker: Looker, *, council_id: str
) -> TellingForm | TellingsPage | None:
    """The form of one message; where it may not be told now, what can be and why not; None where no policy of the case
    has it. Raises CaseNotFoundError."""
    page = read_tellings(office, reference, looker, council_id=council_id)
    if any((each.telling.message, each.telling.handle) == (message, item_id) for each, _ in page.refused):
        return page
    telling = next((t for t in page.open if (t.telling.message, t.telling.handle) == (message, item_id)), None)
    if telling is None:
        return None
    with look_at(office, reference, looker, council_id=council_id) as look:
        step = office.step_on(look.connection, look.row, actor=SYSTEM)
        form, evaluator = form_of_telling(step, message, item_id)
        return TellingForm(
            case=page.case,
            title=page.title,
            telling=telling,
            form=with_readers(form, step.version.variant) if form is not None else None,
            scope=dict(evaluator.scope.items()),
            now=evaluator.now,
            functions=evaluator.functions,
            people=step.people.read_now() if form is not None and form.asks_for_people else NOBODY,
        )


def is_told(office: Office, reference: str, message_id: str, *, council_id: str) -> bool:
    """Whether the case was told the message of this id already. Raises CaseNotFoundError."""
    with office.database.read() as connection:
        return was_told(connection, cases.find_case(connection, reference, council_id).case_id, message_id)


def _refusal(telling: PossibleTelling, looker: Looker) -> str | None:
    told_by = telling.telling.told_by
    if told_by and not looker.teams & set(told_by):
        return f"This is told by {', '.join(telling.teams)}."
    return telling.refused_because
