"""The figures of one council, or of each area of a body that several councils' cases come to.

Of another council only numbers come through here, and only those that it publishes itself: its cases stay its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.casework.overview.figures import Counted, count_figures
from engine.casework.step.office import Office
from engine.language import say
from engine.variants import Area, Figure, Variant

#: What is counted in none of the areas.
NO_AREA = "-"
#: The policy of a council of this installation by its id; None where it is not served here.
CouncilOf = Callable[[str], Variant | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaFigures:
    """What was counted of one area over a whole period."""

    area: str  #: its name, or the council's
    area_id: str  #: "" where the council has no areas
    council: Variant  #: the body whose table it stands in
    counted: tuple[Counted, ...]


def no_council(_council_id: str) -> Variant | None:
    """Where nobody says which other councils are served."""
    return None


def published_figures_of(variant: Variant) -> tuple[Figure, ...]:
    """The lines of its table, in the order and the words in which they are published; of those that other councils
    count, only id and label."""
    own = {figure.id: figure for figure in variant.settings.figures}
    named: Mapping[str, str] = variant.settings.figures_table.figures
    if not named:
        return tuple(own.values())
    return tuple(
        replace(own[each], label=label) if each in own else Figure(id=each, label=label, counts=())
        for each, label in named.items()
    )


def count_areas(
    office: Office, variant: Variant, *, first: date, last: date, council_of: CouncilOf = no_council
) -> Iterator[AreaFigures]:
    """What was counted from `first` to `last`, both included: of the council, or area by area.

    Raises BadInputError as `count_figures` does.
    """
    lines = published_figures_of(variant)
    own_lines = [line for line in lines if line.counts] if lines else None
    counted = count_figures(office, variant, first=first, last=last, figures=own_lines)
    areas = variant.settings.areas
    if not areas:
        yield AreaFigures(area=variant.name, area_id="", council=variant, counted=counted)
        return
    for area in areas:
        own = [each.in_area(area.id) for each in counted]
        theirs = _of_council(office, variant, area, lines, council_of, first=first, last=last)
        found = {each.figure.id: each for each in (*theirs, *own)}
        in_order = tuple(found[line.id] for line in lines if line.id in found)
        yield AreaFigures(area=area.name, area_id=area.id, council=variant, counted=in_order)
    known = {area.id for area in areas}
    of_none = tuple(each.outside(known) for each in counted)
    if any(each.count for each in of_none):
        yield AreaFigures(area=say("No area of these"), area_id=NO_AREA, council=variant, counted=of_none)


def _of_council(
    office: Office,
    variant: Variant,
    area: Area,
    lines: Sequence[Figure],
    council_of: CouncilOf,
    *,
    first: date,
    last: date,
) -> tuple[Counted, ...]:
    """The numbers that the area’s council publishes here, under the labels of the table, with their days alone."""
    council = council_of(area.figures_of) if area.figures_of else None
    if council is None or not council.settings.figures_table.is_public:
        return ()
    if council.settings.year_begins != variant.settings.year_begins:  # its years are no rows of this table
        return ()
    asked = {line.id: line for line in lines if not line.counts}
    wanted = [figure for figure in published_figures_of(council) if figure.counts and figure.id in asked]
    if not wanted:
        return ()
    found = count_figures(office, council, first=first, last=last, figures=wanted)
    return tuple(replace(each.without_names(), figure=asked[each.figure.id]) for each in found)
