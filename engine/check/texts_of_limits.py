"""Where a folder says in words how long a limit is, and by which limits and clauses each of these texts goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from engine import feel
from engine.check.expressions import expressions_of
from engine.check.finding import Place
from engine.check.policy import Policy, place_of
from engine.clauses.carriers import CLAUSE_COLUMN
from engine.diagram import Element, Flow
from engine.errors import FeelError
from engine.variants import LIMITS_FILE, SETTINGS_FILE, LimitRow, Variant


class Part(Enum):
    """Which of the lengths that a text states are held against its limits."""

    ALL = auto()
    SOME = auto()  #: one of them has to be right, and the others are of other limits of the folder
    BEGINNING = auto()  #: that with which it begins
    BOUNDS = auto()  #: those within which, or after which, something is done


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitText:
    """A text, and what it has to agree with. Where it names no limit, the clauses say what does."""

    place: Place
    what: str  #: as a sentence names it: “the hint of “Due on””
    text: str
    limits: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    part: Part = Part.ALL
    is_of_the_limit: bool = False  #: it says how the limit itself was read: what its clauses state besides is no excuse


def texts_of_limits(policy: Policy) -> Iterator[LimitText]:
    yield from _drawn(policy)
    yield from _asked(policy)
    yield from _rows(policy)
    yield from _limits(policy)
    yield from _letters(policy)
    yield from _settings(policy)


def _drawn(policy: Policy) -> Iterator[LimitText]:
    """The names and descriptions of what asks for a limit, or stands on a clause."""
    for file, process in policy.processes:
        asked: dict[str, list[str]] = {}
        for written in expressions_of(process):
            parsed = written.parse()
            for call in parsed.calls if parsed is not None else ():
                if call.function == "due" and call.arguments and call.arguments[0] is not None:
                    asked.setdefault(written.owner.id, []).append(call.arguments[0])
        drawn: list[Element | Flow] = [*process.elements.values(), *process.flows.values()]
        for owner in drawn:
            place, limits = place_of(file, owner), tuple(dict.fromkeys(asked.get(owner.id, ())))
            clauses = owner.clauses if isinstance(owner, Element) else ()
            yield LimitText(place=place, what="Its name", text=owner.name, limits=limits, clauses=clauses)
            if isinstance(owner, Element) and limits:
                text = owner.documentation
                yield LimitText(place=place, what="Its description", text=text, limits=limits, part=Part.SOME)
        every = tuple(policy.variant.limits) if asked else ()  # what is said of the whole may be drawn elsewhere
        place = place_of(file, process)
        yield LimitText(place=place, what="Its description", text=process.documentation, limits=every)


def _asked(policy: Policy) -> Iterator[LimitText]:
    """What is written beside a question for a day from which limits count."""
    from_day: dict[str, list[str]] = {}
    for name, row in policy.variant.limits.items():
        for fact in _read(row):
            from_day.setdefault(fact, []).append(name)
    for form, question in policy.variant.questions:
        for field in question.fields:
            limits = tuple(from_day.get(field.key, ()))
            place = Place(file=form.file, element_id=field.id, element_name=field.name)
            for what, text in (("Its label", field.label), ("Its hint", field.hint)):
                yield LimitText(place=place, what=what, text=text, limits=limits, clauses=field.clauses)


def _read(row: LimitRow) -> frozenset[str]:
    try:
        return frozenset(feel.parse(row.counted_from).names)
    except FeelError:
        return frozenset()


def _rows(policy: Policy) -> Iterator[LimitText]:
    """What is remarked beside a row of a table that stands on a clause."""
    for file, definitions in policy.variant.definitions.items():
        for decision in definitions.decisions.values():
            for rule in decision.table.rules if decision.table is not None and file != LIMITS_FILE else ():
                notes = {heading.strip().lower(): text for heading, text in rule.annotations.items()}
                clauses = tuple(notes.pop(CLAUSE_COLUMN, "").replace(",", " ").split())
                place = Place(file=file, element_id=rule.rule_id, element_name=f"row {rule.number}")
                for text in notes.values():
                    yield LimitText(
                        place=place, what="What stands beside it", text=text, clauses=clauses, part=Part.SOME
                    )


def _limits(policy: Policy) -> Iterator[LimitText]:
    """The limits themselves: what they are called, and how it is said that they are read."""
    for name, row in policy.variant.limits.items():
        place = Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=name)
        yield LimitText(place=place, what="Its own name", text=name, limits=(name,))
        yield LimitText(place=place, what="What stands beside it", text=row.note, limits=(name,), part=Part.BEGINNING,
                        is_of_the_limit=True)  # fmt: skip


def _letters(policy: Policy) -> Iterator[LimitText]:
    for letter in policy.variant.letters.values():
        text = policy.variant.files[letter.file].decode(errors="replace")
        place = Place(file=letter.file, element_id=letter.id, element_name=letter.title)
        yield LimitText(place=place, what="It", text=text, clauses=letter.clauses, part=Part.BOUNDS)


def _settings(policy: Policy) -> Iterator[LimitText]:
    """What variant.toml says in words of a limit that it names."""
    variant = policy.variant
    place = Place(file=SETTINGS_FILE)
    for figure in variant.settings.figures:
        late = tuple(counted.late for counted in figure.counts if counted.late)
        yield LimitText(place=place, what=f"[figures.{figure.id}]", text=figure.label, limits=late)
    of_bases = {name for base in variant.bases for name in base.table("suggested")}
    for setting, text in variant.settings.suggested.items():
        name = setting.removeprefix("limits.")
        if name != setting and (setting not in of_bases or not _is_own(name, variant)):
            what = f'[suggested] "{setting}"'
            yield LimitText(place=place, what=what, text=text, limits=(name,), part=Part.BEGINNING)


def _is_own(limit: str, variant: Variant) -> bool:
    """Whether the folder says itself what the limit is, and takes what its base suggests in no way."""
    row = variant.limits.get(limit)
    edited = {edit.element_id for edit in variant.edits if edit.file == LIMITS_FILE}
    return row is None or row.rule_id in edited or variant.origin[LIMITS_FILE] == variant.id
