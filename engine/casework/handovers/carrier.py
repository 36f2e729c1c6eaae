"""What stands behind the port `parcels` of an installation: it keeps each parcel, and brings it where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.casework.handovers.pack import packed
from engine.casework.handovers.reception import take_in
from engine.casework.step.office import Office
from engine.handler import NotReceived, Parcel, ParcelReceipt, ParcelUnderWay
from engine.ports import Carrier, Ports
from engine.store.parcel_contents import unpacked
from engine.store.parcels import drop_parcel
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True)
class ParcelCarrier:
    """Carries the parcels of one variant's cases.

    A parcel is kept before it is brought anywhere, and is taken in together with the note that it was: a worker that
    dies anywhere loses nothing, and the next attempt of its job doubles nothing.
    """

    office: Office  #: where others' cases are moved
    variant: Variant

    def hand_over(self, parcel: Parcel, *, once_key: str) -> ParcelReceipt | ParcelUnderWay | NotReceived:
        """See `Parcels.hand_over`. What goes by file is kept, and offered as one until its receipt is here."""
        row = packed(self.office, parcel, once_key=once_key, settings=self.variant.settings)
        if row is None:
            return NotReceived()
        if row.is_waited_for:
            return ParcelUnderWay(to=row.to_name)
        if row.by_key is None:
            row = take_in(self.office, row)
        if row.received_at is None:
            if row.given_up_at is not None:
                return NotReceived(is_given_up=True)
            with self.office.database.begin() as connection:
                drop_parcel(connection, row.parcel_id)
            return NotReceived()
        return ParcelReceipt(
            to=row.to_name, reference=row.to_case or "", case_file=bool(unpacked(row.content).files),
            received_at=row.received_at,
        )  # fmt: skip


def carrier_in(office: Office) -> Carrier:
    """Moves the cases of whoever gets a parcel in this office, without its handlers: taking in runs none."""
    receiving = replace(office, handlers={}, ports=Ports())
    return lambda variant: ParcelCarrier(office=receiving, variant=variant)
