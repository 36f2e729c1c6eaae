"""An update of a council to its base as it is now: what reaches it, what clashes, and how its files are afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.errors import BadInputError
from engine.variants.comparison import Difference, compare
from engine.variants.folder import SCENARIOS
from engine.variants.loader import variant_over
from engine.variants.merge.files import merge_files
from engine.variants.merge.inquiry import Inquiry, Side, UpdateQuestion
from engine.variants.merge.line_merge import LineMerge
from engine.variants.pin import BaseFolder, Pin
from engine.variants.variant import Variant
from engine.words import listed


@dataclass(frozen=True, kw_only=True)
class Update:
    before: Variant  #: the council on the base as it was pinned
    after: Variant  #: on the base as it is, as the answers have it; the council's own where a question is open
    differences: tuple[Difference, ...]  #: between the two
    examples: tuple[str, ...]  #: worked examples that are new, others or gone, by their files
    questions: tuple[UpdateQuestion, ...]
    files: Mapping[str, bytes | None]  #: the council's own that are written anew; None for one that goes

    @property
    def open_questions(self) -> tuple[UpdateQuestion, ...]:
        return tuple(question for question in self.questions if question.answer is None)


def update_of(
    name: str, files: Mapping[str, bytes], pin: Pin, bases: Sequence[BaseFolder], answers: Mapping[str, Side]
) -> Update:
    """The update of a council with these files of its own, from its pin to the bases as they are.

    Raises BadInputError where an answer is to no question, and where lines of TOML cannot be changed by themselves.
    """
    old, new = (variant_over(folders[0].name, folders[0].files, folders[1:]) for folders in (pin.folders, bases))
    moved = compare(old, new)
    inquiry = Inquiry(answers)
    changed = merge_files(old.files, files, new.files, inquiry)
    changed |= LineMerge(files, (old, new), moved, inquiry).merge()
    unknown = answers.keys() - {question.name for question in inquiry.questions}
    if answers and unknown:
        _refuse_unknown(unknown, update_of(name, files, pin, bases, {}).questions)
    afterwards = {**files, **changed}
    before = variant_over(name, files, pin.folders)
    after = variant_over(name, {file: data for file, data in afterwards.items() if data is not None}, bases)
    return Update(
        before=before,
        after=after,
        differences=compare(before, after),
        examples=tuple(
            file
            for file in sorted({*before.files, *after.files})
            if file.startswith(SCENARIOS) and before.files.get(file) != after.files.get(file)
        ),
        questions=tuple(inquiry.questions),
        files=changed,
    )


def _refuse_unknown(unknown: set[str], questions: tuple[UpdateQuestion, ...]) -> None:
    """An answer to a question that another answer has settled is no mistake."""
    names = [question.name for question in questions]
    wrong = sorted(unknown - set(names))
    if wrong:
        there_are = f"There are: {listed(names)}." if names else "Nothing clashes."
        raise BadInputError(f"Nothing is asked about “{wrong[0][:80]}”. {there_are}")
