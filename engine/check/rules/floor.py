"""The Act's own threshold (L104.4) is played beside the variant's, and whatever the table would turn away is shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date, datetime
from threading import Lock
from typing import Any

from cachetools import LRUCache, cached

from engine import dmn, feel
from engine.calendar import feel_functions
from engine.check.finding import Place, warning
from engine.check.floor_cases import DAY, answer_cases, item_cases
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.rules.guards import decisions_of, read_by
from engine.clock import LONDON, local_date
from engine.diagram import Element, ElementKind, Process
from engine.errors import BadInputError, EngineError, LimitNotFoundError
from engine.problems import Problem
from engine.variants import SETTINGS_FILE, Guard, Variant
from engine.words import day_in_words, listed

_NOW = datetime.combine(DAY, datetime.min.time().replace(hour=12), tzinfo=LONDON)


def look(policy: Policy) -> Iterator[Problem]:
    played = [
        guard
        for guard in policy.variant.settings.guards
        if guard.is_of_the_act and _is_decided_by_tables(guard, policy.variant)
    ]
    binding = {name for guard in played for name, _ in decisions_of(guard, policy.variant)}
    held: _Held = {}
    for guard in played:
        if guard.given_by == policy.variant.id:  # the council's own, beside the base's
            continue
        held_by = [definitions for _, definitions in decisions_of(guard, policy.variant)]
        for process in _deciding(policy, guard):
            for element in process.elements.values():
                decision = element.decision_id or ""
                table = policy.variant.decisions.get(decision)
                if element.kind is not ElementKind.RULE or table is None:
                    continue
                # what a guard of the Act goes by is no table of the variant's, whichever guard it is
                if decision not in binding and table not in held_by:
                    yield from _tried(_Trial(policy.variant, process, element, guard, held), policy)


@cached(LRUCache(64), key=lambda trial, _policy: trial.read, lock=Lock())
def _tried(trial: _Trial, policy: Policy) -> tuple[Problem, ...]:
    """What a trial shows: the last are kept, for a policy is looked at with every stroke of whoever draws it."""
    return tuple(trial.problems(policy))


def _is_decided_by_tables(guard: Guard, variant: Variant) -> bool:
    """Whether decisions alone say that it holds, so that it can be played beside the variant's own."""
    names = feel.parse(guard.unless).names
    return bool(names) and bool(guard.facts) and names <= variant.decisions.keys()


def _deciding(policy: Policy, guard: Guard) -> Iterator[Process]:
    """The processes in which a person decides a fact that the guard stands before."""
    for _, process in policy.processes:
        forms = [policy.variant.forms.get(element.form_id or "") for element in process.elements.values()]
        if any(form is not None and guard.facts & set(form.keys) for form in forms):
            yield process


#: By the guard and what its decisions read, whether it holds: it is asked once, however many tables are tried with it.
_Held = dict[tuple[str, tuple[tuple[str, str], ...]], bool]


class _Trial:
    """One decision of the variant, played beside the Act's own."""

    def __init__(self, variant: Variant, process: Process, element: Element, guard: Guard, held: _Held) -> None:
        self._variant = variant
        self._guard = guard
        self._held = held
        self._decision = element.decision_id or ""
        self._definitions = variant.decisions[self._decision]
        names = read_by(self._definitions, self._decision)
        scripts = {e.result_variable: e.script or "" for e in process.elements.values() if e.script}
        #: what the decision reads that a script before it computes
        self._computed = {name: scripts[name].removeprefix("=") for name in names if name in scripts}
        own = {name for decision, each in decisions_of(guard, variant) for name in read_by(each, decision)}
        self._names = set(names) | {name for text in self._computed.values() for name in _names_of(text)} | own
        counted_from = {name for row in variant.limits.values() for name in feel.parse(row.counted_from).names}
        self._read_by_guard = sorted(own | counted_from)
        self._functions = {**feel_functions(variant.calendar)}

    @property
    def read(self) -> Hashable:
        """All that it reads: the tables and settings as they are written, and what scripts compute for it."""
        files = self._variant.files
        read = tuple((file, files[file]) for file in files if file.endswith((".dmn", SETTINGS_FILE)))
        return (self._variant.id, self._guard.name, self._decision, tuple(sorted(self._computed.items())), read)

    def problems(self, policy: Policy) -> Iterator[Problem]:
        file = next(file for file, each in policy.variant.definitions.items() if each is self._definitions)
        shown: dict[object, tuple[dict[str, Any], dmn.Explanation]] = {}
        name = self._definitions.decisions[self._decision].name
        place = Place(file=file, element_id=self._decision, element_name=name)
        try:
            for case, explanation in self._turned_away():
                answers = tuple(value for value in case.values() if isinstance(value, str | bool))
                shown.setdefault((_rows(explanation), answers), (case, explanation))
        except EngineError as problem:
            yield warning(place, f"“{name}” could not be tried beside the Act's own threshold. {problem}")
        for case, explanation in shown.values():
            rows = _rows(explanation)
            at = f" (row {', '.join(map(str, rows))})" if rows else ""
            yield warning(
                place,
                f"With {self._in_words(case)}, the Act's own threshold is met and “{name}” says that it is not{at}. "
                "Nobody can decide such a case as not met (L104.4). Widen the table, or say so beside the row.",
            )

    def _turned_away(self) -> Iterator[tuple[dict[str, Any], dmn.Explanation]]:
        answers = list(answer_cases(self._variant, self._names))
        for items in item_cases(self._variant, self._names):
            if not self._holds(items):
                continue
            values = {**items, **self._compute(items)}
            for answer in answers:
                case = {**values, **answer}
                told = self._definitions.explain(self._decision, case, now=_NOW, functions=self._calling(case))
                if _says_no(told.value):
                    yield {**items, **answer}, told

    def _holds(self, items: Mapping[str, Any]) -> bool:
        """Whether the guard holds, by the decisions that it reads."""
        read = tuple((name, repr(items[name])) for name in self._read_by_guard if name in items)
        key = self._guard.name, read
        if key not in self._held:
            self._held[key] = self._decide_guard(items)
        return self._held[key]

    def _decide_guard(self, items: Mapping[str, Any]) -> bool:
        functions = self._calling(items)
        decided = {
            name: each.explain(name, items, now=_NOW, functions=functions).value
            for name, each in decisions_of(self._guard, self._variant)
        }
        return feel.parse(self._guard.unless).evaluate(decided, now=_NOW) is not True

    def _in_words(self, case: Mapping[str, Any]) -> str:
        """A case as somebody could check it by hand: how many items with which days, the days and answers read."""
        words = [_items_in_words(name, value) for name, value in case.items() if isinstance(value, list)]
        days = {name: value for name, value in case.items() if isinstance(value, date) and name in self._names}
        words += [_day_in_words(name, value) for name, value in days.items()]
        words += [f'{name} = "{value}"' for name, value in case.items() if isinstance(value, str)]
        words += [f"{name} = {str(value).lower()}" for name, value in case.items() if isinstance(value, bool)]
        return listed(words) or "nothing known"

    def _compute(self, case: Mapping[str, Any]) -> dict[str, Any]:
        functions = self._calling(case)
        return {
            name: feel.parse(text).evaluate(case, now=_NOW, functions=functions)
            for name, text in self._computed.items()
        }

    def _calling(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """The functions of expressions; `due` counts from the case's own facts."""

        def due(limit: Any, start: Any = None) -> date | None:
            row = self._variant.limits.get(limit) if isinstance(limit, str) else None
            if row is None and limit in self._variant.limits_switched_off:
                return None
            if row is None:
                raise LimitNotFoundError(str(limit))
            day = feel.parse(row.counted_from).evaluate(case, now=_NOW) if start is None else start
            if isinstance(day, datetime):
                day = local_date(day)
            if not isinstance(day, date):
                raise BadInputError(f"The limit “{limit}” counts from something that is no day.")
            return self._variant.calendar.due(row.limit, day).due_on

        return {**self._functions, "due": due}


def _names_of(text: str) -> frozenset[str]:
    try:
        return feel.parse(text).names
    except EngineError:
        return frozenset()


def _rows(explanation: dmn.Explanation) -> tuple[int, ...]:
    return tuple(rule.number for table in explanation.tables for rule in table.matched)


def _items_in_words(name: str, items: list[Mapping[str, Any]]) -> str:
    days = [(key, value) for key, value in items[0].items() if isinstance(value, date)] if items else []
    days.reverse()  # an item's days are made from its last one back
    in_order = sorted(days, key=lambda each: each[1])
    told = f" ({', '.join(_day_in_words(key, value) for key, value in in_order)})" if days else ""
    return f"{len(items)} {name}{told}"


def _day_in_words(name: str, day: date) -> str:
    return f"{name.replace('_', ' ')} {day_in_words(day)}"


def _says_no(value: Any) -> bool:
    """Whether a decision's value is a “no”: false, or a context whose first truth value is false."""
    if isinstance(value, Mapping):
        return next((entry is False for entry in value.values() if isinstance(entry, bool)), False)
    return value is False


RULE = Rule(
    name="floor", summary="Whatever the Act's own threshold takes and the variant's table turns away is shown.",
    look=look, needs_variant=True,
)  # fmt: skip
