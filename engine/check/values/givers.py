"""Where each fact is given, and whether it surely is once that is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from engine.diagram import IoMapping
from engine.forms import FieldKind, Form, facts_asked_by

#: (id of the process, id of the element)
At: TypeAlias = tuple[str, str]

#: Questions that have an answer whatever is done: a box left alone is false.
_ALWAYS = frozenset({FieldKind.CHECKBOX, FieldKind.YES_NO})


class Givers:
    """What gives the facts of one folder, as it is gathered."""

    def __init__(self) -> None:
        self._of: dict[str, dict[At, bool]] = {}

    def of(self, fact: str) -> Mapping[At, bool]:
        """The elements that give the fact, and whether each surely does."""
        return self._of.get(fact, {})

    def add(self, fact: str, at: At, *, is_sure: bool) -> None:
        self._of.setdefault(fact, {})[at] = is_sure

    def add_answers(self, form: Form, at: At) -> None:
        """Answers to a form. One that must be given counts as given, though its question may be hidden."""
        for question in form.questions:
            for field in question.fields if not question.field.is_read_only else ():
                is_sure = field.is_required or field.otherwise is not None or field.kind in _ALWAYS
                for fact in facts_asked_by(field):
                    self.add(fact, at, is_sure=is_sure)

    def add_mapping(self, mapping: IoMapping, at: At) -> None:
        """An output gives something, but where it hands on a fact that nobody has to give."""
        name = mapping.source.removeprefix("=").strip()
        given = self._of.get(name) if mapping.source.startswith("=") else None
        self.add(mapping.name, at, is_sure=given is None or any(given.values()))
