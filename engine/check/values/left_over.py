"""What the folders that a variant extends give to facts: where the variant leaves a choice out, what they compare with
it stays, and is no slip. A word that is only compared with is no choice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from lxml import etree

from engine import feel
from engine.check.values.domain import ANYTHING, NOTHING, TRUTH, Possible, join, texts
from engine.check.values.scopes import Scope
from engine.errors import BadInputError, FeelError
from engine.feel import syntax
from engine.variants import Base
from engine.xml import read_xml

#: What is given its value: a fact, a variable, or a decision under its id.
Target: TypeAlias = str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Giving:
    target: Target
    words: frozenset[str]  #: texts that it can become
    sources: frozenset[Target]  #: what it can take its value from


class LeftOver:
    """Of the bases of one variant."""

    def __init__(self, bases: Iterable[Base]) -> None:
        self._bases = tuple(bases)

    def has(self, fact: str, words: frozenset[str]) -> bool:
        """Whether a base can give every one of these words to the fact; "" for any fact."""
        return bool(words) and words <= self.words(fact)

    def words(self, fact: str) -> frozenset[str]:
        """All the words that a base can give to the fact; "" for any fact."""
        if not fact:
            return frozenset[str]().union(*(each.words for givings in self._givings.values() for each in givings))
        found: set[str] = set()
        waiting, seen = [fact], {fact}
        while waiting:
            for giving in self._givings.get(waiting.pop(), ()):
                found |= giving.words
                new = giving.sources - seen
                seen |= new
                waiting.extend(new)
        return frozenset(found)

    def told(self, fact: str) -> Possible:
        """What a fact can be of which nobody is told here: null, and in another council what a base gives."""
        words = self.words(fact)
        return join(NOTHING, texts(words)).as_given(fact) if words else NOTHING

    def widened(self, scope: Scope) -> Scope:
        """What names can be where a variant uses all that its bases hold; a name that it does not give itself can be
        anything."""

        def find(name: str) -> Possible | None:
            value = scope(name)
            if value is None or value.choices is None or not value.solid:
                return value if value is None or value.solid else ANYTHING
            if value.solid == TRUTH.kinds:
                return join(value, TRUTH)
            return join(value, texts(self.words(name)))

        return find

    @cached_property
    def _givings(self) -> Mapping[Target, list[_Giving]]:
        found: dict[Target, list[_Giving]] = {}
        for base in self._bases:
            for file, data in base.files.items():
                for giving in _read(file.rpartition(".")[2], data):
                    found.setdefault(giving.target, []).append(giving)
        return found


@lru_cache(maxsize=1024)  # the councils of one installation extend the same bases
def _read(ending: str, data: bytes) -> tuple[_Giving, ...]:
    try:
        if ending == "form":
            return tuple(_in_form(json.loads(data)))
        if ending == "bpmn":
            return tuple(_in_diagram(read_xml(data, name="")))
        return tuple(_in_decisions(read_xml(data, name=""))) if ending == "dmn" else ()
    except (BadInputError, ValueError):  # the base's own check says so
        return ()


def _in_form(part: Any) -> Iterator[_Giving]:
    """Each question, by its key: its choices, and what its expressions come to."""
    if isinstance(part, list):
        for each in part:
            yield from _in_form(each)
    elif isinstance(part, dict):
        key = part.get("key")
        if isinstance(key, str):
            values = part.get("values")
            offered = {str(each.get("value")) for each in values} if isinstance(values, list) else set()
            yield _Giving(target=key, words=frozenset(offered), sources=frozenset())
            said = part.get("properties")
            for text in (part.get("valuesExpression"), *(said.values() if isinstance(said, dict) else ())):
                if isinstance(text, str) and text.startswith("="):
                    yield _giving(key, text)
        yield from _in_form(part.get("components"))


def _in_diagram(root: etree._Element) -> Iterator[_Giving]:
    for node in root.iter("{*}input", "{*}output"):
        if target := node.get("target"):
            yield _giving(target, node.get("source", ""))
    for node in root.iter("{*}script"):
        yield _giving(node.get("resultVariable", ""), node.get("expression", ""))
    for node in root.iter("{*}calledDecision"):
        decision = frozenset({node.get("decisionId", "")})
        yield _Giving(target=node.get("resultVariable", ""), words=frozenset(), sources=decision)
    for node in root.iter("{*}loopCharacteristics"):
        yield _giving(node.get("inputElement", ""), node.get("inputCollection", ""))
        yield _giving(node.get("outputCollection", ""), node.get("outputElement", ""))


def _in_decisions(root: etree._Element) -> Iterator[_Giving]:
    for decision in root.iter("{*}decision", "{*}businessKnowledgeModel"):
        texts = [
            text.text or ""
            for node in decision.iter("{*}outputEntry", "{*}defaultOutputEntry", "{*}literalExpression")
            for text in node.iterchildren("{*}text")
        ]
        for name in {decision.get("id", ""), decision.get("name", "")}:
            for text in texts:
                yield _giving(name, f"={text}")


def _giving(target: Target, text: str) -> _Giving:
    """What a modeller's field gives: FEEL where it starts with “=”, otherwise the text itself."""
    if not text.startswith("="):
        return _Giving(target=target, words=frozenset({text}), sources=frozenset())
    try:
        parsed = feel.parse(text[1:])
    except FeelError:  # whoever could read it would read every word
        return _Giving(target=target, words=frozenset(re.findall(r'"([^"]*)"', text)), sources=frozenset())
    parts = list(_parts(parsed.node))
    words = frozenset(part.value for part in parts if isinstance(part, syntax.Literal) and isinstance(part.value, str))
    names = {part.name for part in parts if isinstance(part, syntax.Name | syntax.Path)}
    return _Giving(target=target, words=words, sources=frozenset(names - {target}))


def _parts(node: Any) -> Iterator[syntax.Node]:
    """The node and what stands in it, without what is only compared with."""
    if isinstance(node, syntax.Node):
        yield node
        within = [getattr(node, each.name) for each in fields(node)]
        compared = isinstance(node, syntax.Comparison | syntax.Tests)
        for part in within:
            if not (compared and isinstance(part, syntax.Literal)):
                yield from _parts(part)
    elif isinstance(node, syntax.Iterator):
        yield from _parts((node.source, node.end))
    elif isinstance(node, tuple):
        for part in node:
            yield from _parts(part)
