"""What the files of a policy are called by those who read them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.draw import title_of
from engine.variants import Variant


def file_titles(variant: Variant) -> Mapping[str, str]:
    """By file; of those that say a title of their own and can be read."""
    return {
        **{file: title_of(diagram) for file, diagram in variant.diagrams.items()},
        **{letter.file: letter.title for letter in variant.letters.values()},
        **{
            file: ", ".join(each.name for each in held.decisions.values() if each.name)
            for file, held in variant.definitions.items()
        },
    }
