"""What the engine itself gives, whatever the folder asks for: the case, the council, people, changed deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.check.values.domain import DAY, TEXT, TRUTH, Possible, ValueKind, constant, group_of, of, texts
from engine.diagram.model import DEADLINE_FACTS
from engine.model import ACCESS_CODE, BEGUN_ON, CaseStatus
from engine.person import DETAILS
from engine.variants import VariantSettings
from engine.variants.council_context import council_context

CASE = group_of(
    {"reference": TEXT, "opened_on": DAY, "council": TEXT, "status": texts(status.value for status in CaseStatus)}
)
_ALONE = {"id": TEXT, "name": TEXT, **{name: TEXT.or_null() for name in DETAILS}}
_ABOVE = group_of(_ALONE).or_null()
#: Whoever did a task, or was chosen from those who work here or stand in the address book.
PERSON = group_of({**_ALONE, "line_manager": _ABOVE, "head_of_service": _ABOVE})
_MOMENT = of(ValueKind.DAY, ValueKind.INSTANT).or_null()
#: Facts that no form asks for and no mapping gives.
FACTS: Mapping[str, Possible] = {
    "id": TEXT,
    BEGUN_ON: DAY.or_null(),
    ACCESS_CODE: TEXT.or_null(),
    **{name: _MOMENT if name in ("deadline_was", "deadline_is") else TEXT.or_null() for name in DEADLINE_FACTS},
}


def council_of(settings: VariantSettings) -> Possible:
    """What `council` can be: another council that runs on the same diagrams says other words, and of the same kinds."""
    council = _loosened(constant(council_context(settings)))
    entries = dict(council.entries or {})
    if (threshold := entries.get("threshold")) is not None:
        told = {key: texts(words) for key, words in settings.threshold_choices.items()}
        entries["threshold"] = replace(threshold, entries={**(threshold.entries or {}), **told})
    return replace(council, entries=entries, is_open=True)


def _loosened(value: Possible) -> Possible:
    entries = value.entries
    return replace(
        value,
        choices=TRUTH.choices if value.kinds == TRUTH.kinds else None,
        item=None if value.item is None else _loosened(value.item),
        entries=None if entries is None else {name: _loosened(each) for name, each in entries.items()},
    )
