"""What is handed over stands in an agreement, what comes is waited for, and both sides say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.diagram import Element, ElementKind, EventKind
from engine.errors import KeyRefusedError
from engine.forms import Form
from engine.problems import Problem
from engine.seals import PublicKey
from engine.variants import SETTINGS_FILE, Agreement, Sending, Taking, is_base

_HANDLER = "hand-over"
#: Inputs of the handler that are no facts.
_OWN = frozenset({"agreement", "message", "to"})


def look(policy: Policy) -> Iterator[Problem]:
    agreements = {each.name: each for each in policy.variant.settings.agreements}
    for element, _, place in policy.elements():
        if element.job is not None and element.job.handler == _HANDLER:
            for sentence in _of_element(element, agreements, is_left_open=is_base(policy.variant)):
                yield error(place, f"{quoted(element)} {sentence}")
    for agreement in agreements.values():
        place = Place(file=SETTINGS_FILE, element_id=f"agreements.{agreement.name}", element_name=agreement.name)
        for taking in agreement.takes if agreement.parties or is_base(policy.variant) else ():  # else it is with nobody
            if sentence := _of_taking(policy, taking):
                yield error(place, f"“{taking.message}” is taken under the agreement “{agreement.name}”, {sentence}")
        for sentence in _of_elsewhere(agreement):
            yield error(place, sentence)
        for each in agreement.elsewhere:
            if each.party in policy.agreed:
                sentence = (
                    f"{each.party} is said to run in another installation, and its folder stands here: what is handed "
                    "over to it goes by file. Take one of the two out."
                )
                yield warning(place, sentence)
        for party, theirs in policy.agreed.items():
            if party in agreement.parties:
                for sentence in _of_other_side(agreement, party, theirs, policy.variant.id):
                    yield error(place, sentence)


def _of_elsewhere(agreement: Agreement) -> Iterator[str]:
    """Whether files can go to those who run elsewhere, and theirs be known."""
    for each in agreement.elsewhere:
        where = f"[agreements.{agreement.name}.elsewhere.{each.party}]"
        if each.party not in agreement.parties:
            yield f"{where} says where {each.party} runs, with whom the agreement is not. Add it under “with”."
        if not each.key:
            yield (
                f"{where} has no key of {each.name or each.party}, so that nothing goes there, and nothing of theirs "
                'is taken in. Write key = "…" with the line that `asb key` prints there.'
            )
        for text in (*((each.key,) if each.key else ()), *(old.key for old in each.old_keys)):
            try:
                PublicKey.read(text)
            except KeyRefusedError as refused:
                yield f"{where}: {refused}"
        if each.key and any(old.key == each.key for old in each.old_keys):
            yield f"{where} has its key among the old ones too. Take it out there, or write the new one."


def _of_element(element: Element, agreements: Mapping[str, Agreement], *, is_left_open: bool) -> Iterator[str]:
    given = {mapping.target: mapping.source for mapping in element.inputs}
    name, message = given.get("agreement", ""), given.get("message", "")
    if name.startswith("=") or message.startswith("="):
        yield "computes its agreement or its message. Write their names, so that they can be held against variant.toml."
        return
    agreement = agreements.get(name)
    if agreement is None:
        hint = meant(name, list(agreements))
        yield f"hands over under the agreement “{name}”, which variant.toml does not have. {hint}"
        return
    if not agreement.parties and not is_left_open:
        yield f'hands over under the agreement “{name}”, which is with nobody. Write with = ["FOLDER"] there.'
    sending = next((each for each in agreement.sends if each.message == message), None)
    if sending is None:
        known = [each.message for each in agreement.sends]
        yield f"hands over “{message}”, which the agreement “{name}” does not send. {meant(message, known)}"
        return
    more = sorted(given.keys() - _OWN - set(sending.facts))
    if more:
        yield f"hands over {', '.join(more)} with “{message}”, which the agreement “{name}” does not have."


def _of_taking(policy: Policy, taking: Taking) -> str:
    """What a sentence about the message ends with; "" where it is sound."""
    variant = policy.variant
    forms: list[Form | None]
    if taking.opens_case:
        main = policy.main_process
        start = main.plain_start if main is not None else None
        if start is None:
            return "and no main process begins a case with it."
        forms, where = [variant.forms.get(start.form_id or "")], "the form with which a case begins"
    else:
        heard = [element for element, _, _ in policy.elements() if _hears(element, taking.message)]
        if not heard:
            return "and no event waits for it. Draw one, or take it out of the agreement."
        forms, where = [variant.forms.get(each.properties.get("form", "")) for each in heard], "its form"
    asked = {key for form in forms if form is not None for key in form.keys}
    more = [fact for fact in taking.facts if fact not in asked]
    return f"with {', '.join(more)}, which {where} does not ask for. Add the question, or take it out." if more else ""


def _hears(element: Element, message: str) -> bool:
    event = element.event
    if event is None or event.kind is not EventKind.MESSAGE or event.name != message or element.job is not None:
        return False
    return element.kind not in (ElementKind.THROW, ElementKind.END)


def _of_other_side(agreement: Agreement, party: str, theirs: tuple[Agreement, ...], me: str) -> Iterator[str]:
    """Whether what this side sends, the other takes as it is; what they send is seen to at their folder."""
    other = next((each for each in theirs if each.name == agreement.name), None)
    if other is None or me not in other.parties:
        yield f"{party} has no agreement “{agreement.name}” with {me}. Nothing arrives there until its folder says so."
        return
    takes = {each.message: each for each in other.takes}
    for sending in agreement.sends:
        taking = takes.get(sending.message)
        if taking is None:
            yield f"“{sending.message}” is sent under the agreement “{agreement.name}”, and {party} does not take it."
        else:
            yield from _of_message(agreement, sending, taking, party)


def _of_message(agreement: Agreement, sending: Sending, taking: Taking, party: str) -> Iterator[str]:
    more = [fact for fact in sending.facts if fact not in taking.facts]
    if more:
        yield (
            f"{', '.join(more)} goes with “{sending.message}” under the agreement “{agreement.name}”, and {party} does "
            "not take that with it."
        )
    if sending.opens_case != taking.opens_case:
        yield (
            f"“{sending.message}” begins a case for one side of the agreement “{agreement.name}”, and not for {party}. "
            "Write opens_case = true on both sides, or on neither."
        )


RULE = Rule(
    name="agreements", summary="What is handed over stands in an agreement, and both of its sides say the same.",
    look=look, needs_variant=True,
)  # fmt: skip
