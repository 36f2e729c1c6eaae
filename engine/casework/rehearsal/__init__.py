"""Seeing what an answer would do before it is given: the real step, run and taken back."""

from engine.casework.rehearsal.consequences import (
    Consequences,
    DeadlineAhead,
    IncidentAhead,
    TaskAhead,
    TimerAhead,
)
from engine.casework.rehearsal.preview import what_follows, what_follows_correcting, what_follows_telling
from engine.casework.rehearsal.stage import rehearse
from engine.casework.rehearsal.ways import Alternative, alternatives, alternatives_of_telling

__all__ = [
    "Alternative",
    "Consequences",
    "DeadlineAhead",
    "IncidentAhead",
    "TaskAhead",
    "TimerAhead",
    "alternatives",
    "alternatives_of_telling",
    "rehearse",
    "what_follows",
    "what_follows_correcting",
    "what_follows_telling",
]
