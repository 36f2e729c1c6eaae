"""Letters: Markdown with placeholders, written as email text and as tagged PDF."""

from engine.letters.letter import Letter, read_letter
from engine.letters.letter_set import LetterSet, render_pdf, render_text
from engine.letters.letterhead import Letterhead, letterhead
from engine.letters.pdf import as_pdf

__all__ = [
    "Letter",
    "LetterSet",
    "Letterhead",
    "as_pdf",
    "letterhead",
    "read_letter",
    "render_pdf",
    "render_text",
]
