"""The limits and numbers of a base, asked one by one with the floor beside each."""

from __future__ import annotations

from typing import Any

from engine.cli.questioner import Questioner
from engine.errors import BadInputError
from engine.variants import (
    SETTINGS_FILE,
    Floor,
    LimitRow,
    Variant,
    amount_of_limit,
    read_line,
    row_of_line,
    setting_at,
    turned_away,
)

_LIMIT = "limits."
_AGAIN = "Say another, or the same again if the council decides so: the check then asks for its reason."


def ask_limits(base: Variant, questions: Questioner) -> tuple[dict[str, str], list[str]]:
    """What is otherwise than in the base, and the names of the suggestions that are taken as they are."""
    questions.tell(
        "Your limits. Enter keeps the one shown; “14 working days” counts as the one shown; “none” switches it off."
    )
    own: dict[str, str] = {}
    accepted = []
    rows: dict[str, LimitRow | None] = {**base.limits, **dict.fromkeys(sorted(base.limits_switched_off))}
    for name, row in rows.items():
        shown = amount_of_limit(row) if row is not None else "none"
        floor = base.settings.floor(_LIMIT + name)
        why = base.settings.suggested.get(_LIMIT + name)
        if row is not None:
            about = [f"counted from {row.limit.counted_from}", f"suggested: {why}" if why else row.note]
            questions.tell(f"  {name}: {'; '.join(filter(None, about))}")
        if floor is not None:
            questions.tell(f"    Floor: {floor.beside}")
        answer = _Limit(base, name, row, floor).ask(questions, shown)
        if answer != shown:
            own[name] = answer
        elif why:
            accepted.append(_LIMIT + name)
    return own, accepted


class _Limit:
    """One limit. What lies below its floor is said once; whoever says it again keeps it."""

    def __init__(self, base: Variant, name: str, row: LimitRow | None, floor: Floor | None) -> None:
        self._base, self._name, self._row, self._floor = base, name, row, floor
        self._said = ""

    def ask(self, questions: Questioner, shown: str) -> str:
        return questions.text(
            f"  {self._name}", shown, wrong=lambda answer: "" if answer == shown else self._wrong(answer)
        )

    def _wrong(self, answer: str) -> str:
        try:
            line = read_line(answer)
            row = row_of_line(line, name=self._name, over=self._row)
            if self._floor is None or self._said == answer or (row is None and self._floor.least is None):
                return ""
            if row is None:
                self._said = answer
                return (
                    f"The floor names one ({self._floor.clause}). {self._floor.sentence} Without one nobody comes in "
                    f"time. {_AGAIN}"
                )
            person = turned_away(row, self._floor, self._base.settings.floors, self._base.calendar)
        except BadInputError as problem:
            return str(problem)
        if person is None:
            return ""
        self._said = answer
        return f"That is below the floor ({self._floor.clause}). {person.words} {_AGAIN}"


def ask_numbers(base: Variant, questions: Questioner) -> tuple[dict[str, int], list[str]]:
    """Numbers of variant.toml that are suggested or have a floor: what is otherwise, and what is taken as it is."""
    suggested = {key: why for key, why in base.settings.suggested.items() if not key.startswith(_LIMIT)}
    floors = {floor.setting: floor for floor in base.settings.floors if floor.most is not None}
    own: dict[str, int] = {}
    accepted = []
    for key in [*floors, *(key for key in suggested if key not in floors)]:
        value: Any = setting_at(base.tables[SETTINGS_FILE], key)
        if type(value) is not int:
            continue
        floor = floors.get(key)
        if floor is not None:
            questions.tell(f"    Floor: {floor.beside}")
        beside = f" (suggested: {suggested[key]})" if key in suggested else ""
        answer = questions.number(f"  {key}{beside}", value, wrong=_Number(floor).wrong)
        if answer != value:
            own[key] = answer
        elif key in suggested:
            accepted.append(key)
    return own, accepted


class _Number:
    """One number. What lies beyond its floor is said once; whoever says it again keeps it."""

    def __init__(self, floor: Floor | None) -> None:
        self._floor = floor
        self._said: int | None = None

    def wrong(self, answer: int) -> str:
        if self._floor is None or self._floor.most is None or answer in range(self._floor.most + 1):
            return ""
        if self._said == answer:
            return ""
        self._said = answer
        return (
            f"That is beyond the floor: {self._floor.beside} Somebody with {self._floor.most} would be turned away. "
            f"{_AGAIN}"
        )


def tell_other_floors(base: Variant, questions: Questioner) -> None:
    """What the Act fixes that is no limit and no number of variant.toml."""
    rows = {*base.limits, *base.limits_switched_off}
    for floor in base.settings.floors:
        if floor.most is None and floor.setting.removeprefix(_LIMIT) not in rows:
            questions.tell(f"  {floor.setting}: {floor.beside}")
