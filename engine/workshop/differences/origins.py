"""Where it is written what differs: in which file of which folder, a council's own or one that it inherits."""

from __future__ import annotations

from engine.variants import SETTINGS_FILE, Variant
from engine.variants.comparison import Difference, How


def origin_of(difference: Difference, before: Variant, after: Variant) -> str:
    """As the second has it, or the first where that alone has it; "" where no file of theirs shows it.

    What a line of variant.toml says over an inherited file is written in that line.
    """
    variant = before if difference.how is How.GONE and difference.file in before.files else after
    for edit in variant.edits:
        if edit.file == difference.file and edit.element_id == difference.element_id:
            return f"{edit.folder}/{SETTINGS_FILE}: {edit.key}"
    folder = variant.origin.get(difference.file)
    return f"{folder}/{difference.file}" if folder is not None else ""
