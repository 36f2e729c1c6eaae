"""Nothing of Python can be reached from an expression, and no text makes the parser raise anything but a FeelError."""

import ast
import operator
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import engine.feel
from engine.errors import BadInputError
from engine.feel import (
    BUILTINS,
    FeelError,
    FeelFunction,
    FeelSyntaxError,
    dump,
    evaluate,
    load,
    parse,
    parse_unary_tests,
)


class Foreign:
    """An object that must never be touched."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was read")


NOTHING = [
    '"".__class__',
    "x.__class__",
    "x.real",
    "x.as_tuple",
    "d.today",
    "d.__class__.__mro__",
    "l.__len__[1]",
    "l.append[1]",
    "c.keys",
    "c.__getitem__",
    "f.invoke",
    "f.__globals__",
    "count.invoke",
    "count.__class__",
    '@"P1D".total_seconds',
    "[1..2].__class__",
    'get value(c, "__class__")',
    'get value(c, ["keys", "__self__"])',
    "__builtins__",
    "__import__",
    '__import__("os")',
    'eval("1")',
    'open("/etc/passwd")',
    'getattr(x, "real")',
    "globals()",
    "self",
    "run",
    "frame",
    "[1][item.__class__ != null][1].__class__",
    "(for i in [1] return i.__class__)[1]",
    "(function(a) a.__class__)(1)",
]


@pytest.mark.parametrize("expression", NOTHING)
def test_an_attribute_of_python_is_null(expression: str) -> None:
    context = {"x": 5, "d": date(2026, 1, 1), "l": [1], "c": {"a": 1}, "f": evaluate("function(a) a")}
    assert evaluate(expression, context) is None


FOREIGN = {
    "an object": Foreign(),
    "a list of one": [Foreign()],
    "one in contexts": {"a": {"b": Foreign()}},
    "bytes": b"bytes",
    "a set": {1, 2},
    "a function": len,
    "a class": Decimal,
    "a complex number": 1j,
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_object_is_refused_and_never_touched(kind: str) -> None:
    value = FOREIGN[kind]
    with pytest.raises(FeelError, match="'x' holds something"):
        evaluate("x.a", {"x": value})
    with pytest.raises(FeelError, match="holds something"):
        parse_unary_tests("1").matches(value, {})


def test_a_foreign_object_that_is_not_read_does_no_harm() -> None:
    assert evaluate("y", {"x": Foreign(), "y": 1}) == 1


@pytest.mark.parametrize(
    "key", ["", " ", "\n", 'half "quote', "/* open", "a" * 60_000, "1", "?", "in", "\ud800", "a\x00b"]
)
def test_a_context_with_a_strange_key_does_no_harm(key: str) -> None:
    assert evaluate("a.b + 1", {key: 5, "a": {"b": 1, key: 2}}) == 2


def test_a_context_whose_keys_are_no_texts_is_refused() -> None:
    assert evaluate("a", {1: 2, "a": 3}) == 3  # type: ignore[dict-item]  # what is wrong with it is the point
    with pytest.raises(FeelError, match="a key that is not a text"):
        evaluate("a", {"a": {1: 2}})


def test_a_list_that_holds_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(FeelError, match="too deeply"):
        evaluate("x", {"x": endless})


class Facts(Mapping[str, Any]):
    """A scope that notes what is read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __getitem__(self, name: str) -> Any:
        self.read.append(name)
        return {"a": 1, "b": 2, "heavy": [1] * 1000}[name]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("a scope is not to be listed")

    def __len__(self) -> int:
        raise AssertionError("a scope is not to be listed")


def test_only_the_names_that_are_needed_are_read() -> None:
    facts = Facts()
    assert parse("if a = 1 then b else heavy").evaluate(facts) == 2
    assert facts.read == ["a", "b"]


def test_a_fact_is_admitted_once_however_often_it_is_read() -> None:
    facts = Facts()
    assert parse("every i in 1..50 satisfies count(heavy) = 1000").evaluate(facts) is True


def test_values_of_the_scope_are_never_changed() -> None:
    scope = {"l": [3, 1, 2], "c": {"a": 1}}
    evaluate('[append(l, 4), sort(l, before), reverse(l), context put(c, "b", 2), remove(l, 1)]', scope)
    assert scope == {"l": [3, 1, 2], "c": {"a": 1}}


# the host's functions


def test_a_host_function_takes_arguments_by_place_and_by_name() -> None:
    functions = {"working days after": lambda days, start: (days, start)}
    assert evaluate("working days after(1, 2)", functions=functions) == [1, 2]
    assert evaluate("working days after(start: 1, days: 2)", functions=functions) == [2, 1]
    assert evaluate("(for i in [1] return working days after(i, i))[1]", functions=functions) == [1, 1]


def test_a_host_function_that_fails_is_an_error_and_not_null() -> None:
    def refuse(name: Any) -> Any:
        raise FeelError(f"There is no limit '{name}'.", expression="due")

    def tell(name: Any) -> Any:
        raise BadInputError("The date is missing.")

    with pytest.raises(FeelError, match="There is no limit 'x'"):
        evaluate('due("x")', functions={"due": refuse})
    with pytest.raises(FeelError, match="'due' failed: The date is missing"):
        evaluate('due("x")', functions={"due": tell})
    with pytest.raises(FeelError, match="'due' failed"):
        evaluate('due("x")', functions={"due": lambda name: 1 // 0})
    with pytest.raises(FeelError, match="cannot be called"):
        evaluate("due()", functions={"due": refuse})
    with pytest.raises(FeelError, match="'due' holds something"):
        evaluate('due("x")', functions={"due": lambda name: object()})


def test_a_function_in_the_scope_is_called_by_place_and_by_name() -> None:
    scope = {"Net price": FeelFunction.of_host("Net price", ("gross", "rate"), lambda gross, rate: gross - rate)}
    expression = parse("[Net price(10, 2), Net price(rate: 3, gross: 10)]", scope)
    assert expression.evaluate(scope) == [8, 7]


# any text


FRAGMENTS = (
    *(
        "1",
        "a",
        " ",
        '"x"',
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        ".",
        "..",
        "+",
        "-",
        "*",
        "**",
        "/",
        "=",
        "!=",
        "<",
    ),
    *(" in ", " and ", " or ", "not(", " if ", " then ", " else ", " for ", " return ", " some ", " satisfies ", "?"),
    *(" between ", " instance of ", "function(", "@", '@"P1D"', "null", "true", "count(", "sort(", "//", "/*", "\\"),
    *("list<", ">", "->", "partial", "item", "1..3", "date and time(", 'matches("a",', "\ud800", "\x00", "\u00e9"),
)
fragments = st.sampled_from(FRAGMENTS)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=30), st.lists(fragments, max_size=14).map("".join)))
@example("a in (b in (c))")
@example("1 instance of")
@example("{a:function(b)b")
def test_any_text_gives_a_value_or_a_feel_error(text: str) -> None:
    context = {"a": 2, "x": [1, {"a": 1}]}
    with suppress(FeelError):
        evaluate(text, context)
    with suppress(FeelError):
        parse_unary_tests(text).matches(2, context)


ARGUMENTS = (
    *("null", "-1", "0", "1.5", "10**300", "1/10**300", '""', '"a"', '"\ud800"', "[]", "[1, null]", "{}", "{a: 1}"),
    *("[1..5]", "(< 3)", "function(a, b) a < b", "function() 1", "before", "true", "[[1, 2], [3]]", "[1..null]"),
    *('@"2026-01-01"', '@"9999-12-31"', '@"0001-01-01T00:00:00+14:00"', '@"9999-12-31T23:00:00@Europe/London"'),
    *('@"10:00:00"', '@"10:00:00@Europe/London"', '@"P1Y"', '@"-P1D"', '@"P999999999D"'),
)

SIGNS = ("+", "-", "*", "/", "**", "=", "<", ">=", "in", "and")


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(BUILTINS)), st.lists(st.sampled_from(ARGUMENTS), max_size=4))
def test_any_function_takes_any_arguments_and_answers_with_a_value_or_a_feel_error(
    name: str, arguments: list[str]
) -> None:
    with suppress(FeelError):
        kept = dump(evaluate(f"{name}({', '.join(arguments)})", now=datetime(2026, 1, 1, tzinfo=UTC)))
        assert dump(load(kept)) == kept


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ARGUMENTS), st.sampled_from(SIGNS), st.sampled_from(ARGUMENTS))
def test_any_operator_takes_any_operands(left: str, sign: str, right: str) -> None:
    with suppress(FeelError):
        dump(evaluate(f"{left} {sign} {right}"))


@settings(max_examples=200, deadline=None)
@given(st.lists(fragments, max_size=14).map("".join))
def test_the_place_of_a_syntax_error_lies_in_the_text(text: str) -> None:
    places = [0]
    try:
        parse(text)
    except FeelSyntaxError as error:
        places.append(-1 if error.position is None else error.position)
    assert 0 <= places[-1] <= len(text)


@settings(max_examples=200, deadline=None)
@given(
    st.decimals(-(10**15), 10**15, places=4),
    st.decimals(-(10**15), 10**15, places=4),
    st.sampled_from(["+", "-", "*", "/"]),
)
def test_arithmetic_is_exact_to_34_digits(left: Decimal, right: Decimal, sign: str) -> None:
    with localcontext() as context:
        context.prec = 34
        if sign == "/":
            expected = left / right if right else None
        else:
            expected = {"+": operator.add, "-": operator.sub, "*": operator.mul}[sign](left, right)
    assert evaluate(f"a {sign} b", {"a": left, "b": right}) == expected


def test_the_package_uses_no_eval_and_reads_no_attribute_by_name() -> None:
    for path in Path(engine.feel.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                # analysis.py walks the syntax tree's own fields
                forbidden = {"eval", "exec", "compile", "__import__", "setattr", "vars"}
                forbidden |= set() if path.name == "analysis.py" else {"getattr"}
                assert node.func.id not in forbidden, f"{path.name}:{node.lineno}"
