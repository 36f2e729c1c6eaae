"""Letters and pages: by paragraph, and by the keys of what stands above the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import tomlkit

from engine.errors import BadInputError
from engine.toml import read_toml
from engine.variants.merge.inquiry import Inquiry, Side
from engine.variants.merge.toml_text import write_changes
from engine.variants.merge.values import asker, merge_values

_FRONT_MATTER = re.compile(r"\A\ufeff?\+\+\+\n(.*?)^\+\+\+\n", re.DOTALL | re.MULTILINE)


def merge_texts(file: str, old: bytes, own: bytes, new: bytes, inquiry: Inquiry) -> bytes:
    """The text that holds. Raises BadInputError where one of the three is no text."""
    (old_head, old_text), (own_head, own_text), (new_head, new_text) = (_parts(file, each) for each in (old, own, new))
    head = _merge_heads(file, old_head, own_head, new_head, inquiry)
    text = _merge_paragraphs(file, _paragraphs(old_text), _paragraphs(own_text), _paragraphs(new_text), inquiry)
    front = f"+++\n{head}+++\n" if head else ""
    return f"{front}{text}\n".encode()


def _parts(file: str, data: bytes) -> tuple[str, str]:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadInputError(f"{file} is no text in UTF-8.") from None
    found = _FRONT_MATTER.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _merge_heads(file: str, old: str, own: str, new: str, inquiry: Inquiry) -> str:
    tables = (read_toml(old, name=file), read_toml(own, name=file), read_toml(new, name=file))

    def say(path: tuple[str, ...]) -> str:
        return f"{file}, {'.'.join(path)}"

    merged = merge_values((), tables, asker(inquiry, file, say), lambda *_: None)
    if merged == tables[1]:
        return own
    document = tomlkit.parse(own)
    write_changes(document, tables[1], merged)
    return tomlkit.dumps(document)


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def _merge_paragraphs(file: str, old: list[str], own: list[str], new: list[str], inquiry: Inquiry) -> str:
    merged: list[str] = []
    for before, mine, theirs in _chunks(old, own, new):
        if mine == theirs or before == theirs:
            merged += mine
        elif before == mine:
            merged += theirs
        else:
            values = ("\n\n".join(before), "\n\n".join(mine), "\n\n".join(theirs))
            side = inquiry.ask_about(f"{file}:paragraph {len(merged) + 1}", file, f"{file}, a paragraph", values)
            merged += mine if side is Side.OWN else theirs
    return "\n\n".join(merged)


def _chunks(
    old: Sequence[str], own: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """The text cut at the paragraphs that all three have, each of these a piece of its own."""
    mine, theirs = _matches(old, own), _matches(old, new)
    i, j, k = 0, 0, 0
    for place in sorted(mine.keys() & theirs.keys()):
        if (i, j, k) != (place, mine[place], theirs[place]):
            yield old[i:place], own[j : mine[place]], new[k : theirs[place]]
        yield old[place : place + 1], own[mine[place] : mine[place] + 1], new[theirs[place] : theirs[place] + 1]
        i, j, k = place + 1, mine[place] + 1, theirs[place] + 1
    if (i, j, k) != (len(old), len(own), len(new)):
        yield old[i:], own[j:], new[k:]


def _matches(old: Sequence[str], side: Sequence[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    for block in SequenceMatcher(
        a=[_words(each) for each in old], b=[_words(each) for each in side], autojunk=False
    ).get_matching_blocks():
        found |= {block.a + n: block.b + n for n in range(block.size)}
    return found


def _words(paragraph: str) -> str:
    return " ".join(paragraph.split())
