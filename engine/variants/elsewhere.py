"""A party of an agreement that runs in another installation: its name, and the keys by which its files are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.seals import PublicKey
from engine.variants.tables import TomlTable

_MOST_DAYS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class OldKey:
    """A key that the party no longer signs with. One that others have got hold of is taken out instead."""

    key: str
    until: date  #: the last day on which it signed


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    party: str  #: id of its folder there
    name: str  #: what it is called here: its own name is not in its files
    key: str  #: what it signs with, as `asb key` prints it there; "" where nobody has written it yet
    old_keys: tuple[OldKey, ...] = ()
    receipt_within: int | None = None  #: working days after which its receipt is overdue; None: it never is

    @property
    def public_key(self) -> PublicKey:
        """Raises KeyRefusedError where it is none."""
        return PublicKey.read(self.key)

    def signs_with(self, key: PublicKey, on: date) -> bool:
        """Whether it signed with this key on that day."""
        if key.text == self.key:
            return True
        return any(key.text == old.key and on <= old.until for old in self.old_keys)


def read_elsewhere(table: TomlTable, name: str) -> tuple[Elsewhere, ...]:
    """The tables [agreements.NAME.elsewhere.FOLDER]."""
    table.place = f"[agreements.{name}.elsewhere]"
    found = []
    for party, inner in table.named_tables().items():
        found.append(
            Elsewhere(
                party=party,
                name=inner.text("name", required=True),
                key=inner.text("key"),
                old_keys=_old_keys(inner),
                receipt_within=_receipt_within(inner),
            )
        )
        inner.refuse_the_rest()
    return tuple(found)


def _old_keys(table: TomlTable) -> tuple[OldKey, ...]:
    found = []
    for inner in table.tables("old_keys"):
        inner.place = f"{table.place} old_keys"
        key, until = inner.text("key", required=True), inner.take("until")
        if not isinstance(until, date) or isinstance(until, datetime):
            inner.complain("“until” is not a day. Write the last day on which they signed with it: until = 2026-12-31.")
        elif key:
            found.append(OldKey(key=key, until=until))
        inner.refuse_the_rest()
    return tuple(found)


def _receipt_within(table: TomlTable) -> int | None:
    days = table.take("receipt_within")
    if days is None or (type(days) is int and 0 < days <= _MOST_DAYS):
        return days
    table.complain(f"“receipt_within” is no number of working days from 1 to {_MOST_DAYS}. Write receipt_within = 3.")
    return None
