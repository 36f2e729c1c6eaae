"""By what each council is served: the version that was found sound at the last start, kept in the database.

A folder with errors is never served, and one that is edited while the screens run changes nothing: a process that
starts later reads the same version here. Cases keep their own versions in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.casework.step.office import Office
from engine.errors import CouncilNotServedError
from engine.store import served_policies as stored
from engine.store.cases import load_version
from engine.store.served_policies import ServedPolicyRow
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True)
class ServedPolicy:
    council_id: str
    variant: Variant | None  #: None where no version was ever found sound
    refusal: str  #: why its folder, as it was read, is not served; "" where it is
    is_gone: bool  #: it has no folder, so nothing new begins

    def sound(self) -> Variant:
        """Raises CouncilNotServedError."""
        if self.variant is None:
            raise CouncilNotServedError(self.refusal)
        return self.variant

    def open_to_new_cases(self) -> Variant:
        """Raises CouncilNotServedError, also where the folder is gone and only cases that are open go on."""
        if self.is_gone:
            raise CouncilNotServedError(self.refusal)
        return self.sound()


def kept_policy(office: Office, council_id: str) -> ServedPolicy | None:
    """As the last start left it; None where none has read a folder of this council."""
    with office.database.read() as connection:
        row = stored.served_policy(connection, council_id)
        if row is None:
            return None
        pack = load_version(connection, row.digest) if row.digest is not None else None
    return served(row, Variant.unpack(pack) if pack is not None else None)


def served(row: ServedPolicyRow, variant: Variant | None) -> ServedPolicy:
    """Equal folders of two councils are one version, which bears the name of one of them."""
    if variant is not None and variant.id != row.council_id:
        variant = replace(variant, id=row.council_id)
    return ServedPolicy(council_id=row.council_id, variant=variant, refusal=row.refusal, is_gone=row.is_gone)


def refusals(office: Office) -> list[str]:
    """A sentence for each council whose folder, as it was read at the last start, is not served."""
    with office.database.read() as connection:
        return [row.refusal for row in stored.served_policies_of_all(connection) if row.refusal]


def councils_read(office: Office) -> list[str]:
    """The councils of which a start has read something, by id."""
    with office.database.read() as connection:
        return [row.council_id for row in stored.served_policies_of_all(connection)]
