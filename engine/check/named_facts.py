"""What settings name as facts: by their names, and in expressions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from engine import feel
from engine.check.finding import error
from engine.check.policy import Policy
from engine.check.suggestions import meant
from engine.errors import FeelError
from engine.problems import Problem, Thing, ThingKind

_NOBODY = "no form and no mapping gives"


def unknown_facts(
    names: Iterable[str], where: str, policy: Policy, *, besides: Container[str] = ()
) -> Iterator[Problem]:
    """What is to be said of each of the names that no fact has, and none of `besides`.

    A base without diagrams is not judged: its facts are given by those that extend it.
    """
    for name in names if policy.processes else ():
        if name not in policy.known.facts and name not in besides:
            yield _lacking(name, f"{where} names the fact “{name}”, which {_NOBODY}. {_meant(name, policy)}", policy)


def wrong_expression(text: str, where: str, policy: Policy, *, besides: Container[str] = ()) -> Iterator[Problem]:
    """What is to be said of what an expression reads and nothing gives, or for why it cannot be read."""
    try:
        parsed = feel.parse(text)
    except FeelError as problem:
        yield error(policy.place_in_settings(), f"{where} cannot be read: {problem}")
        return
    for name in sorted(parsed.names) if policy.processes else ():
        if name not in besides and not policy.known.has(name, ""):
            yield _lacking(name, f"{where} reads “{name}”, which {_NOBODY}. {_meant(name, policy)}", policy)


def lacking_fact(name: str) -> Thing:
    """What a finding lacks that speaks of a fact which nothing gives."""
    return Thing(kind=ThingKind.FACT, name=name)


def _lacking(name: str, sentence: str, policy: Policy) -> Problem:
    return error(policy.place_in_settings(), sentence, lacks=lacking_fact(name))


def _meant(name: str, policy: Policy) -> str:
    return meant(name, policy.known.everything(""), otherwise="Ask for it in a form, or correct the name.")
