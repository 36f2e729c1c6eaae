"""A letter of a variant's letter set: front matter and Markdown with placeholders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.errors import BadInputError
from engine.letters.blocks import Block
from engine.letters.markdown import MarkdownReader
from engine.letters.placeholders import mark
from engine.toml import read_toml

#: Largest letter read, in bytes.
MAX_BYTES = 200_000

_LETTER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_FRONT_MATTER = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEYS = frozenset({"id", "title", "to", "clauses"})


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as it was written, its placeholders still open."""

    id: str  #: "CT1"
    file: str
    title: str  #: what it is about; the subject of the email and the heading of the page
    to: str  #: who gets it, in words
    clauses: tuple[str, ...]
    body: tuple[Block, ...] = field(repr=False)
    placeholders: tuple[str, ...]  #: every name or path that it reads, in order, each once
    conditions: frozenset[str]  #: those that decide whether words are shown
    problems: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The root names of its placeholders: `case` for `((case.reference))`."""
        return frozenset(path.partition(".")[0] for path in self.placeholders)


def read_letter(data: bytes, *, file: str) -> Letter:
    """The letter in `data`. `file` is what the reader calls it.

    Raises BadInputError where it has no usable front matter; everything else that is wrong is in `Letter.problems`.
    """
    if len(data) > MAX_BYTES:
        raise BadInputError(f"{file} has {len(data):,} bytes; at most {MAX_BYTES:,} are read. Make it shorter.")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadInputError(f"{file} is no text in UTF-8. Save it again as UTF-8.") from None
    found = _FRONT_MATTER.match(text)
    if found is None:
        raise BadInputError(f"{file} does not say what letter it is. Begin it with +++, id, title and +++ again.")
    front = read_toml(found.group(1), name=f"the beginning of {file}")
    letter_id, title = front.get("id"), front.get("title")
    if not isinstance(letter_id, str) or not _LETTER_ID.fullmatch(letter_id):
        raise BadInputError(f'{file} has no usable id. Write id = "CT1" or the like between the lines of +++.')
    if not isinstance(title, str) or not title.strip():
        raise BadInputError(f'{file} has no title. Write title = "…" between the lines of +++.')
    marked = mark(text[found.end() :])
    reader = MarkdownReader(marked)
    body = reader.read()
    problems = [*_front_problems(front), *reader.problems, *([] if body else ["The letter says nothing. Write it."])]
    return Letter(
        id=letter_id,
        file=file,
        title=" ".join(title.split()),
        to=front["to"] if isinstance(front.get("to"), str) else "",
        clauses=tuple(str(clause) for clause in _list(front.get("clauses"))),
        body=body,
        placeholders=tuple(dict.fromkeys(marked.paths)),
        conditions=marked.conditions,
        problems=tuple(problems),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _front_problems(front: dict[str, object]) -> list[str]:
    problems = [f"“{key[:40]}” is not read. Known are: id, title, to, clauses." for key in front if key not in _KEYS]
    if not isinstance(front.get("to", ""), str):
        problems.append("“to” is no text. Say in words who gets the letter.")
    if not isinstance(front.get("clauses", []), list):
        problems.append('“clauses” is no list. Write clauses = ["H11.1"].')
    if "((" in str(front.get("title", "")):
        problems.append("The title holds a placeholder, which is not filled. Take it out.")
    return problems
