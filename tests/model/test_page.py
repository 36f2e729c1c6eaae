"""docs/model.md says of every slot of the model which processes can stand in it."""

from __future__ import annotations

from engine.variants import load_variant
from tests.model.test_model import VARIANTS

PAGE = VARIANTS.parent / "docs" / "model.md"


def test_the_page_names_every_slot_with_its_processes() -> None:
    told = PAGE.read_text(encoding="utf-8")
    slots = load_variant(VARIANTS / "model", root=VARIANTS).settings.slots
    named = [name for slot in slots for name in (slot.name, slot.use, *slot.alternatives)]
    assert [name for name in named if f"`{name}`" not in told] == []
