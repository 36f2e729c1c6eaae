"""Who is signed in, and what each route asks for."""

from engine.staff.roles import Right, Role
from webui.access.rules import allow, may, set_up
from webui.access.secret import is_behind_https, secret_key
from webui.access.session import SignedIn, person, settings_in_force
from webui.access.unsent import typed_at, unsent, unsent_text

__all__ = [
    "Right",
    "Role",
    "SignedIn",
    "allow",
    "is_behind_https",
    "may",
    "person",
    "secret_key",
    "set_up",
    "settings_in_force",
    "typed_at",
    "unsent",
    "unsent_text",
]
