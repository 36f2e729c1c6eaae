"""Parcels: what is handed over to another council or body under an agreement, and the port through which it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.handler.port import Port


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """What one case tells the other side of an agreement."""

    council_id: str
    case_reference: str
    item_id: str  #: the item that it is about, such as an appeal; "" for the case itself
    agreement: str  #: by its name, which is the same on both sides
    message: str  #: what is told: what begins the other side's case, or what that case waits for
    to: str  #: id of the other side's folder; "": whoever the case has to do with, or the agreement's only party
    facts: Mapping[str, Any]  #: FEEL values by the names that the agreement has; only what is known
    packed_at: datetime  #: aware


@dataclass(frozen=True, kw_only=True, slots=True)
class ParcelReceipt:
    """What is known once a parcel is with the other side."""

    to: str  #: who gets it, by name
    reference: str  #: of the other side's case; "" where it is only tried out
    case_file: bool = False  #: whether a copy of the case file went along
    received_at: datetime | None = None  #: aware; None where it is only tried out


@dataclass(frozen=True, kw_only=True, slots=True)
class ParcelUnderWay:
    """It is in a file for another installation, whose receipt is not there yet."""

    to: str  #: who is to get it, by name


@dataclass(frozen=True, kw_only=True, slots=True)
class NotReceived:
    """Nothing has come there."""

    is_given_up: bool = False  #: a file was made, and somebody no longer waits for its receipt; else nothing was made


class Parcels(Protocol):
    """Hands parcels over to the other side of an agreement."""

    def hand_over(self, parcel: Parcel, *, once_key: str) -> ParcelReceipt | ParcelUnderWay | NotReceived:
        """Hand `parcel` over. A second call with the same `once_key` hands nothing over.

        `NotReceived` where the other side, or the case of theirs that it goes to, is not reached; `ParcelUnderWay`
        until the receipt of another installation is there.

        Raises HandoverRefusedError where one of the two sides has not agreed to it, and what the receiving case raises.
        """


PARCELS: Port[Parcels] = Port(name="parcels", purpose="hand a case over to another council or body, or answer it")
