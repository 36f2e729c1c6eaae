"""Each property that is read stands where it means something; one that is misspelt is not passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.check.finding import Place, error, warning
from engine.check.named_facts import lacking_fact
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant, nearest
from engine.diagram import Element, ElementKind, EventKind, Process
from engine.diagram.frames import FRAMING
from engine.problems import Problem

#: Property → where it means something, in words.
KNOWN: Mapping[str, str] = {
    "clause": "anything",
    "not_same_person_as": "a user task",
    "not_who_took_part": "a user task",
    "done_by": "a user task",
    "form": "an event or task that waits for a message",
    "told_by": "an event or task that waits for a message",
    "allowed_when": "a message start event or a message boundary event",
    "refused_because": "a message start event or a message boundary event",
    "item": "a message start event",
    "one_at_a_time": "a message start event",
    "rung": "a timer boundary event that does not interrupt",
    "happened_on": "a user task",
    "entered_by": "a user task",
    "closes_as": "an end event of a process",
    "shows": "a user task",
    "beside": "a user task",
    "told_to_applicant": "a user task or a time frame",
    "due_date": "a process, sub-process or call activity",
}
#: Those by which a message is refused.
_REFUSING = frozenset({"allowed_when", "one_at_a_time"})
#: Those that are read on a process.
_OF_PROCESSES = ("clause", "due_date", "told_to_applicant")


def look(policy: Policy) -> Iterator[Problem]:
    for element, process, place in policy.elements():
        for name, value in element.properties.items():
            if name not in KNOWN:
                yield _unknown(name, place, quoted(element))
            elif not _fits(name, element, process):
                yield error(
                    place,
                    f"{quoted(element)} has the property “{name}”, which means something only on {KNOWN[name]}. Take it"
                    " out.",
                )
            elif name == "rung" and not re.fullmatch(r"[1-9][0-9]?", value):
                yield error(place, f"{quoted(element)} has the rung “{value[:40]}”. Write 1, 2, 3, …")
            elif name == "one_at_a_time" and value != "true":
                yield error(place, f"{quoted(element)} has one_at_a_time “{value[:40]}”. Write true, or take it out.")
        if "refused_because" in element.properties and not _REFUSING & element.properties.keys():
            yield error(
                place, f"{quoted(element)} says why it would be refused and not when. Write the property allowed_when."
            )
        if policy.folder is not None and element.item is not None and element.item not in policy.folder.settings.items:
            yield error(
                place,
                f"{quoted(element)} makes an item among the “{element.item[:60]}”, and there is no such collection. "
                f"{meant(element.item, tuple(policy.folder.settings.items), otherwise='Add it to [items].')}",
            )
        if policy.folder is not None and (sentence := _happened_on(element, policy)):
            yield error(place, sentence)
        if element.kind is ElementKind.USER:
            for sentence, unknown in (*_shows(element, process, policy), *_beside(element, policy)):
                yield error(place, sentence, lacks=lacking_fact(unknown) if unknown else None)
        for sentence in _told_to_applicant(element):
            yield error(place, sentence)
    for file, process in policy.processes:
        for name in process.properties:
            if name not in _OF_PROCESSES:
                yield _unknown(name, place_of(file, process), f"“{process.name or process.id}”", known=_OF_PROCESSES)
        for flow in process.flows.values():
            for name in flow.properties:
                if name != "clause":
                    yield _unknown(name, place_of(file, flow), f"“{flow.name or flow.id}”", known=("clause",))


def _unknown(name: str, place: Place, who: str, known: tuple[str, ...] = tuple(KNOWN)) -> Problem:
    close = nearest(name, known)
    if close is not None:
        return error(place, f"{who} has the property “{name}”. Is “{close}” meant?")
    return warning(place, f"{who} has the property “{name}”, which nothing reads. Take it out, or correct its name.")


def _fits(name: str, element: Element, process: Process) -> bool:
    kind = element.event.kind if element.event is not None else None
    waits = kind is EventKind.MESSAGE and element.kind not in (ElementKind.THROW, ElementKind.END)
    match name:
        case "clause":
            return True
        case "not_same_person_as" | "not_who_took_part" | "done_by" | "happened_on" | "entered_by" | "beside" | "shows":
            return element.kind is ElementKind.USER
        case "told_to_applicant":
            return element.kind is ElementKind.USER or element.frame_due_date is not None
        case "due_date":
            return element.kind in FRAMING
        case "form" | "told_by":
            return waits
        case "allowed_when" | "refused_because":
            return waits and (element.kind is ElementKind.START or element.waits_beside)
        case "item" | "one_at_a_time":
            return waits and element.kind is ElementKind.START and not element.begins_event_subprocess
        case "rung":
            return element.kind is ElementKind.BOUNDARY and kind is EventKind.TIMER and not element.is_interrupting
        case _:
            return element.kind is ElementKind.END and _ends_process(element, process)


def _ends_process(end: Element, process: Process) -> bool:
    """Whether the process itself can be over with it: it stands on its level, or in an event sub-process there."""
    around = process.elements.get(end.parent or "")
    while around is not None and around.is_event_subprocess:
        around = process.elements.get(around.parent or "")
    return around is None


def _happened_on(element: Element, policy: Policy) -> str | None:
    """What is wrong with the fact that holds the day on which a task was really done."""
    fact = element.properties.get("happened_on")
    form = policy.variant.forms.get(element.form_id or "")
    if not fact or element.kind is not ElementKind.USER or form is None or fact in form.keys:
        return None
    return (
        f"{quoted(element)} was really done on the day “{fact}”, which its form does not ask for. Add a date with this"
        " key to the form, or correct the name."
    )


def _shows(element: Element, process: Process, policy: Policy) -> Iterator[tuple[str, str]]:
    """What is wrong with what the task shows beside its form, and the fact that nothing gives, or ""."""
    given = {mapping.name for mapping in element.inputs}
    for shown in element.shows:
        if not shown.path:
            yield (
                f"{quoted(element)} shows something that is no name of a fact. Write names, separated by commas, each"
                " with its words in brackets where they are to be others: reports, victim_name (The victim).",
                "",
            )
        elif shown.path[0] in given or (
            policy.folder is not None and shown.path[0] in policy.variant.settings.addressees
        ):
            continue
        elif policy.folder is not None and not policy.known.has(shown.path[0], process.id):
            hint = meant(shown.path[0], policy.known.everything(process.id), otherwise="Correct the name.")
            nobody = "which no form, mapping, script or decision gives"
            yield f"{quoted(element)} shows “{shown.path[0]}”, {nobody}. {hint}", shown.path[0]


def _beside(element: Element, policy: Policy) -> Iterator[tuple[str, str]]:
    """What is wrong with what stands beside the task while it is done, and the fact that nothing gives, or ""."""
    if policy.folder is None:
        return
    known = policy.known
    for name in element.beside:
        first, _, fact = name.partition(".")
        if fact and first not in known.collections:
            hint = meant(first, list(known.collections))
            yield f"{quoted(element)} has “{name}” beside it, and “{first}” is no collection of items. {hint}", first
        elif (fact or first) not in known.facts | known.fields | known.collections:
            hint = meant(fact or first, [*known.facts, *known.fields], otherwise="Correct the name.")
            nobody = "which no form, mapping, script or decision gives"
            yield f"{quoted(element)} has “{name}” beside it, {nobody}. {hint}", fact or first


def _told_to_applicant(element: Element) -> Iterator[str]:
    words = element.properties.get("told_to_applicant")
    if words is not None and (not words.strip() or words.lstrip().startswith("=")):
        yield f"{quoted(element)} tells the applicant nothing that can be read. Write a sentence, such as: We decide."


RULE = Rule(name="properties", summary="Each property stands where it means something.", look=look, compares_files=True)
