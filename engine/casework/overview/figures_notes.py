"""What stands below the table of the figures: how it is counted, what is missing, and where entered numbers stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.casework.overview.yearly_figures import YearlyFigures
from engine.language import say
from engine.variants import EnteredFigure, Variant
from engine.words import day_in_words, listed


def notes_of(
    table: YearlyFigures, variants: Sequence[Variant], language: str, *, names_who_entered: bool
) -> tuple[str, ...]:
    """Sentences, in the language that is being spoken."""
    return (
        *_how(table),
        *_totals(table, variants[0], language),
        *_unknown(table, variants[0], language),
        *_sources(table, variants[0], language, names_who_entered=names_who_entered),
        *_not_entered(table, variants[0], language),
        *_conflicts(variants, language),
    )


def _how(table: YearlyFigures) -> Iterator[str]:
    if table.counted:
        yield say("Each figure is counted by itself on its own day, so they need not add up.")


def _totals(table: YearlyFigures, variant: Variant, language: str) -> Iterator[str]:
    """Of all areas, what was counted; not where that is nothing."""
    for year in table.years:
        if sum(row.year == year for row in table.counted) < 2:  # of one area the total is its number
            continue
        totals = [
            f"{variant.settings.said(each.label, language)}: {table.total(year, each):,}"
            for each in table.figures
            if table.total(year, each)
        ]
        if totals:
            yield say("Counted in all areas, %(year)s: %(totals)s.", year=year.name, totals="; ".join(totals))


def _unknown(table: YearlyFigures, variant: Variant, language: str) -> Iterator[str]:
    """What no cell says, once for all areas and years that lack the same."""
    lacking: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for row in table.counted:
        labels = tuple(
            variant.settings.said(each.label, language) for each in table.figures if row.number(each) is None
        )
        if labels:
            areas = lacking.setdefault(labels, {}).setdefault(row.year.name, [])
            areas.append(variant.settings.said(row.area, language))
    for labels, by_year in lacking.items():
        years: dict[str, list[str]] = {}
        for name, areas in by_year.items():
            years.setdefault(listed(areas, language), []).append(name)
        for areas_words, names in years.items():
            yield say(
                "Not known here, %(years)s, of %(areas)s: %(figures)s.", years=listed(names, language),
                areas=areas_words, figures="; ".join(labels),
            )  # fmt: skip


def _sources(table: YearlyFigures, variant: Variant, language: str, *, names_who_entered: bool) -> Iterator[str]:
    """Where entered numbers stand, once for all of one source."""
    by_source: dict[str, dict[str, None]] = {}
    for row in table.entered:
        words = _source(row.entered, variant, language, names_who_entered=names_who_entered)
        by_source.setdefault(words, {})[variant.settings.said(row.entered.label, language)] = None
    for words, labels in by_source.items():
        yield say("Source of %(labels)s: %(source)s.", labels="; ".join(f"“{label}”" for label in labels), source=words)


def _source(entered: EnteredFigure, variant: Variant, language: str, *, names_who_entered: bool) -> str:
    words = variant.settings.said(entered.source, language)
    if entered.entered_on is None:
        return words
    day = day_in_words(entered.entered_on, language)
    if names_who_entered and entered.entered_by:
        return say("%(source)s (entered on %(day)s by %(name)s)", source=words, day=day, name=entered.entered_by)
    return say("%(source)s (entered on %(day)s)", source=words, day=day)


def _not_entered(table: YearlyFigures, variant: Variant, language: str) -> Iterator[str]:
    """What nobody entered, once for the years, or the areas of a year, that lack the same."""
    lacking: dict[tuple[str, ...], dict[str, None]] = {}
    for row in table.entered:
        if row.missing:
            of_area = f"{variant.settings.said(row.area, language)}, {row.year.name}"
            lacking.setdefault(row.missing, {})[row.year.name if table.is_of_one_area else of_area] = None
    for missing, places in lacking.items():
        labels = "; ".join(variant.settings.said(label, language) for label in missing)
        yield say("Of %(places)s nobody entered: %(figures)s.", places=listed(list(places), language), figures=labels)


def _conflicts(variants: Sequence[Variant], language: str) -> Iterator[str]:
    """Where the documents disagree about what is published, as the policy's footnotes name it."""
    for variant in variants:
        named = set(variant.settings.figures_table.footnotes)
        for conflict in variant.conflicts:
            if named.intersection(conflict.clauses):
                said = (variant.settings.said(words, language) for words in (conflict.sentence, conflict.what_we_do))
                yield " ".join(said)
