"""What the pages for the public have to print, whatever else they say."""

from __future__ import annotations

from dataclasses import dataclass

from engine.variants.tables import TomlTable


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedToPublic:
    """Some page for the public prints one of these."""

    name: str
    clause: str
    prints_one_of: tuple[str, ...]  #: placeholders of pages, such as "council.phone"
    sentence: str  #: what the clause asks for, in words


def read_published(table: TomlTable) -> tuple[OwedToPublic, ...]:
    """What is published by `[published.…]`, in its order."""
    found = []
    for name, inner in table.named_tables().items():
        published = OwedToPublic(
            name=name,
            clause=inner.text("clause", required=True),
            prints_one_of=inner.texts("prints_one_of"),
            sentence=inner.text("sentence", required=True),
        )
        inner.refuse_the_rest()
        if not published.prints_one_of:
            inner.complain('It asks for nothing. Write prints_one_of = ["council.phone"], or what else pages print.')
        elif published.clause and published.sentence:
            found.append(published)
    return tuple(found)
