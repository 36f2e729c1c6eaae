"""What an expression can come to, and what in it does not fit."""

from __future__ import annotations

import pytest

from engine import feel
from engine.calendar import SIGNATURES, Calendar, feel_functions
from engine.check.values.calls import DUE, FUNCTIONS
from engine.check.values.domain import DAY, NUMBER, TEXT, TRUTH, TYPED, Possible, group_of, list_of, texts
from engine.check.values.tracer import trace

_OUTCOME = texts(["done", "not_done"])
_FACTS = {
    "day": DAY,
    "count_of": NUMBER,
    "risk": texts(["yes", "no"]),
    "ticked": TRUTH,
    "typed": TYPED,
    "actions": list_of(group_of({"id": TEXT, "outcome": _OUTCOME.or_null()}, collection="actions")),
}


def _known(name: str) -> Possible | None:
    return _FACTS[name].or_null() if name in _FACTS else None


def _said(expression: str) -> list[str]:
    found: list[str] = []
    trace(feel.parse(expression), _known, lambda slip: found.append(slip.sentence))
    return found


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ('risk = "Yes"', "“Yes” is none of what “risk” can be. Is “yes” meant?"),
        ('risk in ("yes", "nein")', "“nein” is none of what “risk” can be."),
        ('list contains(["yes", "nope"], risk)', "“nope” is none of what “risk” can be."),
        ('actions[outcome = "Done"]', "“Done” is none of what “outcome” can be. Is “done” meant?"),
        ('some a in actions satisfies a.outcome = "x"', "“x” is none of what “a.outcome” can be."),
        ('actions[1].outcome = "x"', "“x” is none of what “outcome” can be."),
        ("actions.outcom", "An item of actions has no “outcom”. Is “outcome” meant?"),
        ("day = 5", "“day”, a day, is compared with 5, and is never equal to it."),
        ('ticked = "true"', "is compared with the text “true”, and is never equal to it."),
        ('day < "2026-01-01"', "There is no order between “day”, a day, and a text."),
        ("day + 2", "which comes to nothing. Write duration"),
        ('"a" + 1', "“+” stands between a text and a number, which comes to nothing."),
        ('if ticked then "0" else count_of', 'One branch of “if” is the text "0", the other a number. Take the quotes'),
        ("if risk then 1 else 2", "What stands after “if” is a text (“risk”), not true or false."),
        ('flatten([[risk], risk])[1] = "x"', "“x” is none of what "),
        ('append(["a"], "b")[1] = "c"', "“c” is none of what this can be."),
        ("ticked and risk", "What stands beside “and” is a text (“risk”), not true or false."),
        ("for a in day return a", "“a” goes through “day”, a day, which is no list."),
        ('date("2026-13-01")', "is null whatever the facts."),
        ('duration("3 weeks")', "null"),
        ('matches("a", "(")', "null"),
        ("[1, 2][3]", "null"),
        ("1 / 0", "null"),
        ("count()", "“count” is given nothing. It takes list (a list)."),
        ('contains("a")', "“contains” is given 1 value."),
        ('contains(string: "a", mtch: "b")', "“contains” has no parameter “mtch”. Is “match” meant?"),
        ("string length(5)", "“string length” does not take a number."),
        ("cuont(actions)", "“cuont” is no function. Is “count” meant?"),
        ("not(risk)", "“not” does not take “risk”, a text."),
        ("working days after(2, day)", "does not take a number and “day”, a day."),
        ("(function(a, b) a + b)(1)", "is given 1 value, and takes 2: a and b."),
    ],
)
def test_what_does_not_fit_is_said_once_with_what_would(expression: str, said: str) -> None:
    (sentence,) = _said(expression)
    assert said in sentence


@pytest.mark.parametrize(
    "expression",
    [
        'risk = "yes" or risk = null',
        'risk != "no"',
        'day != null and day + duration("P2D") > day',
        "working days after(day, 2)",
        "max(day, day) > day",
        'if typed = "" then null else typed',
        'count(actions[outcome = "done"]) > count_of',
        'actions[outcome = "done"].id',
        "for a in actions return {who: a.id, how: a.outcome}",
        'string join(for n in 1..3 return string(n), ", ")',
        'every a in actions satisfies a.outcome in ("done", "not_done", null)',
        "unheard_of = 1",
        "unheard_of.more[item > 2]",
        "sort(actions, function(a, b) a.outcome < b.outcome)",
        'day - day > duration("P1D")',
        'now() > date and time(day, time("10:00:00"))',
        "null",
        'risk = "yes" or (risk != "yes" and ticked)',
        'risk = "yes" and risk != "no"',
        'if ticked then 1 else "none"',
        'get value({a: 1}, "a")',
        "-count_of",
        "typed instance of string",
        'typed between "a" and "b"',
        'day in [@"2026-01-01"..@"2026-12-31"]',
    ],
)
def test_what_fits_is_left_alone(expression: str) -> None:
    assert _said(expression) == []


def test_of_every_function_that_a_policy_may_call_it_is_known_what_it_takes_and_gives() -> None:
    assert FUNCTIONS.keys() == feel.BUILTINS | feel_functions(Calendar()).keys() | {DUE}


def test_functions_that_count_time_take_what_is_declared() -> None:
    functions = feel_functions(Calendar())
    assert {name: tuple(signature.takes) for name, signature in SIGNATURES.items()} == {
        name: function.__wrapped__.__code__.co_varnames[: len(SIGNATURES[name].takes)]  # type: ignore[attr-defined]
        for name, function in functions.items()
    }
