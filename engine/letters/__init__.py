"""Letters: Markdown with placeholders, written as email text and as tagged PDF."""

from engine.letters.addressees import AddresseeRole, Addressees
from engine.letters.letter import Letter, read_letter
from engine.letters.letter_set import LetterSet, LettersOfLanguage, render_pdf, render_text
from engine.letters.letterhead import Letterhead, letterhead
from engine.letters.logo import Logo
from engine.letters.logo_reader import read_logo
from engine.letters.pdf import as_pdf
from engine.letters.prints import Print, prints_of

__all__ = [
    "AddresseeRole",
    "Addressees",
    "Letter",
    "LetterSet",
    "Letterhead",
    "LettersOfLanguage",
    "Logo",
    "Print",
    "as_pdf",
    "letterhead",
    "prints_of",
    "read_letter",
    "read_logo",
    "render_pdf",
    "render_text",
]
