"""The ports of an office: behind each the real thing and its stand-in, replaced together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from engine.errors import PortRefusedError
from engine.handler import Handler, Note, Port
from engine.variants import Variant

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)  # no slots: `Outlet[X](…)` notes its X on the object
class Outlet(Generic[T]):
    """What stands behind a port. One without a stand-in cannot be made."""

    port: Port[T]
    real: Callable[[Variant], T]  #: for the cases of one variant
    #: performs nothing, notes what it is asked, and gives back what the real thing would as far as that can be known
    stand_in: Callable[[Variant, Note], T]

    def rehearsed(self, note: Note) -> Outlet[T]:
        """The same port with nothing but the stand-in behind it. `note` hears of each effect."""
        return Outlet(port=self.port, real=lambda variant: self.stand_in(variant, note), stand_in=self.stand_in)


@dataclass(frozen=True, slots=True)
class Ports:
    """Every way out of an office. Raises PortRefusedError where two bear one name."""

    outlets: tuple[Outlet[Any], ...] = ()

    def __post_init__(self) -> None:
        names = [outlet.port.name for outlet in self.outlets]
        for name in names:
            if names.count(name) > 1:
                raise PortRefusedError(f"Two ports are named “{name}”. Rename one.")

    def rehearsed(self, note: Note) -> Ports:
        """All of them replaced by their stand-ins: nothing leaves, and `note` hears what would."""
        return Ports(tuple(outlet.rehearsed(note) for outlet in self.outlets))

    def changed(self, port: Port[T], change: Callable[[Outlet[T]], Outlet[T]]) -> Ports:
        """The same with another outlet for `port`, where it has one."""
        return Ports(tuple(change(outlet) if outlet.port == port else outlet for outlet in self.outlets))

    def opened(self, variant: Variant, declared: Iterable[Port[Any]]) -> Mapping[Port[Any], object]:
        """What stands behind the ports `declared`, for the cases of `variant`."""
        asked = set(declared)
        return {outlet.port: outlet.real(variant) for outlet in self.outlets if outlet.port in asked}

    def refuse_what_lacks(self, handlers: Iterable[Handler]) -> None:
        """Raises PortRefusedError where a handler declares a port that is not here."""
        here = {outlet.port for outlet in self.outlets}
        for handler in handlers:
            for port in handler.ports:
                if port not in here:
                    raise PortRefusedError(
                        f"The handler “{handler.name}” needs the port “{port.name}” to {port.purpose}, and this office "
                        "has none. Add it where the office is put together."
                    )
