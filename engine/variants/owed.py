"""What is owed at the end of a case: letters that somebody must have been written."""

from __future__ import annotations

from dataclasses import dataclass

from engine import feel
from engine.errors import FeelError
from engine.variants.tables import TomlTable


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """Where a case ends and `when` is true, a letter that carries out the clause was written on the way."""

    name: str
    clause: str  #: which such a letter carries out
    to: str  #: the role it is written to; "" for anybody
    when: str  #: FEEL over the case's facts
    sentence: str  #: what the clause asks for, in words
    is_owed_anew: bool  #: another answer to what `when` reads owes another letter


def read_owed(table: TomlTable) -> tuple[Owed, ...]:
    """What is owed by `[owed.…]`, in its order."""
    found = []
    for name, inner in table.named_tables().items():
        owed = Owed(
            name=name,
            clause=inner.text("clause", required=True),
            to=inner.text("to"),
            when=inner.text("when", required=True),
            sentence=inner.text("sentence", required=True),
            is_owed_anew=inner.flag("anew"),
        )
        inner.refuse_the_rest()
        try:
            feel.parse(owed.when)
        except FeelError as problem:
            inner.complain(f"“when” cannot be read: {problem}")
            continue
        if owed.clause and owed.sentence:
            found.append(owed)
    return tuple(found)
