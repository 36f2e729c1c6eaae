"""Which languages there are: each has a catalogue of its own, but for English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    code: str  #: ISO 639-1, as `lang` attributes, catalogues and folders name it: "cy"
    own_name: str  #: what those who speak it call it: "Cymraeg"
    name: str  #: what it is called in English: "Welsh"


ENGLISH = "en"

_SPOKEN = (
    Language(code=ENGLISH, own_name="English", name="English"),
    Language(code="cy", own_name="Cymraeg", name="Welsh"),
)
#: By code. A council may speak any of them.
LANGUAGES = {each.code: each for each in _SPOKEN}
