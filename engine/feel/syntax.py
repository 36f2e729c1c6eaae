"""The parts of an expression, as the parser finds them and the compiler turns them into closures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """Any part of an expression."""

    #: 0-based offset of the part's first character
    position: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Literal(Node):
    """A value written out."""

    value: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Name(Node):
    """A name that is read."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ListOf(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContextOf(Node):
    """`{a: 1, b: a + 1}`: an entry sees the entries before it."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RangeOf(Node):
    """`[a..b]`, `(a..b)`, `(> a)`, `(= a)`. An end that is None is open."""

    start: Node | None
    end: Node | None
    start_included: bool
    end_included: bool
    #: "=" or "!=", where it is written with one
    sign: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Path(Node):
    """`base.name`."""

    base: Node
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter(Node):
    """`base[condition]`."""

    base: Node
    condition: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Invocation(Node):
    """`function(a, b)` or `function(first: a, second: b)`; `names` stands beside `arguments`, or is None."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Negation(Node):
    """`-a`."""

    operand: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Arithmetic(Node):
    """`a + b - c`: a chain of one precedence, computed from the left."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Logic(Node):
    """`a and b and c`, or the same with `or`."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison(Node):
    """`a < b` and its sisters."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Between(Node):
    """`a between low and high`."""

    operand: Node
    low: Node
    high: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Test(Node):
    """One unary test: `> 5` has an operator; `"A"` or `[1..5]` has None."""

    operator: str | None
    operand: Node
    #: the operand speaks of `?` itself, so its own truth decides
    reads_input: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tests(Node):
    """Unary tests, of which one must hold; `negated` for `not(…)`; none at all for `-`, which always holds."""

    tests: tuple[Test, ...]
    negated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class In(Node):
    """`a in b`, `a in (b, > c)`."""

    operand: Node
    tests: Tests


class OwnType(Protocol):
    """A type that the host defines under a name, such as an item definition of a DMN file."""

    def structure(self) -> TypeOf:
        """What it is made of, whatever values it allows: `instance of` asks for no more."""

    def admits(self, value: Any) -> bool:
        """Whether a value may be held under this type, its allowed values included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeOf:
    """A type as written after `instance of` or on a parameter."""

    name: str
    #: of a list or range: of its items or ends; of a function: of its parameters, then of its value
    arguments: tuple[TypeOf, ...] = ()
    #: of a context
    entries: tuple[tuple[str, TypeOf], ...] | None = None
    own: OwnType | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceOf(Node):
    """`a instance of type`."""

    operand: Node
    type: TypeOf


@dataclass(frozen=True, kw_only=True, slots=True)
class If(Node):
    """`if a then b else c`."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Iterator:
    """`name in source`, or `name in source..end` in a `for`."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, kw_only=True, slots=True)
class For(Node):
    """`for a in b, c in d return e`."""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantified(Node):
    """`some a in b satisfies c` and `every a in b satisfies c`."""

    every: bool
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionOf(Node):
    """`function(a, b: number) a + b`."""

    parameters: tuple[tuple[str, TypeOf | None], ...]
    body: Node
