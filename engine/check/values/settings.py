"""What stands in variant.toml and time_limits.dmn: conditions, figures, names of entries, days to count from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.check.finding import Place
from engine.check.shown_by_bases import shown_by
from engine.check.touched import names_in
from engine.check.values import needs
from engine.check.values.comparisons import hold_equal
from engine.check.values.decisions import DecisionTracer, pass_over
from engine.check.values.domain import (
    ANYTHING,
    DAYS,
    TEXT,
    TRUTH,
    Kinds,
    Possible,
    ValueKind,
    constant,
    group_of,
)
from engine.check.values.facts import Facts
from engine.check.values.phrases import nearest_name
from engine.check.values.scopes import Scope
from engine.check.values.slip import Misfit, Say, Slip, SlipKind
from engine.check.values.tracer import Tracer
from engine.variants import CORRECTION_REASON, LIMITS_FILE, SETTINGS_FILE, TOLD_BY, WAS, Variant

_TRUTH: Kinds = frozenset({ValueKind.TRUTH})
#: What guards read besides, and what was known before.
_OF_GUARDS: Mapping[str, Possible] = {
    TOLD_BY: group_of({}, is_open=True).or_null(),
    CORRECTION_REASON: TEXT.or_null(),
}


class SettingsHomes:
    """The places of one folder's settings."""

    def __init__(self, variant: Variant, facts: Facts) -> None:
        self._variant = variant
        self._facts = facts
        self._made: dict[str, Possible] = {}
        self._found: list[Misfit] = []

    def misfits(self) -> Iterator[Misfit]:
        self._limits()
        self._conditions()
        self._figures()
        self._entries()
        yield from dict.fromkeys(self._found)

    def _scope(self, extra: Mapping[str, Possible] | None = None) -> Scope:
        facts = self._facts.scope("", extra)

        def find(name: str) -> Possible | None:
            return facts(name) or (self._decision(name) if name in self._variant.decisions else None)

        return find

    def _decision(self, decision_id: str) -> Possible:
        if decision_id not in self._made:
            self._made[decision_id] = ANYTHING
            tracer = DecisionTracer(self._variant.decisions[decision_id], self._scope(), pass_over)
            self._made[decision_id] = tracer.decision(decision_id).or_null()
        return self._made[decision_id]

    def _say(self, where: str, place: Place | None = None, text: str = "") -> Say:
        at = place or Place(file=SETTINGS_FILE)
        reads = names_in(text)
        return lambda slip: self._found.append(Misfit(place=at, slip=slip.within(where).reading(reads)))

    def _limits(self) -> None:
        for name, row in self._variant.limits.items():
            place = Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=name)
            say = self._say(f"The limit “{name}” counts from “{row.counted_from[:80]}”. ", place, row.counted_from)
            needs.hold_kinds(self._facts.value(row.counted_from, self._scope(), say), DAYS, "That", say)

    def _conditions(self) -> None:
        settings = self._variant.settings
        conditions = [(f"[copies.{copy.audience}] leaves_out", copy.leaves_out) for copy in settings.copies]
        conditions.append(("[applicant] leaves_out", settings.applicant.leaves_out))
        conditions += [(f"[owed.{owed.name}] when", owed.when) for owed in settings.owed]
        conditions += [(f"[addressees.{role.id}] same_when", role.same_when) for role in settings.addressees]
        for figure in settings.figures:
            conditions += [(f"[figures.{figure.id}] when", counted.when) for counted in figure.counts]
        for where, text in conditions:
            self._condition(where, text, self._scope())
        before = {name: value.or_null() for name, value in self._facts.named.items()}
        of_guards = {**_OF_GUARDS, WAS: group_of(before, is_open=True)}
        for guard in settings.guards:
            place = Place(file=SETTINGS_FILE, element_id=guard.name, element_name=guard.name)
            for key, condition in (("when", guard.when), ("unless", guard.unless)):
                self._condition(f"[guards.{guard.name}] {key}", condition or "", self._scope(of_guards), place)
        roles = dict.fromkeys(settings.addressees.asked(()), TRUTH)
        for name, text in settings.letter_conditions.items():
            self._facts.value(
                text, self._scope({**self._facts.of_senders, **roles}), self._say(f"[letters.when] {name}: ")
            )

    def _condition(self, where: str, text: str, scope: Scope, place: Place | None = None) -> None:
        if text:
            say = self._say(f"{where}: ", place, text)
            needs.hold_kinds(self._facts.value(text, scope, say), _TRUTH, "It", say)

    def _figures(self) -> None:
        for figure in self._variant.settings.figures:
            say = self._say(f"[figures.{figure.id}]: ")
            for counted in figure.counts:
                known = self._scope()(counted.fact) if counted.fact else None
                if known is not None and counted.value is not None and ValueKind.LIST not in known.kinds:
                    hold_equal(Tracer(say), known, constant(_read(counted.value)))
                if known is not None and counted.is_dated_by_value:
                    needs.hold_kinds(known, DAYS, "The day on which it counts", say)
                dated = self._scope()(counted.dated_by) if counted.dated_by else None
                if dated is not None:
                    needs.hold_kinds(dated, DAYS, "The day on which it counts", say)

    def _entries(self) -> None:
        """What is named of the items of a collection: `actions.assignee_name`."""
        settings = self._variant.settings
        named = [(f"[case_page] {heading}", path) for heading, shown in settings.case_page.items() for path in shown]
        named += [("[cases] found_by", path) for path in settings.found_by]
        of_bases = {name for base in self._variant.bases for name in shown_by(base)}
        for where, path in (each for each in named if each[1] not in of_bases):
            collection, _, entry = path.partition(".")
            known = self._facts.items.get(collection)
            if entry and known is not None and entry not in known:
                sentence = f"“{path}”: an item of {collection} has no “{entry}”. {nearest_name(entry, known)}"
                self._say(f"{where}: ")(Slip(kind=SlipKind.VALUE, sentence=sentence, entry=entry))
        for collection, day in settings.item_days.items():
            known = self._facts.items.get(collection)
            found = known.get(day) if known is not None else None
            if found is not None:
                needs.hold_kinds(
                    found, DAYS, f"The day “{day}” by which items are known", self._say(f"[items] {collection}: ")
                )


def _read(value: Any) -> Any:
    """A value of TOML as FEEL has it."""
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
