"""Questions that an update leaves to people, and the answers that they gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.variants.comparison.difference import quoted, where_they_part


class Side(StrEnum):
    OWN = "own"  #: what the council has stays
    BASE = "base"  #: what the base has now holds


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateQuestion:
    """One thing that the base changed and the council says otherwise."""

    name: str  #: by which it is answered: "limits.acknowledge", "action.bpmn:carry_out_action.name"
    file: str  #: of the council's own that it is about
    sentence: str  #: what both sides say
    own: str  #: what the answer “own” does
    base: str  #: what the answer “base” does
    answer: Side | None = None  #: None while it is open

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "file": self.file, "sentence": self.sentence, "own": self.own, "base": self.base,
            "answer": self.answer.value if self.answer is not None else None,
        }  # fmt: skip


class Inquiry:
    """Asks each question once, under a name of its own, and knows what was answered before."""

    def __init__(self, answers: Mapping[str, Side]) -> None:
        self._answers = answers
        self.questions: list[UpdateQuestion] = []

    def ask(self, name: str, file: str, sentence: str, *, own: str, base: str) -> Side:
        """The side that holds; the council's own while nobody has answered."""
        taken = {question.name for question in self.questions}
        told, number = name, 2
        while told in taken:
            told, number = f"{name}#{number}", number + 1
        answer = self._answers.get(told)
        self.questions.append(
            UpdateQuestion(name=told, file=file, sentence=sentence, own=own, base=base, answer=answer)
        )
        return answer or Side.OWN

    def ask_about(self, name: str, file: str, what: str, values: tuple[Any, Any, Any]) -> Side:
        """The same, of a thing that has three values: as it was, the council's own, the base's."""
        before, own, base = (quoted(value) for value in where_they_part(*values))
        sentence = f"{what}: the base says {base} instead of {before}, and you say {own}."
        return self.ask(name, file, sentence, own=f"{own} stays.", base=f"{base} holds.")
