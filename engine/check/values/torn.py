"""One fact that forms ask for as values of different kinds: whoever reads it cannot be right about both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from engine.check.finding import Place
from engine.check.values.domain import ValueKind
from engine.check.values.phrases import kinds_in_words
from engine.check.values.slip import Misfit, Slip, SlipKind
from engine.forms import Field, FieldKind, Form

_KINDS: Mapping[FieldKind, ValueKind] = {
    FieldKind.TEXT_FIELD: ValueKind.TEXT,
    FieldKind.TEXT_AREA: ValueKind.TEXT,
    FieldKind.RADIO: ValueKind.TEXT,
    FieldKind.SELECT: ValueKind.TEXT,
    FieldKind.NUMBER: ValueKind.NUMBER,
    FieldKind.CHECKBOX: ValueKind.TRUTH,
    FieldKind.YES_NO: ValueKind.TRUTH,
    FieldKind.CHECKLIST: ValueKind.LIST,
    FieldKind.LIST: ValueKind.LIST,
    FieldKind.PERSON: ValueKind.GROUP,
    FieldKind.DATE: ValueKind.DAY,
    FieldKind.DATE_TIME: ValueKind.INSTANT,
    FieldKind.TIME: ValueKind.CLOCK,
}


class TornFacts:
    """The facts of which the forms of one folder ask in more ways than one."""

    def __init__(self, forms: Iterable[Form]) -> None:
        asked: dict[str, list[tuple[Form, Field, ValueKind]]] = {}
        for form in forms:
            for question in form.questions:
                for field in question.fields:
                    if field.key and field.kind in _KINDS:
                        asked.setdefault(field.key, []).append((form, field, _KINDS[field.kind]))
        self._asked = {key: ways for key, ways in asked.items() if len({kind for _, _, kind in ways}) > 1}

    def __contains__(self, fact: str) -> bool:
        return fact in self._asked

    def misfits(self) -> Iterator[Misfit]:
        """The odd one out of each, or the last where they are as many."""
        for key, ways in self._asked.items():
            usual = Counter(kind for _, _, kind in ways).most_common(1)[0][0]
            for form, field, kind in ways:
                if kind is usual:
                    continue
                place = Place(file=form.file, element_id=field.id, element_name=field.name)
                sentence = (
                    f"“{field.name}” asks for {kinds_in_words({kind})} under the name “{key}”, for which another form "
                    f"asks as {kinds_in_words({usual})}. Give it that kind, or another name."
                )
                slip = Slip(kind=SlipKind.VALUE, sentence=sentence, about=frozenset({key}), is_of_giver=True)
                yield Misfit(place=place, slip=slip)
