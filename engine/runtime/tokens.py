"""A token: where a process instance is. The whole state of an instance is its list of tokens.

SpiffWorkflow carries each token as one of its tasks. What is finished is dropped, so a step costs what is live and
not what has been: a hundred rounds of a loop leave one token.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

#: Version of the packed form. Older versions stay readable; tests keep packed states of each.
STATE_VERSION = 1


@dataclass(kw_only=True, slots=True)
class Token:
    number: int  #: unique in the case; the task, job, timer or subscription it waits for has the same number
    element_id: str
    scope: int | None = None  #: the token of the embedded sub-process it is in
    #: events that wait beside something: the token of their activity or sub-process, or the number of their instance
    host: int | None = None
    via: str | None = None  #: tokens waiting at a join: the flow they came by
    gate: int | None = None  #: events behind an event-based gateway: the gateway's number, shared by its events
    is_parked: bool = False  #: could not be run; an incident is open


def pack_tokens(tokens: Iterable[Token]) -> bytes:
    """The state as bytes: deflated JSON."""
    rows = [[t.number, t.element_id, t.scope, t.host, t.via, t.gate, int(t.is_parked)] for t in tokens]
    return zlib.compress(json.dumps([STATE_VERSION, rows], separators=(",", ":")).encode(), 1)


def unpack_tokens(data: bytes) -> list[Token]:
    """The tokens of `pack_tokens`. Raises ValueError for a version this engine does not know."""
    version, rows = json.loads(zlib.decompress(data))
    if version != STATE_VERSION:
        raise ValueError(f"state version {version} is newer than this engine; upgrade the engine")
    return [
        Token(number=n, element_id=e, scope=s, host=h, via=v, gate=g, is_parked=bool(p)) for n, e, s, h, v, g, p in rows
    ]
