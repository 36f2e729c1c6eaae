"""Taking up the policies of the councils at a start: each folder is read, looked at, and served where it is sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.casework.policies.served import ServedPolicy, served
from engine.casework.step.office import Office
from engine.check import Finding, Severity, check_variant
from engine.check.rules import RULES
from engine.errors import EngineError
from engine.store import Connection
from engine.store import served_policies as stored
from engine.store.cases import load_version, store_version, versions_of
from engine.store.served_policies import ServedPolicyRow
from engine.variants import (
    BaseFolder,
    Variant,
    base_today,
    digest_of,
    folders_in,
    is_base,
    load_variant,
    named_where_it_fails,
    prefixes_beside,
)
from engine.words import counted

#: What is looked at before a policy is served. What takes long, or is about words alone, is left to `asb check`.
_RULES = tuple(rule for rule in RULES if rule.before_serving)


def take_up_policies(office: Office, root: Path) -> list[ServedPolicy]:
    """Read the folders of all councils in `root`, and serve each that is sound; by council.

    A council whose folder is not sound, or is gone, goes on being served by what was sound before.
    """
    with office.database.read() as connection:
        known = stored.known_councils(connection)
    folders = {folder.name for folder in folders_in(root)}
    # those without a folder first: another may be the same council under a new name
    councils = sorted(folders.union(known), key=lambda council: (council in folders, council))
    taken = [take_up_policy(office, root, council) for council in councils]
    return sorted((each for each in taken if each is not None), key=lambda each: each.council_id)


def take_up_unread(office: Office, root: Path) -> None:
    """Read the folders of those councils that no start of a service has read: for a single command, which is one."""
    with office.database.read() as connection:
        known = {row.council_id for row in stored.served_policies_of_all(connection)}
    for folder in folders_in(root):
        if folder.name not in known:
            take_up_policy(office, root, folder.name)


def take_up_policy(office: Office, root: Path, council_id: str) -> ServedPolicy | None:
    """The same for one council. None for a base, in which no case is opened, and where there is no such council."""
    with office.database.read() as connection:
        before = stored.served_policy(connection, council_id)
        is_known = before is not None or council_id in stored.known_councils(connection)
        kept = _kept(connection, council_id, before)
        taken = {row.council_id: row for row in stored.served_policies_of_all(connection)}
    read = _read(office, root, council_id, kept, taken)
    if read is None or (read.is_gone and not is_known):
        if before is not None and before.digest is None:  # it was read when it could not be told what it is
            with office.database.begin() as connection:
                stored.forget_served_policy(connection, council_id)
        return None
    variant = read.variant if read.variant is not None else kept
    now = office.clock.now()
    row = ServedPolicyRow(
        council_id=council_id,
        digest=variant.digest if variant is not None else None,
        prefix=variant.settings.reference_prefix if variant is not None else "",
        refusal=read.refusal,
        is_gone=read.is_gone,
        read_at=now,
    )
    with office.database.begin() as connection:
        if variant is not None:
            store_version(connection, digest=variant.digest, council_id=council_id, pack=variant.pack(), now=now)
        stored.put_served_policy(connection, row)
    return served(row, variant)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    variant: Variant | None = None  #: where the folder is sound
    refusal: str = ""
    is_gone: bool = False


def _kept(connection: Connection, council_id: str, before: ServedPolicyRow | None) -> Variant | None:
    """What the council was served by before; else the version that its last case was opened with."""
    digest = before.digest if before is not None else None
    if digest is None:
        versions = versions_of(connection, council_id)
        digest = versions[0].digest if versions else None
    if digest is None:
        return None
    return replace(Variant.unpack(load_version(connection, digest)), id=council_id)


def _read(
    office: Office, root: Path, council_id: str, kept: Variant | None, taken: Mapping[str, ServedPolicyRow]
) -> _Read | None:
    """None for a base."""
    folder = next((each for each in folders_in(root) if each.name == council_id), None)
    name = kept.name if kept is not None else council_id
    goes_on = " What was sound before goes on being served." if kept is not None else ""
    if folder is None:
        return _Read(
            is_gone=True,
            refusal=f"The folder of {name}, {council_id}, is gone. Cases that are open go on by the policy that they "
            "were opened with, and nothing new begins. Put the folder back; where it was renamed, run "
            f"`asb move-council {council_id} NEW`.",
        )
    try:
        with named_where_it_fails(folder):
            variant = load_variant(folder, root=root)
            if is_base(variant) and not variant.problems:
                return None
            name = variant.settings.name or name
            wrong = _wrong(office, variant, kept, base_today(folder, root))
    except EngineError as error:
        wrong = f"cannot be read: {error}"
    else:
        if not wrong:
            alike = _alike(folder, root, variant, taken)
            if not alike:
                return _Read(variant=variant)
            wrong = alike
    return _Read(refusal=f"The folder of {name}, {folder.name}, {wrong}{goes_on}")


def _wrong(office: Office, variant: Variant, kept: Variant | None, base: tuple[BaseFolder, ...]) -> str:
    """What a sentence about the folder ends with; "" where it is sound."""
    if kept is not None and kept.digest == variant.digest:
        return ""  # it was found sound before
    found = _errors(office, variant, base)
    if not found:
        return ""
    first = found[0]
    return (
        f"has {counted(len(found), 'error')}, first in {first.file}: {first.sentence} `asb check {variant.id}` says "
        "all of them; mend them and start again."
    )


def _errors(office: Office, variant: Variant, base: tuple[BaseFolder, ...]) -> list[Finding]:
    key = f"{variant.id} {variant.digest} {digest_of(base)}"
    if key not in _LOOKED_AT:
        found = check_variant(variant, handlers=tuple(office.handlers.values()), base_today=base, rules=_RULES)
        _LOOKED_AT[key] = [finding for finding in found if finding.severity is Severity.ERROR]
    return _LOOKED_AT[key]


#: What was found in this process: looking takes seconds, and the same files always give the same.
_LOOKED_AT: dict[str, list[Finding]] = {}


def _alike(folder: Path, root: Path, variant: Variant, taken: Mapping[str, ServedPolicyRow]) -> str:
    """Which other council has the prefix; "" where none has, or where this one was served with it before."""
    prefix, own = variant.settings.reference_prefix, taken.get(variant.id)
    if own is not None and own.digest is not None and own.prefix == prefix:
        return ""
    holding = {council: row.is_gone for council, row in taken.items() if row.prefix == prefix}
    beside = {council: False for council, one in prefixes_beside(folder, root=root).items() if one == prefix}
    others = {**beside, **holding}
    others.pop(variant.id, None)
    if not others:
        return ""
    other, is_gone = min(others.items())
    moved = (
        f" Where {other} was renamed, run `asb move-council {other} {variant.id}`."
        if is_gone
        else " Give it a reference_prefix of its own in its variant.toml, and start again."
    )
    return f"is not served: its references would begin with {prefix}, as those of {other} do.{moved}"
