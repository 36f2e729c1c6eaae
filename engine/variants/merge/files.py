"""Files that a council has of its own, where the base has one of the same name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.errors import EngineError
from engine.variants.folder import POLICY_FILE, SCENARIOS, SETTINGS_FILE
from engine.variants.merge.diagrams import merge_diagrams
from engine.variants.merge.forms import merge_forms
from engine.variants.merge.inquiry import Inquiry, Side
from engine.variants.merge.tables import merge_tables
from engine.variants.merge.texts import merge_texts

_KINDS: Mapping[str, Callable[[str, bytes, bytes, bytes, Inquiry], bytes]] = {
    ".bpmn": merge_diagrams,
    ".dmn": merge_tables,
    ".form": merge_forms,
    ".md": merge_texts,
}


def merge_files(
    old: Mapping[str, bytes], own: Mapping[str, bytes], new: Mapping[str, bytes], inquiry: Inquiry
) -> dict[str, bytes | None]:
    """The council's own files that are others afterwards; None for one that goes. Worked examples are taken whole."""
    changed: dict[str, bytes | None] = {}
    for file, mine in own.items():
        was, theirs = old.get(file), new.get(file)
        if file in (SETTINGS_FILE, POLICY_FILE) or theirs in (was, mine):
            continue
        merged = theirs if mine == was else merge_file(file, was, mine, theirs, inquiry)
        if merged != mine:
            changed[file] = merged
    return changed


def merge_file(file: str, old: bytes | None, own: bytes, new: bytes | None, inquiry: Inquiry) -> bytes | None:
    """One that both sides have changed; None where it goes."""
    kind = _KINDS.get(file[file.rfind(".") :])
    if old is not None and new is not None and kind is not None and not file.startswith(SCENARIOS):
        asked = len(inquiry.questions)
        try:
            return kind(file, old, own, new, inquiry)
        except EngineError:  # one of the three cannot be read: a person says which file holds
            del inquiry.questions[asked:]
    did = "has a file of this name now" if old is None else "does without it now" if new is None else "changed it too"
    side = inquiry.ask(
        file, file, f"{file} is your own, and the base {did}.", own="Your file stays.",
        base="Your file goes" + (", and the base's is taken over." if new is not None else "."),
    )  # fmt: skip
    return own if side is Side.OWN else None
