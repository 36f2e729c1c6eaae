"""The port `letters`: writing a letter of the variant's letter set."""

from __future__ import annotations

from engine.handler import LETTERS, LetterWriter, Note
from engine.letters import LetterSet, LettersOfLanguage
from engine.ports.outlet import Outlet
from engine.variants import Variant


def letters_outlet() -> Outlet[LetterWriter]:
    """Writes text and pages; its stand-in writes the text alone, which is all that a preview shows."""
    return Outlet(port=LETTERS, real=_with_pages, stand_in=_text_alone)


def _with_pages(variant: Variant) -> LetterWriter:
    return _letters(variant, with_pdf=True)


def _text_alone(variant: Variant, _note: Note) -> LetterWriter:
    """Nothing to note: a letter that is written has gone nowhere yet."""
    return _letters(variant, with_pdf=False)


def _letters(variant: Variant, *, with_pdf: bool) -> LetterSet:
    settings = variant.settings
    return LetterSet(
        {code: _of_language(variant, code) for code in settings.languages},
        addressees=settings.addressees,
        conditions=settings.letter_conditions,
        logo=settings.logo,
        with_pdf=with_pdf,
    )


def _of_language(variant: Variant, code: str) -> LettersOfLanguage:
    translated = variant.translations.get(code)
    return LettersOfLanguage(
        letters=translated.letters if translated is not None else variant.letters,
        council=variant.settings.council_in(code),
    )
