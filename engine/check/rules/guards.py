"""Each guard stands before something that there is, reads what is known, and holds by the base's own tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from engine import feel
from engine.check.finding import Place, error, warning
from engine.check.named_facts import lacking_fact
from engine.check.policy import Policy
from engine.check.readable_names import CASE_ENTRIES
from engine.check.rule import Rule
from engine.check.suggestions import is_slip, meant
from engine.diagram import ElementKind, EventKind
from engine.dmn import Definitions
from engine.problems import Problem, Thing
from engine.variants import CASE_CLOSES, CORRECTION_REASON, SETTINGS_FILE, TOLD_BY, WAS, Guard, Variant

#: A sentence, and what it says is not there.
Lack: TypeAlias = tuple[str, Thing | None]


def look(policy: Policy) -> Iterator[Problem]:
    if not policy.processes:
        return
    there_are = _there_are(policy)
    for guard in policy.variant.settings.guards:
        place = Place(file=SETTINGS_FILE, element_id=guard.name, element_name=guard.name)
        for sentence, lacks in _before_nothing(guard, there_are, policy.variant):
            yield error(place, sentence, lacks=lacks)
        for key, text in (("when", guard.when), ("unless", guard.unless)):
            if text is not None:
                yield from _of_expression(guard, key, text, place, policy)
        yield from _replaced(guard, policy.variant)


def _is_inherited(guard: Guard, variant: Variant) -> bool:
    """Whether a base gives it: what that speaks of need not all be in each council, but something of it has to."""
    return guard.given_by not in ("", variant.id)


def _before_nothing(guard: Guard, there_are: Mapping[str, frozenset[str]], variant: Variant) -> Iterator[Lack]:
    is_somewhere = CASE_CLOSES in guard.ends or any(named & there_are[kind] for kind, named in _named(guard))
    is_left_over = is_somewhere and _is_inherited(guard, variant)
    for kind, named in _named(guard):
        for name in sorted(named - there_are[kind]):
            if is_left_over and not any(is_slip(name, other) for other in there_are[kind]):
                continue
            hint = meant(name, sorted(there_are[kind]), otherwise="Correct the name, or take it out.")
            sentence = f"[guards.{guard.name}] stands before the {kind} “{name}”, which there is not. {hint}"
            yield sentence, lacking_fact(name) if kind == "fact" else None


def _of_expression(guard: Guard, key: str, text: str, place: Place, policy: Policy) -> Iterator[Problem]:
    known = policy.known.facts | policy.known.collections | policy.variant.decisions.keys() | {"case", "council"}
    is_read = bool(feel.parse(text).names & known)
    say = warning if _is_inherited(guard, policy.variant) and is_read else error
    for sentence, lacks in _wrong(text, policy):
        yield say(place, f"In [guards.{guard.name}], “{key}” {sentence}", lacks=lacks)
    for entry in _unset(text, policy):
        yield warning(
            place,
            f"[guards.{guard.name}] reads “council.{entry}”, which no setting gives: {guard.words} Write it into"
            " variant.toml, or see to it that what else satisfies the guard is always told.",
        )


def _named(guard: Guard) -> tuple[tuple[str, frozenset[str]], ...]:
    ends = guard.ends - {CASE_CLOSES}
    return (("fact", guard.facts), ("end", ends), ("message", guard.messages), ("letter", guard.letters))


def _there_are(policy: Policy) -> dict[str, frozenset[str]]:
    """What guards can stand before, by its kind."""
    events = [(element, element.event) for element, _, _ in policy.elements() if element.event is not None]
    return {
        "fact": policy.known.facts,
        "end": frozenset(e.id for e, _, _ in policy.elements() if e.kind is ElementKind.END),
        "message": frozenset(event.name for _, event in events if event.kind is EventKind.MESSAGE and event.name),
        "letter": frozenset(policy.variant.letters),
    }


def _wrong(text: str, policy: Policy) -> Iterator[Lack]:
    """What an expression of a guard reads or calls that there is not."""
    parsed, known, decisions = feel.parse(text), policy.known, policy.variant.decisions
    for path in sorted(parsed.paths):
        root = path[0]
        if root in (WAS, CORRECTION_REASON, TOLD_BY):
            if root == WAS and len(path) > 1 and path[1] not in known.facts | known.fields:
                hint = meant(path[1], [*known.facts, *known.fields], otherwise="Correct the name.")
                yield f"reads “{root}.{path[1]}”, which no form or mapping gives. {hint}", lacking_fact(path[1])
        elif root not in known.facts | known.collections | decisions.keys() | {"case", "council"}:
            hint = meant(root, [*known.facts, *known.collections, *decisions], otherwise="Correct the name.")
            yield f"reads “{root}”, which no form, mapping or decision gives. {hint}", lacking_fact(root)
        elif root == "case" and len(path) > 1 and path[1] not in CASE_ENTRIES:
            yield f"reads “{root}.{path[1]}”, which there is not. Correct the name.", None
    for name in sorted(parsed.filter_names - known.fields - known.facts - known.collections - decisions.keys()):
        yield f"reads “{name}” of items, which no form asks of them. Correct the name.", lacking_fact(name)


def _unset(text: str, policy: Policy) -> list[str]:
    """The entries of `council` that an expression reads and no setting gives."""
    read = {path[1] for path in feel.parse(text).paths if path[0] == "council" and len(path) > 1}
    return sorted(read - policy.known.council)


def _replaced(guard: Guard, variant: Variant) -> Iterator[Problem]:
    """A guard that holds the Act reads decisions as the folder that gives it has them, but those it leaves to each."""
    if not guard.given_by or not guard.is_of_the_act:
        return
    yield from _gone(guard, variant)
    of_items = {collection for base in variant.bases for collection in base.table("items")}
    for name, definitions in decisions_of(guard, variant):
        for collection in sorted((read_by(definitions, name) & of_items) - variant.settings.items.keys()):
            yield error(
                Place(file=SETTINGS_FILE, element_id=guard.name, element_name=guard.name),
                f"[guards.{guard.name}] holds the Act ({guard.clause}) by the decision “{name}”, which goes by the "
                f"items “{collection}”, and [items] has them no longer. Take out the line that leaves them out.",
            )
        if name in guard.own_tables:
            continue
        file = next(file for file, each in variant.definitions.items() if each is definitions)
        if variant.origin[file] != guard.given_by:
            yield error(
                Place(file=file, element_id=name, element_name=name),
                f"{file} puts the folder's own table in the place of the one that [guards.{guard.name}] holds the Act"
                f" by ({guard.clause}). Take it out of the folder; the base's then holds.",
            )
        for edit in variant.edits:
            if edit.file == file and edit.folder != guard.given_by:
                yield error(
                    Place(file=SETTINGS_FILE, element_id=edit.key, element_name=edit.key),
                    f"This changes {file}, by which [guards.{guard.name}] holds the Act ({guard.clause}). Take the "
                    "line out; the base's then holds.",
                )


def _gone(guard: Guard, variant: Variant) -> Iterator[Problem]:
    """The decisions that the folder which gives the guard has and this one does not: an answer, or nothing, would
    stand in their place."""
    giving = next((base for base in variant.bases if base.folder == guard.given_by), None)
    for name in sorted(giving.held_by.get(guard.name, ()) if giving is not None else ()):
        if name not in variant.decisions:
            yield error(
                Place(file=SETTINGS_FILE, element_id=guard.name, element_name=guard.name),
                f"[guards.{guard.name}] holds the Act ({guard.clause}) by the decision “{name}” of {guard.given_by}, "
                "which is not there. Take out what leaves its file out, or takes its place.",
            )


def decisions_of(guard: Guard, variant: Variant) -> Iterator[tuple[str, Definitions]]:
    """The decisions that say whether the guard asks, and holds, with the files that hold them."""
    names = {name for text in (guard.when, guard.unless) if text is not None for name in feel.parse(text).names}
    for name in sorted(names & variant.decisions.keys()):
        yield name, variant.decisions[name]


def read_by(definitions: Definitions, decision: str) -> frozenset[str]:
    """What the decision reads, and those that it requires, of one another too."""
    made = {definitions.find(decision).element_id, *definitions.required_by(decision).values()}
    return frozenset(name for each in made for name in definitions.decisions[each].names)


RULE = Rule(
    name="guards", summary="Each guard stands before something that there is, and reads what is known.", look=look,
    needs_variant=True,
)  # fmt: skip
