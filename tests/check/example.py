"""One wrong and one right example of a rule: what its page shows, and what a test plays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module

from engine.check import Finding
from engine.check.rule import Rule
from engine.check.rules import RULES
from engine.toml import read_toml
from engine.variants import Base, BaseFolder, Pin, Variant
from tests.check.builders import SETTINGS, Drawing, folder, together
from tests.check.sketch import Sketch


@dataclass(frozen=True, kw_only=True)
class Side:
    """The wrong or the right one: a diagram, or part of a file where a diagram would show nothing."""

    says: str  #: what is to be seen in it, in a sentence: also for those who do not see the picture
    picture: Sketch | None = None  #: None where an excerpt is shown
    excerpt: str = ""  #: what is shown of `file`; "" where a picture is
    file: str = ""  #: the file of the folder that the excerpt stands in
    others: tuple[Drawing, ...] = ()  #: diagrams of the folder that are not shown
    settings: str = SETTINGS
    files: Mapping[str, bytes | str] = field(default_factory=dict)  #: named as `folder` takes them
    beside: tuple[str, ...] = ()  #: the names of councils whose folders stand beside it
    extends: str = ""  #: the folder that it extends
    neighbours: Mapping[str, str] = field(default_factory=dict)  #: prefixes of other councils, by council id
    pin: Pin | None = None  #: of what it extends
    base_today: tuple[BaseFolder, ...] | None = None  #: what it extends, as that is now
    today: date | None = None  #: on which it is checked

    @property
    def variant(self) -> Variant:
        shown = () if self.picture is None else (self.picture,)
        held = folder(*shown, *self.others, settings=self.settings, **self.files)
        if not self.extends:
            return held
        base = Base(folder=self.extends, settings=read_toml(self.settings, name="variant.toml"), clauses={})
        return replace(held, bases=(base,), pin=self.pin)

    def findings(self, rule: Rule) -> list[Finding]:
        """What the rule says of it, in its folder."""
        return together(
            rule, self.variant, beside=self.beside, neighbours=self.neighbours, base_today=self.base_today,
            today=self.today,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Example:
    wrong: Side
    right: Side


def example_of(rule: Rule) -> Example:
    """What tests/check/examples/ holds of the rule. Raises ModuleNotFoundError where it holds nothing."""
    example: Example = import_module(f"tests.check.examples.{rule.name.replace('-', '_')}").EXAMPLE
    return example


def examples() -> Iterator[tuple[Rule, Example]]:
    for rule in RULES:
        yield rule, example_of(rule)
