"""Ways out of a gateway that bear each other's names: “Allowed” goes by “persistent”, and “Persistent” by “allowed”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from engine import feel
from engine.diagram import Flow
from engine.errors import FeelError
from engine.feel import syntax
from engine.forms import Form

#: (name of the fact, what it is compared with)
Choice: TypeAlias = tuple[str, str]
#: (name of the fact, choice) → what people call it
Labels: TypeAlias = Mapping[Choice, str]

#: Shorter words begin too many others.
_LEAST_OF_A_BEGINNING = 5


def labels_of(forms: Sequence[Form]) -> Labels:
    """What the forms call each choice."""
    return {
        (field.key, option.value): option.label
        for form in forms
        for question in form.questions
        for field in question.fields
        for option in field.options
    }


def changed_over(flows: Sequence[Flow], labels: Labels) -> Iterator[tuple[Flow, Flow, str]]:
    """Each way with the other whose name it bears, and the choice by which that other one is taken."""
    asked = [(flow, _choices(flow.condition)) for flow in flows if flow.condition is not None]
    for flow, own in asked:
        if not flow.name or not own or any(_names(flow.name, choice, labels) for choice in own):
            continue
        for other, choices in asked:
            for choice in sorted(choices - own):
                is_long = len(choice[1]) >= _LEAST_OF_A_BEGINNING or any(each[0] == choice[0] for each in own)
                if other is not flow and is_long and _names(flow.name, choice, labels):
                    yield flow, other, choice[1]


def _names(name: str, choice: Choice, labels: Labels) -> bool:
    said = name.casefold()
    word = choice[1].replace("_", " ").casefold()
    return said in (word, labels.get(choice, "").casefold()) or (
        len(word) >= _LEAST_OF_A_BEGINNING and said.startswith(word)
    )


def _choices(condition: str | None) -> frozenset[Choice]:
    """The choices with which a condition compares facts by =."""
    try:
        return frozenset(_equated(feel.parse((condition or "").removeprefix("=")).node))
    except FeelError:
        return frozenset()


def _equated(node: Any) -> Iterator[Choice]:
    if isinstance(node, syntax.Comparison) and node.operator == "=":
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, syntax.Name | syntax.Path) and isinstance(other, syntax.Literal):
                yield one.name, str(other.value)
    elif isinstance(node, syntax.Invocation) and len(node.arguments) == 2:
        function, (words, asked) = node.function, node.arguments
        is_search = isinstance(function, syntax.Name) and function.name == "list contains"
        if is_search and isinstance(words, syntax.ListOf) and isinstance(asked, syntax.Name | syntax.Path):
            yield from ((asked.name, str(each.value)) for each in words.items if isinstance(each, syntax.Literal))
    elif isinstance(node, syntax.Logic):
        for operand in node.operands:
            yield from _equated(operand)
