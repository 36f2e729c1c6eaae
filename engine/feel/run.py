"""One evaluation: what it may read, and how much work it may still do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NoReturn

from engine.errors import EngineError, FeelError, FeelLimitError
from engine.feel.values import MAX_EXPONENT, PLAIN, FeelFunction, admit

#: Parts of the expression computed, repetitions counted each time; about 0.3 s.
MAX_STEPS = 400_000
#: What values may take together, garbage included: characters, and ITEM_SIZE for each item of a list or context.
MAX_SIZE = 6_000_000
ITEM_SIZE = 24
#: How deep functions may call functions.
MAX_CALLS = 40

Functions = Mapping[str, Callable[..., Any]]
Warn = Callable[[str], None]

_AS_IT_IS = PLAIN - {datetime, time}
_NO_FUNCTIONS: Functions = {}
#: not a kind of the host's own, which may be made in another way
_PLACED = frozenset({FeelError, FeelLimitError})


class Frame:
    """Names bound inside an expression: entries of a context, an iteration's names, parameters."""

    __slots__ = ("parent", "values")

    def __init__(self, values: dict[str, Any], parent: Frame | None) -> None:
        self.values = values
        self.parent = parent


class Run:
    """One evaluation of one expression. Steps and size are counted, so that the same input always ends the same."""

    __slots__ = ("_admitted", "_away_at", "_warn", "calls", "functions", "now", "scope", "size", "steps", "text")

    def __init__(
        self,
        text: str,
        scope: Mapping[str, Any],
        now: datetime | None,
        functions: Functions | None,
        warn: Warn | None,
    ) -> None:
        self.text = text
        self.scope = scope
        self.now = now
        self.functions = functions or _NO_FUNCTIONS
        self.steps = MAX_STEPS
        self.size = MAX_SIZE
        self.calls = 0
        self._warn = warn
        self._admitted: dict[str, Any] | None = None
        self._away_at: Run | None = None

    # bounds

    def spend(self, steps: int) -> None:
        """Count work. Raises FeelLimitError when there has been too much."""
        self.steps -= steps
        if self.steps < 0:
            self.limit("This expression does more work than any policy needs. Shorten its lists or its repetitions.")

    def grow(self, characters: int) -> None:
        """Count text that is about to be made."""
        self.size -= characters
        if self.size < 0:
            self.limit("This expression makes more text or longer lists than any policy needs.")

    def hold(self, items: int) -> None:
        """Count items of a list or context about to be made, as work too."""
        self.spend(items)
        self.grow(items * ITEM_SIZE)

    def limit(self, sentence: str, position: int | None = None) -> NoReturn:
        raise FeelLimitError(sentence, expression=self.text, position=position)

    def fail(self, sentence: str, position: int | None = None) -> NoReturn:
        raise FeelError(sentence, expression=self.text, position=position)

    def place(self, error: FeelError, position: int) -> FeelError:
        """The error with the place in this expression where it came up, unless it has one already."""
        if error.position is not None or type(error) not in _PLACED:
            return error
        return type(error)(error.sentence, expression=self.text, position=position)

    def warn(self, sentence: str) -> None:
        """Tell the caller why something is null."""
        if self._warn is not None:
            self._warn(sentence)

    def at_home(self, home: Run, code: Callable[[Run, Frame | None], Any], frame: Frame) -> Any:
        """Compute with the scope of another evaluation, where a function was made, within this one's bounds."""
        kept = self.text, self.scope, self.functions, self._admitted, self._away_at
        self.text, self.scope, self.functions, self._admitted = home.text, home.scope, home.functions, home._admitted
        self._away_at = None if home is self else home
        try:
            return code(self, frame)
        finally:
            home._admitted = self._admitted
            self.text, self.scope, self.functions, self._admitted, self._away_at = kept

    def home(self) -> Run:
        """The evaluation whose scope this one reads now: where a function that is made here keeps its names."""
        return self if self._away_at is None else self._away_at

    # what stands outside the expression

    def read(self, name: str, builtin: FeelFunction | None) -> Any:
        """The value of a name of the scope; else the host's function of that name, else FEEL's own, which is `builtin`.

        Null, with a warning, where there is none of them.
        """
        try:
            value = self.scope[name]
        except KeyError:
            return self._read_function(name, builtin)
        kind = type(value)
        if kind in _AS_IT_IS:
            return value
        if kind is Decimal and value.is_finite() and -MAX_EXPONENT <= value.adjusted() <= MAX_EXPONENT:
            return value
        if kind is int and -1_000_000_000 < value < 1_000_000_000:
            return Decimal(value)
        if self._admitted is None:
            self._admitted = {}
        elif name in self._admitted:
            return self._admitted[name]
        self._admitted[name] = self.admit(name, value)
        return self._admitted[name]

    def admit(self, name: str, value: Any) -> Any:
        """A Python value as a FEEL value, called `name` in messages. Raises FeelError for a foreign object."""
        try:
            return admit(value, name, self.spend)
        except FeelLimitError as error:
            raise FeelLimitError(error.sentence, expression=self.text) from None
        except FeelError as error:
            raise FeelError(error.sentence, expression=self.text) from None

    def _read_function(self, name: str, builtin: FeelFunction | None) -> FeelFunction | None:
        call = self.functions.get(name)
        if call is not None:
            return FeelFunction(
                name=name,
                parameters=None,
                invoke=lambda run, arguments: run.host(name, call, arguments, {}),
            )
        if builtin is None:
            self.warn(f"'{name}' is not known here.")
        return builtin

    def host(self, name: str, call: Callable[..., Any], arguments: list[Any], named: dict[str, Any]) -> Any:
        """Call a function of the host's. What it raises that is no error of the engine's becomes a FeelError."""
        try:
            value = call(*arguments, **named)
        except FeelError:
            raise
        except EngineError as error:
            raise FeelError(f"The function '{name}' failed: {error}", expression=self.text) from error
        except TypeError:
            self.fail(f"The function '{name}' cannot be called with these arguments.")
        except Exception as error:
            # the host's fault, named to the policy owner without its inner workings
            raise FeelError(f"The function '{name}' failed.", expression=self.text) from error
        return self.admit(name, value)

    def moment(self) -> datetime:
        """The step's clock. Raises FeelError where none was given."""
        if self.now is None:
            self.fail("The clock is not available here: now() and today() cannot be used in this place.")
        if self.now.utcoffset() is None:
            self.fail("The clock that was handed in has no time zone.")
        return self.now

    def today(self) -> date:
        return self.moment().date()
