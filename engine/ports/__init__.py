"""What stands behind the ports through which handlers reach the world: for each the real thing and its stand-in."""

from engine.ports.http import ListedServices, http_outlet
from engine.ports.invitations import FolderCalendar, MemoryCalendar, calendar_outlet
from engine.ports.letters import letters_outlet
from engine.ports.outlet import Outlet, Ports
from engine.ports.parcels import Carrier, MemoryParcels, out_of_reach, parcels_outlet
from engine.ports.post import FolderPost, MemoryPost, letter_effect, post_outlet

__all__ = [
    "Carrier",
    "FolderCalendar",
    "FolderPost",
    "ListedServices",
    "MemoryCalendar",
    "MemoryParcels",
    "MemoryPost",
    "Outlet",
    "Ports",
    "calendar_outlet",
    "http_outlet",
    "letter_effect",
    "letters_outlet",
    "out_of_reach",
    "parcels_outlet",
    "post_outlet",
]
