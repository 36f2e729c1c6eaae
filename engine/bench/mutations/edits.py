"""One edit of one file, as a person makes it in the modeller or in a text editor."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

from engine.xml import read_xml


@dataclass(frozen=True, kw_only=True)
class FileEdit:
    """What is done to a file, and where a person would look for it."""

    words: str  #: what was done: 'choice “yes” → “yse”'
    apply: Callable[[bytes], bytes]
    elements: frozenset[str] = frozenset()  #: ids of what it was done to; empty: the file as a whole
    named: frozenset[str] = frozenset()  #: a finding elsewhere that names one of these is at the right place, too


@dataclass(frozen=True, kw_only=True)
class PolicyFile:
    """A file of a policy as it stands in the folder that it comes from."""

    file: str
    data: bytes
    #: the settings, clauses and limits of the same folder, by file
    beside: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @cached_property
    def text(self) -> str:
        return self.data.decode()

    @cached_property
    def root(self) -> etree._Element:
        return read_xml(self.data, name=self.file)

    @cached_property
    def form(self) -> Mapping[str, Any]:
        read: Mapping[str, Any] = json.loads(self.data)
        return read

    def nodes(self, *tags: str) -> Iterator[etree._Element]:
        """Its elements with one of these local names, in document order."""
        wanted = frozenset(tags)
        for node in self.root.iter():
            if isinstance(node.tag, str) and etree.QName(node).localname in wanted:
                yield node


def in_node(
    node: etree._Element, change: Callable[[etree._Element], object], words: str, *named: str, ids: tuple[str, ...] = ()
) -> FileEdit:
    """An edit of one element of an XML file; the nearest elements with an id are where it was made."""
    path = path_to(node)

    def apply(data: bytes) -> bytes:
        root = read_xml(data, name="")
        change(node_at(root, path))
        return etree.tostring(root)

    around = [each.get("id", "") for each in (node, *node.iterancestors())]
    return FileEdit(
        words=words, apply=apply, elements=frozenset({*[id for id in around if id][:3], *ids}), named=frozenset(named)
    )


def path_to(node: etree._Element) -> tuple[int, ...]:
    """Which child of which child it is, from the root on."""
    parent = node.getparent()
    return () if parent is None else (*path_to(parent), parent.index(node))


def node_at(root: etree._Element, path: tuple[int, ...]) -> etree._Element:
    """The element at a path."""
    for at in path:
        root = root[at]
    return root


def in_text(old: str, new: str, words: str, *named: str, at: int) -> FileEdit:
    """An edit of the text `old` that stands at a position of the file."""

    def apply(data: bytes) -> bytes:
        text = data.decode()
        assert text[at : at + len(old)] == old  # noqa: S101
        return (text[:at] + new + text[at + len(old) :]).encode()

    return FileEdit(words=words, apply=apply, named=frozenset(named))


def in_form(path: tuple[Any, ...], change: Callable[[Any], object], words: str, *named: str, id: str = "") -> FileEdit:
    """An edit of what stands at a path of a form."""

    def apply(data: bytes) -> bytes:
        form = json.loads(data)
        place = form
        for step in path:
            place = place[step]
        change(place)
        return json.dumps(form, ensure_ascii=False, indent=2).encode()

    return FileEdit(words=words, apply=apply, elements=frozenset({id} - {""}), named=frozenset(named))


def misspelt(word: str) -> str:
    """The word with two letters changed over, or one too many where it is short."""
    for at in range(len(word) // 2, len(word) - 1):
        if word[at] != word[at + 1] and word[at].isalpha() and word[at + 1].isalpha():
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word + "x"


#: A text that is compared with: a choice.
CHOICE = re.compile(r'(?<![!<>=])(!?= ?)"([a-z][a-z_]*)"')
#: A function that is called, whose name has one word.
CALL = re.compile(r"\b(due|count|contains|today|max|min|sum|append|concatenate)\(")
#: A fact on the left of a comparison.
READ = re.compile(r"\b([a-z]+(?:_[a-z]+)+)\b(?= ?[!<>]?= ?)")


def replaced(match: re.Match[str], group: int, new: str) -> str:
    """The matched text's whole string with one group of the match in other words."""
    text = match.string
    return text[: match.start(group)] + new + text[match.end(group) :]
