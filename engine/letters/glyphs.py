"""Characters that no font at hand can print, and what stands in their place."""

from __future__ import annotations

import re
from collections.abc import Callable

import typst

#: The fonts of Typst hold this one.
REPLACEMENT = "\ufffd"
#: From this attempt on, everything beyond Latin is replaced, so that no text takes long.
LAST_ATTEMPT = 40

_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_BEYOND_LATIN = re.compile(f"[^\\x00-\u024f\u2010-\u2027{REPLACEMENT}]")
#: Ranges of which Typst's own fonts hold nothing: they are replaced as one.
_NEVER_HELD = ((0x2E80, 0xFAFF), (0x1F000, 0x10FFFF))


def set_printable(set_it: Callable[[str], bytes], content: str) -> bytes:
    """What `set_it` makes of the content; each character that the fonts lack (an emoji, say) is printed as a
    replacement character, since PDF/UA allows none without a glyph.

    Raises typst.TypstError where something else is wrong.
    """
    attempt = 0
    while True:
        try:
            return set_it(content)
        except typst.TypstError as error:
            attempt += 1
            printable = without_lacking(content, str(error), attempt)
            if printable == content:
                raise
            content = printable


def without_lacking(content: str, error: str, attempt: int) -> str:
    """`content` without the characters that `error`, Typst's message of the given attempt (from 1), says it lacks.

    Unchanged where the message speaks of something else.
    """
    found = _LACKING.search(error)
    if found is None:
        return content
    named = _ESCAPED.sub(lambda escape: chr(int(escape.group(1), 16)), found.group(1))
    codes = {ord(character) for character in named if not character.isascii()} - {ord(REPLACEMENT)}
    # A replacement that itself fails stands under a combining mark that no font can put there.
    if not codes or attempt >= LAST_ATTEMPT:
        return _BEYOND_LATIN.sub(REPLACEMENT, content)
    ranges = {_range_of(code) for code in codes}
    return re.sub(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in ranges)}]", REPLACEMENT, content)


def _range_of(code: int) -> tuple[int, int]:
    return next(((first, last) for first, last in _NEVER_HELD if first <= code <= last), (code, code))
