"""What variant.toml names as a fact is one that something tells: a figure, what a copy leaves out, a case's page."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from engine import feel
from engine.check.finding import error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.errors import FeelError
from engine.problems import Problem
from engine.variants import Base, CopySettings, Countable, VariantSettings

_FACT = "no form and no mapping gives"


def look(policy: Policy) -> Iterator[Problem]:
    if not policy.processes:  # a base, whose facts are given by those that extend it
        return
    settings = policy.variant.settings
    named = _Named(policy)
    for sentence in (
        *_of_figures(settings, named),
        *_of_copies(settings.copies, named),
        *_of_pages(settings, named),
        *_of_cases(settings, named),
    ):
        yield error(policy.place_in_settings(), sentence)


class _Named:
    """What a name in the settings can mean."""

    def __init__(self, policy: Policy) -> None:
        settings = policy.variant.settings
        self._known = policy.known
        self.roles = frozenset(role.id for role in settings.addressees)
        self.facts = policy.known.facts
        self.on_page = policy.known.collections | policy.variant.decisions.keys()
        #: What a base shows of a case: where a council asks for less, nothing of it is shown.
        self.shown_by_bases = frozenset(_shown_by(policy.variant.bases))

    def unknown(self, names: Iterable[str], where: str, *, besides: Container[str] = ()) -> Iterator[str]:
        """A sentence for each of the names that no fact has, and none of `besides`."""
        for name in names:
            if name not in self.facts and name not in besides:
                yield f"{where} names the fact “{name}”, which {_FACT}. {self._meant(name)}"

    def unread(self, text: str, where: str) -> Iterator[str]:
        """A sentence for what an expression reads and nothing gives, or for why it cannot be read."""
        try:
            parsed = feel.parse(text)
        except FeelError as problem:
            yield f"{where} cannot be read: {problem}"
            return
        for name in sorted(parsed.names):
            if not self._known.has(name, ""):
                yield f"{where} reads “{name}”, which {_FACT}. {self._meant(name)}"

    def _meant(self, name: str) -> str:
        return meant(name, self._known.everything(""), otherwise="Ask for it in a form, or correct the name.")


def _shown_by(bases: Iterable[Base]) -> Iterator[str]:
    for base in bases:
        for table in ("cases", "case_page"):
            lists = base.settings.get(table)
            for names in lists.values() if isinstance(lists, Mapping) else ():
                yield from (name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _of_figures(settings: VariantSettings, named: _Named) -> Iterator[str]:
    """A figure of a fact that nothing tells is published as 0 (L104.9)."""
    for figure in settings.figures:
        for counted in figure.counts:
            yield from _of_countable(counted, f"[figures.{figure.id}]", named)
    there_are = [figure.id for figure in settings.figures]
    for entered in settings.entered_figures:
        if entered.figure and entered.figure not in there_are:
            hint = meant(entered.figure, there_are)
            yield f"“{entered.label}” is entered beside the figure “{entered.figure}”, which there is not. {hint}"


def _of_countable(counted: Countable, where: str, named: _Named) -> Iterator[str]:
    yield from named.unknown([name for name in (counted.fact, counted.dated_by) if name], where)
    if counted.when:
        yield from named.unread(counted.when, f"{where} when")


def _of_copies(copies: Iterable[CopySettings], named: _Named) -> Iterator[str]:
    """What is to be left out of a copy by a name that there is not would be in it."""
    for copy in copies:
        where = f"[copies.{copy.audience}]"
        yield from named.unknown(copy.letters_to, f"{where} letters_to", besides=named.roles)
        if copy.leaves_out:
            yield from named.unread(copy.leaves_out, f"{where} leaves_out")


def _of_pages(settings: VariantSettings, named: _Named) -> Iterator[str]:
    applicant = settings.applicant
    yield from named.unknown([applicant.contact] if applicant.contact else [], "[applicant] contact")
    yield from named.unknown(applicant.letters_to, "[applicant] letters_to", besides=named.roles)
    for heading, shown in settings.case_page.items():
        roots = [path.partition(".")[0] for path in shown if path not in named.shown_by_bases]
        yield from named.unknown(roots, f"[case_page] {heading}", besides=named.on_page)


def _of_cases(settings: VariantSettings, named: _Named) -> Iterator[str]:
    yield from named.unknown(settings.known_by, "[cases] known_by", besides=named.shown_by_bases)
    yield from named.unknown(settings.found_by, "[cases] found_by", besides=named.shown_by_bases)
    for collection, day in settings.item_days.items():
        yield from named.unknown([day], f"[items] {collection}")
    for owed in settings.owed:
        yield from named.unread(owed.when, f"[owed.{owed.name}] when")


RULE = Rule(
    name="settings-facts", summary="What variant.toml names as a fact is one that something tells.",
    look=look, needs_variant=True,
)  # fmt: skip
