"""What a decision is told from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.dmn.evaluation import Evaluation
from engine.dmn.explanation import OutsideValue
from engine.dmn.model import InputData
from engine.errors import DmnError, FeelError
from engine.feel.values import admit


class Outside(Mapping[str, Any]):
    """What the decision is told: read when first needed, held to its declared type, and remembered for the record."""

    def __init__(self, inputs: Mapping[str, Any], declared: Mapping[str, InputData], evaluation: Evaluation) -> None:
        self._inputs = inputs
        self._declared = declared
        self._evaluation = evaluation
        self._read: dict[str, OutsideValue] = {}
        self._since: dict[str, OutsideValue] = {}

    def __getitem__(self, name: str) -> Any:
        told = self._read.get(name)
        if told is None:
            told = self._read[name] = self._told(name)
        self._since[name] = told
        if not told.was_given and name not in self._declared:
            raise KeyError(name)
        return told.value

    def take_told(self) -> dict[str, OutsideValue]:
        """What was read since the last time this was asked, in the order of reading."""
        taken, self._since = self._since, {}
        return taken

    def _told(self, name: str) -> OutsideValue:
        try:
            given = self._inputs[name]
        except KeyError:
            return OutsideValue(name=name, value=None, was_given=False)
        try:
            value = admit(given, name, _without_bound)
        except FeelError as error:
            raise DmnError(f"The input “{name}” cannot be used. {error.sentence}") from None
        declared = self._declared.get(name)
        if declared is not None:
            value = self._evaluation.fit(value, declared.type_name, f"The input “{name}” is")
        return OutsideValue(name=name, value=value, was_given=True)

    def __iter__(self) -> Iterator[str]:
        return iter(self._inputs)

    def __len__(self) -> int:
        return len(self._inputs)


def _without_bound(_steps: int) -> None:
    """Whoever hands in the inputs answers for their size."""
