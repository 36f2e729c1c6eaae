"""Slips in what diagrams compute: conditions, mappings, days, teams, collections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from engine.bench.mutations.edits import CALL, CHOICE, READ, FileEdit, PolicyFile, in_node, misspelt, replaced
from engine.bench.mutations.kind import EditKind, Look

_TEXT = "text"
_Rewrite = Callable[[str], Iterator[tuple[str, str, str]]]  #: an expression → (the other one, what was, what it is)


def _set(attribute: str, value: str) -> Callable[[etree._Element], None]:
    def change(node: etree._Element) -> None:
        if attribute == _TEXT:
            node.text = value
        else:
            node.set(attribute, value)

    return change


def _in_expressions(tags: tuple[str, ...], attribute: str, rewrite: _Rewrite, **with_values: str) -> Look:
    """Every expression that stands in these elements, written otherwise in each way that there is."""

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for node in source.nodes(*tags):
            text = (node.text if attribute == _TEXT else node.get(attribute)) or ""
            if not text.startswith("=") or any(node.get(name) != value for name, value in with_values.items()):
                continue
            for other, was, now in rewrite(text):
                yield in_node(node, _set(attribute, other), f"“{was}” → “{now}” in {text[:80]}", was, now)

    return look


def _choice(text: str) -> Iterator[tuple[str, str, str]]:
    for match in CHOICE.finditer(text):
        wrong = misspelt(match[2])
        yield replaced(match, 2, wrong), match[2], wrong


def _fact(text: str) -> Iterator[tuple[str, str, str]]:
    for match in READ.finditer(text):
        wrong = misspelt(match[1])
        yield replaced(match, 1, wrong), match[1], wrong


def _function(text: str) -> Iterator[tuple[str, str, str]]:
    for match in CALL.finditer(text):
        wrong = misspelt(match[1])
        yield replaced(match, 1, wrong), match[1], wrong


def _arguments(text: str) -> Iterator[tuple[str, str, str]]:
    for match in CALL.finditer(text):
        yield text[: match.end()] + '"x", 1, 2, 3, ' + text[match.end() :], match[1], "too many arguments"


def _choice_as_yes(text: str) -> Iterator[tuple[str, str, str]]:
    for match in CHOICE.finditer(text):
        if match[2] in ("yes", "no"):
            yield text[: match.start(2) - 1] + "true" + text[match.end(2) + 1 :], f'"{match[2]}"', "true"


def _yes_as_choice(text: str) -> Iterator[tuple[str, str, str]]:
    for match in re.finditer(r"= (true|false)\b", text):
        yield text[: match.start(1)] + f'"{match[1]}"' + text[match.end(1) :], match[1], f'"{match[1]}"'


def _choice_as_number(text: str) -> Iterator[tuple[str, str, str]]:
    for match in CHOICE.finditer(text):
        yield text[: match.start(2) - 1] + "3" + text[match.end(2) + 1 :], f'"{match[2]}"', "3"


def _ordered(text: str) -> Iterator[tuple[str, str, str]]:
    for match in CHOICE.finditer(text):
        if match[1].startswith("="):
            yield text[: match.start(1)] + '> 3 and "' + match[2] + '" > 3' + text[match.end(2) + 1 :], match[0], "> 3"


def _never(text: str) -> Iterator[tuple[str, str, str]]:
    for match in CHOICE.finditer(text):
        if match[1].startswith("=") and (name := re.search(r"([a-z_.]+) $", text[: match.start()])):
            yield f'={name[1]} = "{match[2]}" and {name[1]} != "{match[2]}"', text, "never true"
            return


def _always(text: str) -> Iterator[tuple[str, str, str]]:
    for match in CHOICE.finditer(text):
        if match[1].startswith("=") and (name := re.search(r"([a-z_.]+) $", text[: match.start()])):
            yield f'={name[1]} = "{match[2]}" or {name[1]} != "{match[2]}" or {name[1]} = null', text, "always true"
            return


def _no_yes_or_no(text: str) -> Iterator[tuple[str, str, str]]:
    name = READ.search(text)
    if name:
        yield f"={name[1]}", text, name[1]


def _whole(new: str) -> _Rewrite:
    def rewrite(text: str) -> Iterator[tuple[str, str, str]]:
        yield new, text, new

    return rewrite


def _entry(text: str) -> Iterator[tuple[str, str, str]]:
    for match in re.finditer(r"\b[a-z_]+\.([a-z_]+)\b", text):
        wrong = misspelt(match[1])
        yield replaced(match, 1, wrong), match[1], wrong


def _limit(text: str) -> Iterator[tuple[str, str, str]]:
    for match in re.finditer(r'due\("([^"]+)"', text):
        wrong = misspelt(match[1])
        yield replaced(match, 1, wrong), match[1], wrong


def _bracket(text: str) -> Iterator[tuple[str, str, str]]:
    if ")" in text:
        at = text.rindex(")")
        yield text[:at] + text[at + 1 :], ")", "no bracket"


def _collection_filtered_by_unknown(text: str) -> Iterator[tuple[str, str, str]]:
    yield f'{text}[nobody_knows = "x"]', text, "nobody_knows"


def _quoted(text: str) -> Iterator[tuple[str, str, str]]:
    for match in re.finditer(r'"([a-z_]+)"', text):
        wrong = misspelt(match[1])
        yield replaced(match, 1, wrong), match[1], wrong


def _misspelt(text: str) -> Iterator[tuple[str, str, str]]:
    yield "=" + misspelt(text[1:]), text, misspelt(text[1:])


_CONDITION = (("conditionExpression",), _TEXT)
_SOURCE = (("input", "output"), "source")
_DUE = (("taskSchedule",), "dueDate")
_GROUPS = (("assignmentDefinition",), "candidateGroups")
_TIMER = (("timeDate", "timeDuration", "timeCycle"), _TEXT)
_COLLECTION = (("loopCharacteristics",), "inputCollection")
_SCRIPT = (("script",), "expression")
_GUARDED = (("property",), "value")

_SLIPS: tuple[tuple[str, tuple[tuple[str, ...], str], _Rewrite], ...] = (
    ("condition: choice misspelt", _CONDITION, _choice),
    ("condition: fact misspelt", _CONDITION, _fact),
    ("condition: entry misspelt", _CONDITION, _entry),
    ("condition: text compared with true", _CONDITION, _choice_as_yes),
    ("condition: yes or no compared with text", _CONDITION, _yes_as_choice),
    ("condition: text compared with a number", _CONDITION, _choice_as_number),
    ("condition: choice ordered", _CONDITION, _ordered),
    ("condition: never true", _CONDITION, _never),
    ("condition: always true", _CONDITION, _always),
    ("condition: no yes or no", _CONDITION, _no_yes_or_no),
    ("mapping: choice misspelt", _SOURCE, _choice),
    ("mapping: fact misspelt", _SOURCE, _fact),
    ("mapping: entry misspelt", _SOURCE, _entry),
    ("mapping: function misspelt", _SOURCE, _function),
    ("mapping: too many arguments", _SOURCE, _arguments),
    ("mapping: yes or no compared with text", _SOURCE, _yes_as_choice),
    ("mapping: bracket missing", _SOURCE, _bracket),
    ("due date: limit misspelt", _DUE, _limit),
    ("due date: function misspelt", _DUE, _function),
    ("due date: too many arguments", _DUE, _arguments),
    ("due date: a text", _DUE, _whole('="soon"')),
    ("due date: a number", _DUE, _whole("=5")),
    ("due date: a fact that is a text", _DUE, _whole("=victim_name")),
    ("due date: a duration", _DUE, _whole('=duration("P5D")')),
    ("team: misspelt in what is computed", _GROUPS, _quoted),
    ("team: a fact that is a name", _GROUPS, _whole("=victim_name")),
    ("timer: a duration for a day", (("timeDate",), _TEXT), _whole('=duration("P3D")')),
    ("timer: a number", _TIMER, _whole("=3")),
    ("timer: function misspelt", _TIMER, _function),
    ("timer: limit misspelt", _TIMER, _limit),
    ("collection: a single fact", _COLLECTION, _whole("=victim_name")),
    ("collection: misspelt", _COLLECTION, _misspelt),
    ("collection: filtered by what nobody knows", _COLLECTION, _collection_filtered_by_unknown),
    ("script: choice misspelt", _SCRIPT, _choice),
    ("script: fact misspelt", _SCRIPT, _fact),
    ("script: text for a number", _SCRIPT, _whole('="one"')),
    ("property: choice misspelt", _GUARDED, _choice),
    ("property: fact misspelt", _GUARDED, _fact),
)


KINDS = tuple(
    EditKind(name=name, ending=".bpmn", look=_in_expressions(tags, attribute, rewrite))
    for name, (tags, attribute), rewrite in _SLIPS
)
