"""Everything in which two variants differ."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from engine.variants.comparison.clauses import clauses_between
from engine.variants.comparison.diagrams import diagrams_between
from engine.variants.comparison.difference import Difference, How, is_there
from engine.variants.comparison.forms import forms_between
from engine.variants.comparison.limits import limits_between
from engine.variants.comparison.sameness import says_the_same
from engine.variants.comparison.settings import settings_between
from engine.variants.comparison.tables import tables_between
from engine.variants.comparison.texts import letters_between
from engine.variants.folder import SCENARIOS, SETTINGS_FILE
from engine.variants.translated_files import language_of
from engine.variants.variant import Variant
from engine.words import counted


def compare(before: Variant, after: Variant) -> tuple[Difference, ...]:
    """What the second says otherwise than the first: first what carries a clause out, by clause, then by file.

    Worked examples are no difference.
    """
    kinds = (
        clauses_between, limits_between, tables_between, diagrams_between, forms_between, letters_between,
        settings_between, _logo_between,
    )  # fmt: skip
    found = [difference for kind in kinds for difference in kind(before, after)]
    found += _untold(before, after, {difference.file for difference in found})
    return in_order(found)


def in_order(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(differences, key=lambda each: (*_place_of(each.clauses), each.file)))


def _place_of(clauses: tuple[str, ...]) -> tuple[bool, list[tuple[str, int, str]]]:
    """Clauses as people count: H2 before H11."""
    parts = re.findall(r"([A-Za-z]*)(\d*)([^A-Za-z0-9]*)", clauses[0]) if clauses else []
    return (not clauses, [(letters, int(digits or 0), rest) for letters, digits, rest in parts])


def written_otherwise(before: Variant, after: Variant) -> tuple[str, ...]:
    """The files that have other bytes and say the same: white space, another order of what has none."""
    return tuple(file for file in _others(before, after) if says_the_same(file, before, after))


def _others(before: Variant, after: Variant) -> Iterator[str]:
    counts = _counting(before)
    return (file for file in _counting(after) if file in counts and before.files[file] != after.files[file])


def _counting(variant: Variant) -> list[str]:
    """The files that count: not worked examples, nor what is said in a language that the council does not speak."""
    spoken = ("", *variant.settings.languages)
    return [file for file in variant.files if not file.startswith(SCENARIOS) and language_of(file) in spoken]


def _untold(before: Variant, after: Variant, told: Collection[str]) -> Iterator[Difference]:
    """Files that differ in something for which there is no sentence: nobody is to think that they are the same. Of the
    settings each has one."""
    for file in _others(before, after):
        if file not in (*told, SETTINGS_FILE) and not says_the_same(file, before, after):
            yield Difference(how=How.CHANGED, what="file", sentence=f"{file} says something else.", file=file)
    old, new = _counting(before), _counting(after)
    for how, files, others in ((How.ADDED, new, old), (How.GONE, old, new)):
        alone = [file for file in files if file not in told and file not in others]
        for folder, inside in groupby(alone, key=lambda file: file.rpartition("/")[0]):
            held = list(inside)
            told_of = held[0] if len(held) == 1 else f"{folder or 'The folder'}, with {counted(len(held), 'file')},"
            yield Difference(how=how, what="file", sentence=f"{told_of} is {is_there(how)}.", file=held[0])


def _logo_between(before: Variant, after: Variant) -> Iterator[Difference]:
    """Another picture under the same name; another name is a setting."""
    old, new = before.settings, after.settings
    if old.logo_file == new.logo_file and old.logo != new.logo:
        yield Difference(how=How.CHANGED, what="setting", sentence="The logo is another picture.", file=new.logo_file)
