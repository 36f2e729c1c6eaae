"""The port `parcels`: what goes to another council or body under an agreement."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeAlias

from engine.handler import (
    PARCELS,
    Effect,
    Note,
    NotReceived,
    Parcel,
    ParcelReceipt,
    Parcels,
    ParcelUnderWay,
)
from engine.ports.outlet import Outlet
from engine.variants import Variant, agreement_of

#: What carries the parcels of a variant's cases, where an office has something that does.
Carrier: TypeAlias = Callable[[Variant], Parcels]


def parcels_outlet(carrier: Carrier | None) -> Outlet[Parcels]:
    """Has `carrier` carry them; without one, as where something is tried out, they go nowhere."""
    return Outlet(
        port=PARCELS,
        real=carrier if carrier is not None else lambda variant: MemoryParcels(variant, lambda _effect: None),
        stand_in=MemoryParcels,
    )


def out_of_reach(outlet: Outlet[Parcels], others: Collection[str]) -> Outlet[Parcels]:
    """The same, but what is for these others (ids of their folders) goes nowhere: for worked examples of that."""
    return replace(outlet, real=lambda variant: _ParcelsOutOfReach(outlet.real(variant), variant, others))


class _ParcelsOutOfReach:
    def __init__(self, reached: Parcels, variant: Variant, others: Collection[str]) -> None:
        self._reached = reached
        self._variant = variant
        self._others = others

    def hand_over(self, parcel: Parcel, *, once_key: str) -> ParcelReceipt | ParcelUnderWay | NotReceived:
        """See `Parcels.hand_over`. Whom an answer is for is not looked up: with several, none of them is to be here."""
        settings = self._variant.settings
        agreement = agreement_of(settings.agreements, parcel.agreement, settings.name)
        possible = (parcel.to,) if parcel.to else agreement.parties
        if possible and all(party in self._others for party in possible):
            agreement.sending(parcel.message, parcel.facts, possible[0])
            return NotReceived()
        return self._reached.hand_over(parcel, once_key=once_key)


class MemoryParcels:
    """What is handed over in rehearsals: it keeps what it is given, and `note` hears of it.

    The own side of the agreement holds here as well. The other side is not asked, its case gets no reference, and a
    receipt that would come by file is there at once.
    """

    def __init__(self, variant: Variant, note: Note = lambda _effect: None) -> None:
        self._variant = variant
        self._note = note
        self._receipts: dict[str, ParcelReceipt] = {}

    def hand_over(self, parcel: Parcel, *, once_key: str) -> ParcelReceipt:
        """See `Parcels.hand_over`."""
        settings = self._variant.settings
        agreement = agreement_of(settings.agreements, parcel.agreement, settings.name)
        # Of several it is the one that the case has to do with, which is not looked up where something is tried out.
        to = parcel.to or (agreement.parties[0] if agreement.parties else agreement.the_only_party())
        sending = agreement.sending(parcel.message, parcel.facts, to)
        to = to if parcel.to or len(agreement.parties) == 1 else "the other side"
        if once_key not in self._receipts:
            self._receipts[once_key] = ParcelReceipt(to=to, reference="", case_file=bool(sending.case_file))
            how = " by a file, and is there once the receipt is," if agreement.party_elsewhere(to) else ""
            with_file = ", with the case file" if sending.case_file else ""
            self._note(
                Effect(
                    port=PARCELS.name,
                    sentence=f"“{parcel.message}” goes to {to}{how} under the agreement “{agreement.name}”{with_file}.",
                    details="\n".join(f"{name}: {value}" for name, value in parcel.facts.items()),
                )
            )
        return self._receipts[once_key]
