"""A letter of a variant's letter set: front matter and Markdown with placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.errors import BadInputError
from engine.letters.blocks import Block
from engine.letters.markdown import MarkdownReader
from engine.letters.placeholders import Condition, mark, read_condition
from engine.toml import read_toml
from engine.words import listed

#: Largest letter read, in bytes.
MAX_BYTES = 200_000

_LETTER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_FRONT_MATTER = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEYS = frozenset({"id", "title", "titles", "to", "clauses"})


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as it was written, its placeholders still open."""

    id: str  #: "CT1"
    file: str
    title: str  #: what it is about; the subject of the email and the heading of the page
    titles: tuple[tuple[Condition, str], ...]  #: others, each where its condition holds; the first that holds
    to: str  #: who gets it, in words
    roles: tuple[str, ...]  #: the roles of the people of the case who each get one; () where `to` is words alone
    clauses: tuple[str, ...]
    body: tuple[Block, ...] = field(repr=False)
    placeholders: tuple[str, ...]  #: every name or path that it reads, in order, each once
    conditions: frozenset[str]  #: those that decide whether words are shown
    problems: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The root names of what it reads: `case` for `((case.reference))`."""
        paths = (*self.placeholders, *(condition.path for condition, _ in self.titles))
        return frozenset(path.partition(".")[0] for path in paths)


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
    roles = tuple(str(role) for role in _list(front.get("to")))
    problems = [*_front_problems(front), *reader.problems, *([] if body else ["The letter says nothing. Write it."])]
    return Letter(
        id=letter_id,
        file=file,
        title=" ".join(title.split()),
        titles=tuple(_titles(front.get("titles", {}), problems)),
        to=front["to"] if isinstance(front.get("to"), str) else listed([f"the {role}" for role in roles]),
        roles=roles,
        clauses=tuple(str(clause) for clause in _list(front.get("clauses"))),
        body=body,
        placeholders=tuple(dict.fromkeys(marked.paths)),
        conditions=marked.conditions,
        problems=tuple(problems),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _titles(written: object, problems: list[str]) -> Iterator[tuple[Condition, str]]:
    for name, title in (written if isinstance(written, dict) else {"": ""}).items():
        condition = read_condition(name)
        if condition is not None and isinstance(title, str) and title.strip() and "((" not in title:
            yield condition, " ".join(title.split())
        else:
            problems.append('“titles” is not understood. Write titles = { is_urgent = "…", "not to_applicant" = "…" }.')


def _front_problems(front: dict[str, object]) -> list[str]:
    problems = [
        f"“{key[:40]}” is not read. Known are: id, title, titles, to, clauses." for key in front if key not in _KEYS
    ]
    to = front.get("to", "")
    if not isinstance(to, str) and not (isinstance(to, list) and to and all(isinstance(role, str) for role in to)):
        problems.append('“to” is neither words nor a list of roles. Write to = ["applicant", "victim"] or to = "…".')
    if not isinstance(front.get("clauses", []), list):
        problems.append('“clauses” is no list. Write clauses = ["H11.1"].')
    if "((" in str(front.get("title", "")):
        problems.append("The title holds a placeholder, which is not filled. Take it out.")
    return problems
