"""Worked examples of a policy: how each comes out, kept so that nobody waits for it twice."""

from engine.workshop.examples.background import has_examples_to_play, play_waiting_examples
from engine.workshop.examples.course import PlayedExample, digest_of_example, play_example
from engine.workshop.examples.kept import PlayedExamples, ask_to_play, play_kept, played_examples

__all__ = [
    "PlayedExample",
    "PlayedExamples",
    "ask_to_play",
    "digest_of_example",
    "has_examples_to_play",
    "play_example",
    "play_kept",
    "play_waiting_examples",
    "played_examples",
]
