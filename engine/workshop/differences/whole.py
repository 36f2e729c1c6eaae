"""Everything in which two versions of a policy differ, with where it is written and where else it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from engine.variants import Variant
from engine.variants.comparison import Difference, How, compare, in_order, written_otherwise
from engine.variants.folder import SCENARIOS
from engine.words import counted, listed
from engine.workshop.differences.limits import where_it_counts
from engine.workshop.differences.origins import origin_of


@dataclass(frozen=True, kw_only=True)
class PolicyComparison:
    """Of two versions, or of two councils."""

    before: Variant
    after: Variant

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """By clause, then by file; worked examples last of all."""
        found = [
            replace(
                each, origin=origin_of(each, self.before, self.after),
                follows=where_it_counts(each, self.before, self.after),
            )
            for each in compare(self.before, self.after)
        ]  # fmt: skip
        return (*in_order(found), *self._examples())

    @cached_property
    def written_otherwise(self) -> tuple[str, ...]:
        """The files in which nothing changed in meaning."""
        return written_otherwise(self.before, self.after)

    @property
    def summary(self) -> str:
        """How many differences of which kind; that there is none."""
        if not self.differences:
            return f"Nothing changed in meaning.{self.about_bytes}" if self.written_otherwise else "They say the same."
        counts = [(how, sum(each.how is how for each in self.differences)) for how in How]
        kinds = listed([f"{number} {how}" for how, number in counts if number])
        return f"{counted(len(self.differences), 'difference')}: {kinds}.{self.about_bytes}"

    @property
    def about_bytes(self) -> str:
        files = self.written_otherwise
        verbs = ("is", "says") if len(files) == 1 else ("are", "say")
        return f" {listed(files)} {verbs[0]} written otherwise, and {verbs[1]} the same." if files else ""

    @property
    def files(self) -> tuple[str, ...]:
        """Those in which something differs, in the order of their first difference."""
        return tuple(dict.fromkeys(each.file for each in self.differences if each.file))

    def of_file(self, file: str) -> tuple[Difference, ...]:
        return tuple(each for each in self.differences if each.file == file)

    def _examples(self) -> Iterator[Difference]:
        old, new = (
            {file: data for file, data in each.files.items() if file.startswith(SCENARIOS)}
            for each in (self.before, self.after)
        )
        for file in dict.fromkeys((*old, *new)):
            if old.get(file) == new.get(file):
                continue
            how = How.ADDED if file not in old else How.GONE if file not in new else How.CHANGED
            name = file.removeprefix(SCENARIOS).removesuffix(".toml")
            said = {How.ADDED: "is new", How.GONE: "is gone", How.CHANGED: "is told otherwise"}[how]
            yield Difference(
                how=how, what="example", sentence=f"The worked example “{name}” {said}.", file=file,
                origin=f"{(self.before if how is How.GONE else self.after).origin[file]}/{file}",
            )  # fmt: skip


def what_changed(before: Variant, after: Variant) -> tuple[str, ...]:
    """All of it in sentences, each behind its clauses."""
    return tuple(each.told for each in PolicyComparison(before=before, after=after).differences)
