"""Where each fact is given, and whether it surely is once that is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from engine.diagram import Element, ElementKind, IoMapping, Process
from engine.forms import FieldKind, Form, facts_asked_by

#: (id of the process, id of the element)
At: TypeAlias = tuple[str, str]

#: Questions that have an answer whatever is done: a box left alone is false.
_ALWAYS = frozenset({FieldKind.CHECKBOX, FieldKind.YES_NO})
#: A fact is handed on from one to the next no more often than this.
_MOST_HANDED_ON = 4


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


def givers_of(processes: Iterable[Process], forms: Mapping[str, Form]) -> Givers:
    """All that gives a fact in a folder; `forms` by id."""
    found = Givers()
    elements = [element for process in processes for element in process.elements.values()]
    for element in elements:
        at = (element.process_id, element.id)
        form = forms.get(element.form_id or element.properties.get("form", ""))
        if form is not None:
            found.add_answers(form, at)
        for told in ("happened_on", "done_by"):
            if name := element.properties.get(told):
                found.add(name, at, is_sure=True)
        for mapping in element.inputs if _tells(element) else ():
            found.add(mapping.name, at, is_sure=True)
    for _ in range(_MOST_HANDED_ON):
        for element in elements:
            for mapping in element.outputs:
                found.add_mapping(mapping, (element.process_id, element.id))
    return found


def _tells(element: Element) -> bool:
    """Whether its inputs go with a message to the process that it starts."""
    return element.kind in (ElementKind.THROW, ElementKind.END) and element.job is None
