"""Letters: Markdown with placeholders, written as email text and as tagged PDF."""

from engine.letters.letter import Letter, read_letter

__all__ = ["Letter", "read_letter"]
