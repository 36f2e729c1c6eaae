"""The bank holidays of a part of the United Kingdom, from the `holidays` package.

The package knows what was proclaimed up to its release: moved days, substitutes for holidays that fall on a weekend and
days granted once. What is proclaimed after that is a setting of the variant (`Calendar.extra_holidays`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays

#: The parts of the United Kingdom that have bank holidays of their own. England and Wales share theirs.
SUBDIVISIONS = ("ENG", "WLS", "SCT", "NIR")

#: The years for which bank holidays are known: from the first Early May bank holiday to as far as the package reckons.
FIRST_YEAR, LAST_YEAR = 1978, 2099

#: How GOV.UK names a day, where the package names it differently.
_OFFICIAL_NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "New Year Holiday": "2 January",
    "Saint Andrew's Day": "St Andrew's Day",
    "Saint Patrick's Day": "St Patrick's Day",
}
_SUBSTITUTE = " (observed)"


@cache
def bank_holidays(subdivision: str) -> Mapping[date, str]:
    """Each bank holiday of FIRST_YEAR to LAST_YEAR with its name, substitutes included; read once in a process."""
    found = holidays.country_holidays(
        "GB", subdiv=subdivision, years=range(FIRST_YEAR, LAST_YEAR + 1), language="en_GB"
    )
    # Iterated, never asked `day in found`: the package would silently add further years.
    return MappingProxyType({day: _official_name(name) for day, name in sorted(found.items())})


def _official_name(name: str) -> str:
    # The package joins two holidays of one day with "; " (2 January 2023 in Scotland).
    return " and ".join(_one_official_name(part) for part in name.split("; "))


def _one_official_name(name: str) -> str:
    plain = name.removesuffix(_SUBSTITUTE)
    official = _OFFICIAL_NAMES.get(plain, plain)
    return official if plain == name else f"{official} (substitute day)"
