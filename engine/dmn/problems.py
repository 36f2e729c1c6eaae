"""Collecting what is wrong in a file while it is read, so that the reader sees everything at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from lxml import etree

from engine.dmn.constants import VALUE, is_constant
from engine.dmn.elements import attribute
from engine.dmn.model import AllowedValues, CellTests, DecisionProblem, Formula
from engine.errors import FeelError
from engine.feel import OwnType, parse, parse_unary_tests
from engine.feel.values import kind_of
from engine.problems import Severity

_NOTHING = parse("null")
_ANYTHING = parse_unary_tests("-")

#: Texts by which the standard's versions and the modellers name FEEL as the language of an expression.
_FEEL_MARK = "feel"


#: Kinds that stand for many values, or for none, and so have no place in an order.
_NO_VALUES = frozenset({"range", "list", "context", "function", "Null"})


class Problems:
    """What has been found so far, and the reading of expressions, which is where most of it is found."""

    def __init__(self) -> None:
        self._found: list[DecisionProblem] = []
        self._concerns: str | None = None
        #: the file's own types, which expressions may name
        self.types: Mapping[str, OwnType] = {}

    @property
    def found(self) -> tuple[DecisionProblem, ...]:
        return tuple(self._found)

    @contextmanager
    def concerning(self, owner_id: str) -> Iterator[None]:
        """Problems added inside stop only this decision or business knowledge model."""
        before, self._concerns = self._concerns, owner_id
        try:
            yield
        finally:
            self._concerns = before

    def add(
        self, sentence: str, *, element_id: str, element_name: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        self._found.append(
            DecisionProblem(
                element_id=element_id,
                element_name=element_name,
                sentence=sentence,
                severity=severity,
                concerns=self._concerns,
            )
        )

    def formula(self, element: etree._Element, text: str, names: Iterable[str], *, where: str) -> Formula:
        """The expression in `text`; one that cannot be read is a problem and stands as null."""
        element_id = attribute(element, "id")
        parsed = _NOTHING
        if self._is_feel(element, where):
            try:
                parsed = parse(text, tuple(names), self.types)
            except FeelError as error:
                self.add(f"{where}: “{_short(text)}” cannot be read. {error}", element_id=element_id)
        return Formula(element_id=element_id, text=text, parsed=parsed)

    def tests(self, element: etree._Element, text: str, names: Iterable[str], *, where: str) -> CellTests:
        """The unary tests in `text`; ones that cannot be read are a problem and stand as "-"."""
        element_id = attribute(element, "id")
        parsed = _ANYTHING
        if text and self._is_feel(element, where):
            try:
                parsed = parse_unary_tests(text, tuple(names), self.types)
            except FeelError as error:
                self.add(f"{where}: “{_short(text)}” cannot be read. {error}", element_id=element_id)
        return CellTests(element_id=element_id, text=text or "-", parsed=parsed)

    def allowed(self, element: etree._Element | None, text: str, *, where: str) -> AllowedValues | None:
        """Allowed values, with their order where they are a plain list of values; None where none are written."""
        if element is None or not text:
            return None
        tests = self.tests(element, text, (), where=where)
        return AllowedValues(tests=tests, in_order=_values_in_order(text))

    def _is_feel(self, element: etree._Element, where: str) -> bool:
        language = attribute(element, "expressionLanguage")
        if language and _FEEL_MARK not in language.lower():
            self.add(
                f"{where} is written in “{_short(language)}”. Only FEEL is run; choose FEEL as its language.",
                element_id=attribute(element, "id"),
            )
            return False
        return True


def _values_in_order(text: str) -> tuple[object, ...] | None:
    if not is_constant(text) or "?" in VALUE.sub("", text):
        return None
    try:
        values = parse(f"[{text}]").evaluate({})
    except FeelError:
        return None
    plain = isinstance(values, list) and all(kind_of(value) not in _NO_VALUES for value in values)
    return tuple(values) if plain else None


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
