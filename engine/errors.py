"""Every error of the engine, in one file and under one base.

An error's docstring is its message's template in words: it says what is wrong and what to do. Attributes carry the
parts, so that nobody parses a message.
"""

from __future__ import annotations


class EngineError(Exception):
    """Something the engine refuses, with a sentence that says what to do."""


class BadInputError(EngineError):
    """What was handed in cannot be used. The message says where and what to change."""


class FeelError(EngineError):
    """An expression is wrong. Correct it at the place shown."""

    def __init__(self, sentence: str, *, expression: str, position: int | None = None) -> None:
        self.sentence = sentence
        self.expression = expression
        #: 0-based offset into `expression`; None where no single place is to blame
        self.position = position
        super().__init__(sentence if position is None else f"{sentence} (at character {position + 1})")


class FeelSyntaxError(FeelError):
    """An expression cannot be read. Correct it at the place shown."""


class FeelLimitError(FeelError):
    """An expression asks for more work than any policy needs. Make it smaller."""


class DmnError(EngineError):
    """A decision cannot be read or decided. The message names the table and the rules."""


class XmlRefusedError(EngineError):
    """A file is no XML, or is XML that is not read (DOCTYPE, entities, too large). Save it again from the modeller."""


class BadTimeError(BadInputError):
    """A day or an instant cannot be used as it stands. The message says what it lacks."""


class DiagramError(EngineError):
    """A file is no BPMN diagram. Save it again from the modeller as BPMN."""


class DrawError(EngineError):
    """A diagram has nothing drawn in it. Open it in the modeller, lay it out and save it."""
