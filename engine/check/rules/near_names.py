"""No two names are a slip of the pen apart: what is meant to be one fact would be two, and nobody would be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from engine.check.finding import Place, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import is_slip
from engine.diagram import EventKind
from engine.forms import Field, Form
from engine.problems import Problem
from engine.variants import SETTINGS_FILE

#: A name, with each place that gives it.
Named = Mapping[str, list[Place]]


def look(policy: Policy) -> Iterator[Problem]:
    mentions = _Mentions(policy)
    yield from _apart(_facts(policy), "The name", mentions)
    yield from _apart(_teams(policy), "The team", mentions)
    yield from _apart(_messages(policy), "The message", mentions)
    for fact, values in _choices(policy).items():
        yield from _apart(values, f"The choice of “{fact}”,", mentions)
    yield from _labelled(policy)


class _Mentions:
    """How often words stand in the files of a folder: of two names, that is meant which stands there more often."""

    def __init__(self, policy: Policy) -> None:
        self._variant = policy.variant

    @cached_property
    def _counted(self) -> Counter[bytes]:
        files = self._variant.files.items()
        texts = (data for file, data in files if file.endswith((".bpmn", ".dmn", ".form", ".md", ".toml")))
        return Counter(word for text in texts for word in re.findall(rb"[A-Za-z]\w*", text))

    def of(self, name: str) -> int:
        return self._counted[name.encode()]


def _apart(named: Named, what: str, mentions: _Mentions) -> Iterator[Problem]:
    """Each pair once, at the place of the one that stands in fewer places."""
    for name, other in _pairs(named):
        rare, often = sorted((name, other), key=lambda each: (mentions.of(each), each))
        place = (named[rare] or named[often])[0]
        yield warning(
            place,
            f"{what} “{rare}” is “{often}” but for a slip of the pen. Is “{often}” meant? Write both alike, or call "
            "one of them something else.",
        )


def _pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that are a slip apart. Such names have the same letters, but for one at most."""
    by_letters: dict[str, list[str]] = {}
    for name in sorted(names):
        letters = sorted(name)
        near = {"".join(letters), *("".join(letters[:at] + letters[at + 1 :]) for at in range(len(letters)))}
        met = {other for key in near for other in by_letters.get(key, ())}
        yield from ((other, name) for other in sorted(met) if is_slip(name, other))
        for key in near:
            by_letters.setdefault(key, []).append(name)


def _facts(policy: Policy) -> Named:
    """Facts, lists, what processes keep and what steps are given, with where each is told."""
    found: dict[str, list[Place]] = {}
    for form, field in _fields(policy):
        found.setdefault(field.key, []).append(_at(form, field))
    for element, _, place in policy.elements():
        told = [mapping.target for mapping in (*element.outputs, *element.inputs)]
        told += [element.properties.get(name, "") for name in ("happened_on", "done_by")]
        for name in (*told, element.result_variable or ""):
            found.setdefault(name, []).append(place)
    for collection in policy.variant.settings.items:
        found.setdefault(collection, []).append(_in_settings(collection))
    return {name: places for name, places in found.items() if name}


def _fields(policy: Policy) -> Iterator[tuple[Form, Field]]:
    for form, question in policy.variant.questions:
        yield from ((form, field) for field in question.fields)


def _in_settings(name: str) -> Place:
    return Place(file=SETTINGS_FILE, element_id=name, element_name=name)


def _at(form: Form, field: Field) -> Place:
    return Place(file=form.file, element_id=field.id, element_name=field.name)


def _teams(policy: Policy) -> Named:
    return {team.id: [_in_settings(team.id)] for team in policy.variant.settings.teams}


def _messages(policy: Policy) -> Named:
    """What is waited for, and what is thrown, with where each is drawn."""
    found: dict[str, list[Place]] = {}
    for element, _, place in policy.elements():
        if element.event is not None and element.event.kind is EventKind.MESSAGE and element.event.name:
            found.setdefault(element.event.name, []).append(place)
    return found


def _choices(policy: Policy) -> Mapping[str, Named]:
    """By fact, what it can be, with the questions that offer it and the steps that give it."""
    found: dict[str, dict[str, list[Place]]] = {}
    for form, field in _fields(policy):
        for option in field.options:
            found.setdefault(field.key, {}).setdefault(option.value, []).append(_at(form, field))
    told: dict[str, list[tuple[str, Place]]] = {}  # by what is told: the sources that tell it
    for element, _, place in policy.elements():
        for mapping in (*element.outputs, *element.inputs):
            told.setdefault(mapping.target, []).append((mapping.source, place))
    for name, possible in policy.values.words.items():
        for word in possible & frozenset(re.findall(r"\w+", " ".join(source for source, _ in told.get(name, ())))):
            places = [place for source, place in told[name] if word in re.findall(r"\w+", source)]
            found.setdefault(name, {}).setdefault(word, []).extend(places)
    return found


def _labelled(policy: Policy) -> Iterator[Problem]:
    """A name or a choice, and a word of its own label."""
    for form, field in _fields(policy):
        named = [(field.key, field.label), *((option.value, option.label) for option in field.options)]
        for name, label in named:
            words = re.findall(r"[a-z]+", label.lower())
            wrong = next(((part, word) for part in name.split("_") for word in words if is_slip(part, word)), None)
            if wrong is not None:
                yield warning(
                    _at(form, field),
                    f"“{name}” is called “{label}”, and “{wrong[0]}” is “{wrong[1]}” but for a slip of the pen. Write "
                    "both alike.",
                )


RULE = Rule(
    name="near-names", summary="No two names of facts, choices, teams or messages are a slip of the pen apart.",
    look=look, needs_variant=True,
)  # fmt: skip
