"""What stands behind the ports through which handlers reach the world: for each the real thing and its stand-in."""

from engine.ports.letters import letters_outlet
from engine.ports.outlet import Outlet, Ports
from engine.ports.post import FolderPost, MemoryPost, letter_effect, post_outlet

__all__ = [
    "FolderPost",
    "MemoryPost",
    "Outlet",
    "Ports",
    "letter_effect",
    "letters_outlet",
    "post_outlet",
]
