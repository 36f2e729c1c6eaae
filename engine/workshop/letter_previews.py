"""How a letter of a policy looks with the facts of a worked example: as it sends it, or as it could be at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.bootstrap import build_simulation_office
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.sight import evaluator_of
from engine.clock import local_date
from engine.errors import BadInputError, EngineError
from engine.handler import LETTERS, Addressee, LetterWriter, WrittenLetter
from engine.letters import Letter, letterhead, render_pdf, render_text
from engine.ports import Outlet, letters_outlet
from engine.scenarios import Scenario
from engine.store import cases
from engine.store.letters import letters_of
from engine.variants import Variant
from engine.workshop.differences.letters import samples_beside
from engine.workshop.examples.course import ExampleWalk, play_watched


@dataclass(frozen=True, kw_only=True)
class LetterPreview:
    title: str
    recipient: str
    day: date | None  #: on which the example sends it; None where it does not
    text: str
    pdf: bytes


@dataclass(frozen=True, kw_only=True)
class LetterPreviews:
    letters: tuple[LetterPreview, ...]  #: each that the example sends; or one as it would be at the example's end
    note: str  #: what is to be said of them: that it is not sent, or the example comes out otherwise; "" for nothing


def preview_letter(variant: Variant, letter: Letter, scenario: Scenario, *, language: str = "") -> LetterPreviews:
    """`letter` is one of the policy, in whichever language (`language`, its code; "" for the first).

    Where the example does not send it, what is not known at its end stands in brackets as what it is called. Raises
    BadInputError where no case is opened in it, and where the letter cannot be written.
    """
    simulation = build_simulation_office()
    office = replace(simulation, ports=simulation.ports.changed(LETTERS, lambda outlet: _pages_of(outlet, letter.id)))
    try:
        outcome, wrong = play_watched(scenario, variant, office, ExampleWalk())
        reference = outcome.reference if outcome is not None else None
        if reference is None:
            raise BadInputError(
                f"No case is opened in the worked example {scenario.name}. Choose another. {wrong}".strip()
            )
        said = f"The example comes out otherwise: {wrong}" if wrong else ""
        sent = _sent(office, reference, letter.id, language or variant.settings.languages[0])
        if sent:
            return LetterPreviews(letters=sent, note=said)
        known = _known(office, reference)
        now = office.clock.now()
    finally:
        office.database.close()
    not_sent = "The example does not send it. So it would be with what is known at the example's end."
    written = _as_at_end(variant, letter, known, now, language)
    return LetterPreviews(letters=(written,), note=f"{not_sent} {said}".strip())


def _pages_of(outlet: Outlet[LetterWriter], letter_id: str) -> Outlet[LetterWriter]:
    """The same, but this letter is written with its pages: to write those of all takes long."""
    with_pages = letters_outlet().real
    return replace(outlet, real=lambda variant: _PagesOfOne(outlet.real(variant), with_pages(variant), letter_id))


class _PagesOfOne:
    def __init__(self, text_alone: LetterWriter, with_pages: LetterWriter, letter_id: str) -> None:
        self._text_alone, self._with_pages, self._letter_id = text_alone, with_pages, letter_id

    def addressees(
        self, letter_id: str, values: Mapping[str, Any], *, named: object, now: datetime
    ) -> tuple[Addressee, ...]:
        """See `LetterWriter`."""
        return self._text_alone.addressees(letter_id, values, named=named, now=now)

    def write(self, letter_id: str, values: Mapping[str, Any], **told: Any) -> WrittenLetter:
        """See `LetterWriter`."""
        writer = self._with_pages if letter_id == self._letter_id else self._text_alone
        return writer.write(letter_id, values, **told)


def _sent(office: Office, reference: str, letter_id: str, language: str) -> tuple[LetterPreview, ...]:
    with office.database.read() as connection:
        letters = letters_of(connection, cases.find_case(connection, reference).case_id)
    return tuple(
        LetterPreview(
            title=each.title, recipient=each.recipient, day=local_date(each.sent_at), text=each.text, pdf=each.pdf
        )
        for each in letters
        if each.letter == letter_id and each.pdf is not None and each.language in (None, language)
    )


def _known(office: Office, reference: str) -> Mapping[str, Any]:
    """The case as FEEL sees it."""
    with office.database.begin() as connection:
        step = office.step_on(connection, cases.lock_case(connection, reference), actor=SYSTEM)
        return dict(evaluator_of(step, None).scope.items())


def _as_at_end(
    variant: Variant, letter: Letter, known: Mapping[str, Any], now: datetime, language: str
) -> LetterPreview:
    conditions = variant.settings.letter_conditions
    computed = {name: _value_of(conditions[name], known, now) for name in conditions if name in letter.names}
    council = variant.settings.council_in(language or variant.settings.languages[0])
    values = samples_beside(letter, variant, {**known, **computed, "council": council, "to": "[name]"})
    head = letterhead(
        council, reference=str(known["case"]["reference"]), on=local_date(now), recipient="[name]", address="[address]",
        language=language or variant.settings.languages[0], logo=variant.settings.logo,
    )  # fmt: skip
    return LetterPreview(
        title=letter.title, recipient="[name]", day=None, text=render_text(letter, values, head),
        pdf=render_pdf(letter, values, head),
    )  # fmt: skip


def _value_of(condition: str, known: Mapping[str, Any], now: datetime) -> object:
    try:
        return feel.parse(condition).evaluate(known, now=now)
    except EngineError:  # the check says so
        return None
