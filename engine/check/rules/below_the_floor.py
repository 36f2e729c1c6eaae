"""Where a limit or a number of a council falls below the Act or the guidance, it is shown who is turned away."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.errors import BadInputError
from engine.problems import Problem
from engine.variants import (
    LIMITS_FILE,
    SETTINGS_FILE,
    Conflict,
    Floor,
    LimitRow,
    Variant,
    line_of_limit,
    setting_at,
    turned_away,
)

_LIMIT = "limits."


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    for floor in variant.settings.floors:
        name = floor.setting.removeprefix(_LIMIT) if floor.setting.startswith(_LIMIT) else ""
        if floor.least is not None and name in variant.limits:
            yield from _short_limit(variant, variant.limits[name], floor)
        elif floor.least is not None and name in variant.limits_switched_off:
            yield from _no_limit(variant, name, floor)
        elif floor.most is not None:
            yield from _high_number(variant, floor)


def _short_limit(variant: Variant, row: LimitRow, floor: Floor) -> Iterator[Problem]:
    place = Place(file=LIMITS_FILE, element_id=row.rule_id, element_name=row.limit.name)
    if _is_decided(variant, row.clauses, floor):
        return
    head = f"“{row.limit.name}” is {line_of_limit(row)}, the floor {floor.words} ({floor.clause})."
    try:
        person = turned_away(row, floor, variant.settings.floors, variant.calendar)
    except BadInputError as problem:
        yield warning(place, f"{head} Whether anybody would be turned away cannot be worked out: {problem}")
        return
    if person is not None:
        yield warning(place, f"{head} {person.words} {_what_to_do(variant, row.clauses, floor)}")


def _no_limit(variant: Variant, name: str, floor: Floor) -> Iterator[Problem]:
    """What is compared with a day that there is not is never true: nobody is let in by it."""
    if not _is_decided(variant, (), floor):
        yield warning(
            Place(file=LIMITS_FILE, element_name=name),
            f"“{name}” is switched off, and the floor is {floor.words} ({floor.clause}): {floor.sentence} "
            f"Whatever asks whether {floor.who or 'somebody'} comes in time finds no day, and turns everybody away. "
            f"{_what_to_do(variant, (), floor)}",
        )


def _high_number(variant: Variant, floor: Floor) -> Iterator[Problem]:
    value = setting_at(variant.tables[SETTINGS_FILE], floor.setting)
    place = Place(file=SETTINGS_FILE, element_id=floor.setting, element_name=floor.setting)
    if value is None or floor.most is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        yield error(
            place,
            f"{floor.setting} is “{str(value)[:60]}”, which is no number, and the floor {floor.most} ({floor.clause}): "
            f"{floor.sentence} Nothing can be compared with it, so that nobody would be let in. Write a whole number "
            f"of at most {floor.most}.",
        )
        return
    if value <= floor.most or _is_decided(variant, (), floor):
        return
    yield warning(
        place,
        f"{floor.setting} is {value}, and the floor {floor.most} ({floor.clause}): {floor.sentence} Somebody with "
        f"{floor.most} would be turned away. {_what_to_do(variant, (), floor)}",
    )


def _is_decided(variant: Variant, clauses: tuple[str, ...], floor: Floor) -> bool:
    """Whether the council lists the conflict, with its reason: then that is shown instead."""
    return any(conflict.because for conflict in _listed(variant, clauses, floor))


def _listed(variant: Variant, clauses: tuple[str, ...], floor: Floor) -> list[Conflict]:
    about = {floor.clause, *clauses}
    return [conflict for conflict in variant.conflicts if about == set(conflict.clauses)]


def _what_to_do(variant: Variant, clauses: tuple[str, ...], floor: Floor) -> str:
    if _listed(variant, clauses, floor):
        return 'The conflict is listed and has no reason: decide it, and write because = "…" below it in policy.toml.'
    names = ", ".join(f'"{clause}"' for clause in (*clauses, floor.clause))
    return (
        "The kinder holds where the Act binds. Set it to the floor, or decide otherwise: a [[conflicts]] in "
        f"policy.toml with clauses = [{names}], what you do and because."
    )


RULE = Rule(
    name="below-the-floor",
    summary="Where a limit or a number falls below the Act or the guidance, it is shown who is turned away.",
    look=look, needs_variant=True,
)  # fmt: skip
