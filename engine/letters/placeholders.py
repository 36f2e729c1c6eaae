"""The placeholders of a letter: `((name))`, `((case.reference))`, `((flag??words shown where the flag is set))` and
`((not flag??words shown where it is not))`.

They are taken out of the text before it is read as Markdown, and leave marks behind; what fills them is put into the
finished tree. So no value is ever read as markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Marks in the text, of characters that stand for nothing and that no letter may hold itself.
FILL = "\ue000"
IF = "\ue001"
STOP = "\ue002"  #: ends the number of a FILL or IF
END_IF = "\ue003"
MARKS = re.compile(f"{FILL}([0-9]+){STOP}|{IF}([0-9]+){STOP}|{END_IF}")

_PATH = re.compile(r"[a-z][a-z0-9_]{0,62}(?:\.[a-z][a-z0-9_]{0,62}){0,5}")
_CONDITION = re.compile(rf"(not +)?({_PATH.pattern})")
_OPEN_OR_CLOSE = re.compile(r"\(\(|\)\)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """Whether something is set, or is not."""

    path: str
    is_negated: bool


def read_condition(words: str) -> Condition | None:
    """`name` or `not name`; None where it is neither."""
    found = _CONDITION.fullmatch(words.strip())
    return Condition(path=found.group(2), is_negated=found.group(1) is not None) if found is not None else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A text whose placeholders have become marks."""

    text: str
    paths: tuple[str, ...]  #: what each numbered mark stands for
    negated: frozenset[int]  #: the numbers of the marks whose words are shown where the path is not set
    conditions: frozenset[str]  #: the paths that decide whether words are shown
    problems: tuple[str, ...]


def mark(text: str) -> Marked:
    """`text` with marks for its placeholders."""
    return _Marking(text).run()


class _Marking:
    def __init__(self, text: str) -> None:
        self._text = text
        self._paths: list[str] = []
        self._negated: set[int] = set()
        self._conditions: set[str] = set()
        self._problems: list[str] = []

    def run(self) -> Marked:
        text = self._text
        if re.search("[\ue000-\uf8ff]", text):
            self._problems.append("It holds characters of no script (private use). Take them out.")
            text = re.sub("[\ue000-\uf8ff]", "", text)
        return Marked(
            text=self._mark(text),
            paths=tuple(self._paths),
            negated=frozenset(self._negated),
            conditions=frozenset(self._conditions),
            problems=tuple(self._problems),
        )

    def _mark(self, text: str) -> str:
        done: list[str] = []
        open_ifs, position = 0, 0
        while (found := _OPEN_OR_CLOSE.search(text, position)) is not None:
            done.append(text[position : found.start()])
            position = found.end()
            if found.group() == "))":
                done.append(END_IF if open_ifs else "))")
                open_ifs -= 1 if open_ifs else 0
                continue
            inside = re.compile(r"[^()?\n]*").match(text, position)
            written = inside.group() if inside else ""
            position += len(written)
            if text.startswith("))", position):
                done.append(self._number(FILL, written))
                position += 2
            elif text.startswith("??", position):
                done.append(self._number(IF, written))
                position += 2
                open_ifs += 1
            else:
                done.append("((" + written)
                self._problems.append(f"“((” is not closed after “{written[:40]}”. Write ((name)) or ((name??words)).")
        if open_ifs:
            self._problems.append("A conditional “((name??words))” is not closed. Write )) at its end.")
        return "".join([*done, text[position:]])

    def _number(self, mark: str, written: str) -> str:
        path = written.strip()
        if mark == IF and (condition := read_condition(path)) is not None and condition.is_negated:
            path = condition.path
            self._negated.add(len(self._paths))
        if not _PATH.fullmatch(path):
            self._problems.append(
                f"(({path[:60]})) is no name of a fact. Write small letters, digits and _, such as ((applicant_name))."
            )
        if mark == IF:
            self._conditions.add(path)
        self._paths.append(path)
        return f"{mark}{len(self._paths) - 1}{STOP}"
