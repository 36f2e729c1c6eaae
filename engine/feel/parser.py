"""Tokens to the parts of an expression (DMN 1.5, 10.3.1.2).

One loop over binding strength, so that deep nesting costs few Python frames.
Operators of one strength are computed from the left, `2 ** 3 ** 2` too; `-` before a value binds strongest.
"""

from __future__ import annotations

from engine.feel import syntax
from engine.feel.cursor import describe
from engine.feel.lexer import Lexeme
from engine.feel.operands import COMPARISONS, OperandReader
from engine.feel.syntax import Node
from engine.feel.type_reader import read_type

_STRENGTH = {
    "or": 1,
    "and": 2,
    "between": 3,
    "in": 3,
    "instance": 3,
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "**": 6,
    **dict.fromkeys(COMPARISONS, 3),
}


class Parser(OperandReader):
    """Reads one expression, or the unary tests of one cell."""

    def whole_expression(self) -> Node:
        if self.token.kind == "end":
            self.fail("This expression is empty.")
        node = self.expression()
        self._expect_end()
        return node

    def whole_tests(self) -> syntax.Tests:
        """Unary tests as in a decision table's cell: `-` or nothing, `not(…)`, or tests separated by commas."""
        position = self.position
        if self.token.kind == "end" or (self.at("-") and self.ahead().kind == "end"):
            return syntax.Tests(position=position, tests=(), negated=False)
        if self.at_word("not") and self.ahead().text == "(" and self._closes_at_end():
            self.index += 2
            tests = self._tests()
            self.expect(")", "it closes 'not('")
            self._expect_end()
            return syntax.Tests(position=position, tests=tests, negated=True)
        tests = self._tests()
        self._expect_end()
        return syntax.Tests(position=position, tests=tests, negated=False)

    def _closes_at_end(self) -> bool:
        depth = 0
        for index in range(self.index + 1, len(self.tokens)):
            token = self.tokens[index]
            if token.kind == "sign" and token.text in "([{":
                depth += 1
            elif token.kind == "sign" and token.text in ")]}":
                depth -= 1
                if depth == 0:
                    return self.tokens[index + 1].kind == "end"
        return False

    def _expect_end(self) -> None:
        if self.token.kind != "end":
            self.fail(f"The expression ends before {describe(self.token)}: remove it, or put an operator before it.")

    def _tests(self) -> tuple[syntax.Test, ...]:
        tests = [self._test()]
        while self.take(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> syntax.Test:
        position, read_before = self.position, self.inputs_read
        operator = self.token.text if self.token.kind == "sign" and self.token.text in COMPARISONS else None
        if operator is not None:
            self.index += 1
            operand = self.expression(3)
        else:
            operand = self.expression()
        reads_input = operator is None and self.inputs_read > read_before
        return syntax.Test(position=position, operator=operator, operand=operand, reads_input=reads_input)

    # operators

    def expression(self, strength: int = 0, begun: Node | None = None) -> Node:
        """Read operators that bind more strongly than `strength`, after a value that may have been read already."""
        self.deeper()
        depth = self.depth
        left = self.postfix(self.prefix() if begun is None else begun)
        while True:
            token = self.token
            found = _STRENGTH.get(token.text, 0) if token.kind in ("sign", "name") else 0
            if found <= strength:
                break
            self.deeper()
            left = self._operator(left, token, found)
        self.depth = depth - 1
        return left

    def _operator(self, left: Node, token: Lexeme, strength: int) -> Node:
        word, position = token.text, left.position
        if strength == 3:
            return self._comparison(left, word, position)
        if strength <= 2:
            operands = [left]
            while self.take(word):
                operands.append(self.expression(strength))
            return syntax.Logic(position=position, operator=word, operands=tuple(operands))
        rest: list[tuple[str, Node]] = []
        while self.token.kind == "sign" and _STRENGTH.get(self.token.text) == strength:
            operator = self.token.text
            self.index += 1
            rest.append((operator, self.expression(strength)))
        return syntax.Arithmetic(position=position, first=left, rest=tuple(rest))

    def _comparison(self, left: Node, word: str, position: int) -> Node:
        self.index += 1
        if word == "between":
            low = self.expression(3)
            self.expect("and", "'between' needs two ends, as in 'x between 1 and 5'")
            return syntax.Between(position=position, operand=left, low=low, high=self.expression(3))
        if word == "in":
            return syntax.In(position=position, operand=left, tests=self._in_tests())
        if word == "instance":
            self.expect("of", "write 'instance of', then a type")
            return syntax.InstanceOf(position=position, operand=left, type=read_type(self))
        return syntax.Comparison(position=position, operator=word, left=left, right=self._compared(word))

    def _compared(self, word: str) -> Node:
        """What stands right of a comparison: for `=` also a range of one end, `x = >= 2`, apart from the sign."""
        token, before = self.token, self.tokens[self.index - 1]
        stands_apart = token.position > before.position + len(before.text)
        if word in ("=", "!=") and token.kind == "sign" and token.text in ("<", "<=", ">", ">=") and stands_apart:
            return self.open_range(token)
        return self.expression(3)

    def _in_tests(self) -> syntax.Tests:
        position = self.position
        if not self.at("("):
            return syntax.Tests(position=position, tests=(self._in_operand(None, self.inputs_read),), negated=False)
        # a bracket here holds tests, unless it proves to be the open start of a range or part of an expression
        self.deeper()
        self.index += 1
        read_before = self.inputs_read
        tests = self.inside(self._tests)
        if self.at("..") and len(tests) == 1 and tests[0].operator is None:
            tests = (self._in_operand(self.range_from(tests[0].operand, "("), read_before),)
        else:
            self.expect(")", "it closes the tests after 'in'")
            if self._goes_on() and len(tests) == 1 and tests[0].operator is None:
                tests = (self._in_operand(tests[0].operand, read_before),)
        self.depth -= 1
        return syntax.Tests(position=position, tests=tests, negated=False)

    def _in_operand(self, begun: Node | None, read_before: int) -> syntax.Test:
        position = self.position if begun is None else begun.position
        if begun is None and self.token.kind == "sign" and self.token.text in COMPARISONS:
            return self._test()
        operand = self.expression(3, begun)
        return syntax.Test(
            position=position, operator=None, operand=operand, reads_input=self.inputs_read > read_before
        )

    def _goes_on(self) -> bool:
        token = self.token
        return token.kind == "sign" and (token.text in (".", "[", "(") or _STRENGTH.get(token.text, 0) > 3)
