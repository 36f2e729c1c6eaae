"""The parts of an expression that stand by themselves: values, names, brackets, `if`, `for`, `function`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, TypeVar

from engine.feel import syntax
from engine.feel.cursor import Cursor, describe
from engine.feel.lexer import Lexeme, unquote
from engine.feel.numbers import literal_number
from engine.feel.syntax import Node, OwnType, TypeOf
from engine.feel.temporal import read_temporal
from engine.feel.type_reader import read_type

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
#: as `strength`: only a value with what follows it, no operator
TIGHTEST = 7
_CONSTANTS = {"true": True, "false": False, "null": None}
_Read = TypeVar("_Read")


class OperandReader(Cursor, ABC):
    """Reads operands; operators are for the parser that inherits."""

    def __init__(self, text: str, names: Iterable[str], types: Mapping[str, OwnType] | None = None) -> None:
        super().__init__(text, names, types or {})
        #: how often `?` has been read so far
        self.inputs_read = 0
        # `[1..n[`: the bracket after n closes the range and begins no filter
        self._in_range_end = False

    @abstractmethod
    def expression(self, strength: int = 0, begun: Node | None = None) -> Node: ...

    def inside(self, read: Callable[[], _Read]) -> _Read:
        """Read something within brackets of its own."""
        before, self._in_range_end = self._in_range_end, False
        found = read()
        self._in_range_end = before
        return found

    def prefix(self) -> Node:
        """Read one operand, without what follows it."""
        token = self.token
        if token.kind == "number":
            self.index += 1
            return syntax.Literal(position=token.position, value=literal_number(token.text, self.text, token.position))
        if token.kind == "string":
            self.index += 1
            return syntax.Literal(position=token.position, value=unquote(token, self.text))
        if token.kind == "name":
            return self._named(token)
        reader = self._SIGNS.get(token.text) if token.kind == "sign" else None
        if reader is None:
            self.fail(f"Here a value is expected, not {describe(token)}.")
        return reader(self, token)  # type: ignore[misc]  # fail() never returns

    def _named(self, token: Lexeme) -> Node:
        if self.known_here() is None:
            word, position = token.text, token.position
            if word in _CONSTANTS:
                self.index += 1
                return syntax.Literal(position=position, value=_CONSTANTS[word])
            reader = self._KEYWORDS.get(word)
            if reader is not None:
                self.index += 1
                return reader(self, token)
            if word == "function" and self.ahead().text == "(":
                self.index += 2
                return self.inside(lambda: self._function(token))
        name = self.name("a name")
        if name == "?":
            self.inputs_read += 1
        return syntax.Name(position=token.position, name=name)

    # signs

    def _minus(self, token: Lexeme) -> Node:
        self.index += 1
        return syntax.Negation(position=token.position, operand=self.expression(TIGHTEST))

    def _at(self, token: Lexeme) -> Node:
        self.index += 1
        written = self.token
        if written.kind != "string":
            self.fail('After @ a date, time or duration in quotes is expected, as in @"2026-01-31".')
        value = read_temporal(unquote(written, self.text))
        if value is None:
            self.fail(f"@{written.text[:60]} is not a date, time or duration.")
        self.index += 1
        return syntax.Literal(position=token.position, value=value)

    def _round(self, token: Lexeme) -> Node:
        self.index += 1
        if self.token.kind == "sign" and self.token.text in COMPARISONS:
            return self.inside(lambda: self._closed(self.open_range(token)))
        node = self.inside(self.expression)
        if self.at(".."):
            return self.range_from(node, "(")
        self.expect(")", "it closes the bracket")
        return node

    def _closed(self, range_: Node) -> Node:
        self.expect(")", "it closes the range")
        return range_

    def open_range(self, token: Lexeme) -> Node:
        """Read a range of one end, as in `> 5`, or one that is written with `=` or `!=`."""
        operator = self.token.text
        self.index += 1
        end = self.expression(3)
        above, below = operator not in ("<", "<="), operator not in (">", ">=")
        included = operator in ("<=", ">=", "=")
        return syntax.RangeOf(
            position=token.position,
            start=end if above else None,
            end=end if below else None,
            start_included=above and included,
            end_included=below and included,
            sign=operator if above and below else "",
        )

    def _square(self, token: Lexeme) -> Node:
        self.index += 1
        if self.take("]"):
            return syntax.ListOf(position=token.position, items=())
        first = self.inside(self.expression)
        if self.at(".."):
            return self.range_from(first, "[")
        items = [first]
        while self.take(","):
            items.append(self.inside(self.expression))
        self.expect("]", "it closes the list")
        return syntax.ListOf(position=token.position, items=tuple(items))

    def _reversed_square(self, _token: Lexeme) -> Node:
        self.index += 1
        start = self.inside(self.expression)
        if not self.at(".."):
            self.fail("Here '..' is missing: ']' before a value begins a range, as in ]1..5].")
        return self.range_from(start, "]")

    def range_from(self, start: Node, opening: str) -> Node:
        """Read the rest of a range, from its `..` on."""
        self.expect("..", "a range has two ends, as in [1..5]")
        before, self._in_range_end = self._in_range_end, True
        end = self.expression(3)
        self._in_range_end = before
        closing = self.token.text
        if self.token.kind != "sign" or closing not in ("]", ")", "["):
            self.fail("Here the range must be closed with ] or ).")
        self.index += 1
        return syntax.RangeOf(
            position=start.position,
            start=start,
            end=end,
            start_included=opening == "[",
            end_included=closing == "]",
        )

    def _curly(self, token: Lexeme) -> Node:
        self.index += 1
        entries = self.inside(self._entries)
        self.expect("}", "it closes the context")
        return syntax.ContextOf(position=token.position, entries=tuple(entries))

    def _entries(self) -> list[tuple[str, Node]]:
        entries: list[tuple[str, Node]] = []
        seen: set[str] = set()
        while not self.at("}"):
            position = self.position
            if self.token.kind == "string":
                key = unquote(self.token, self.text)
                self.index += 1
            else:
                key = self.name_before(":", "the name of a context's entry, then ':'")
            if key in seen:
                self.fail(f"The context has two entries named '{key[:60]}'.", position)
            seen.add(key)
            self.expect(":", "a value follows the entry's name")
            entries.append((key, self.expression()))
            self.know(key)
            if not self.take(","):
                break
        return entries

    # words

    def _if(self, token: Lexeme) -> Node:
        condition = self.inside(self.expression)
        self.expect("then", "write if … then … else …")
        then = self.inside(self.expression)
        self.expect("else", "write if … then … else …")
        return syntax.If(position=token.position, condition=condition, then=then, otherwise=self.expression())

    def _for(self, token: Lexeme) -> Node:
        iterators = self.inside(self._iterators)
        self.expect("return", "write for … in … return …")
        return syntax.For(position=token.position, iterators=iterators, body=self.expression())

    def _quantified(self, token: Lexeme) -> Node:
        iterators = self.inside(self._iterators)
        self.expect("satisfies", f"write {token.text} … in … satisfies …")
        every = token.text == "every"
        return syntax.Quantified(position=token.position, every=every, iterators=iterators, body=self.expression())

    def _iterators(self) -> tuple[syntax.Iterator, ...]:
        iterators: list[syntax.Iterator] = []
        while True:
            name = self.name_before("in", "a name, then 'in'")
            self.expect("in", "it stands between the name and the list")
            source = self.expression()
            end = self.expression() if self.take("..") else None
            iterators.append(syntax.Iterator(name=name, source=source, end=end))
            self.know(name)
            if not self.take(","):
                return tuple(iterators)

    def _function(self, token: Lexeme) -> Node:
        parameters: list[tuple[str, TypeOf | None]] = []
        while not self.at(")"):
            name = self.name("the name of a parameter")
            parameters.append((name, read_type(self) if self.take(":") else None))
            self.know(name)
            if not self.take(","):
                break
        self.expect(")", "it closes the parameters")
        if self.at_word("external"):
            self.fail("External functions are not run here. Write the function in FEEL.")
        return syntax.FunctionOf(position=token.position, parameters=tuple(parameters), body=self.expression())

    # what follows an operand

    def postfix(self, node: Node) -> Node:
        """Read the paths, filters and arguments that follow an operand."""
        depth = self.depth
        while self.token.kind == "sign":
            sign = self.token.text
            if sign == ".":
                self.index += 1
                node = syntax.Path(position=node.position, base=node, name=self.name("a name after the dot"))
            elif sign == "[" and not self._in_range_end:
                self.index += 1
                condition = self.inside(self.expression)
                self.expect("]", "it closes the filter")
                node = syntax.Filter(position=node.position, base=node, condition=condition)
            elif sign == "(":
                self.index += 1
                arguments, names = self.inside(self._arguments)
                node = syntax.Invocation(position=node.position, function=node, arguments=arguments, names=names)
            else:
                break
            # each step stands one deeper around its base
            self.deeper()
        self.depth = depth
        return node

    def _arguments(self) -> tuple[tuple[Node, ...], tuple[str, ...] | None]:
        names: list[str] = []
        arguments: list[Node] = []
        named = self._argument_is_named()
        while not self.at(")"):
            if named:
                names.append(self.name_before(":", "the name of an argument"))
                self.expect(":", "a value follows the argument's name")
            arguments.append(self.expression())
            if not self.take(","):
                break
        self.expect(")", "it closes the arguments")
        return tuple(arguments), tuple(names) if named else None

    def _argument_is_named(self) -> bool:
        index = self.index
        while self.tokens[index].kind == "name":
            index += 1
        return index > self.index and self.tokens[index].text == ":"

    _SIGNS: ClassVar[dict[str, Callable[[OperandReader, Lexeme], Node]]] = {
        "-": _minus, "@": _at, "(": _round, "[": _square, "]": _reversed_square, "{": _curly,
    }  # fmt: skip
    _KEYWORDS: ClassVar[dict[str, Callable[[OperandReader, Lexeme], Node]]] = {
        "if": _if, "for": _for, "some": _quantified, "every": _quantified,
    }  # fmt: skip
