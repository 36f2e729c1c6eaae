"""Pages for the public: Markdown with placeholders of the council's contact and of its time limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import BadInputError
from engine.variants.limits import LimitRow
from engine.words import amount_in_words

#: Largest page read, in bytes.
MAX_BYTES = 200_000

_PLACEHOLDER = re.compile(r"\(\(([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)\)\)")
_TITLE = re.compile(r"\s*# +([^\n]+)(?:\n|\Z)")
_HEADING = re.compile(r"^#(#+ )", re.MULTILINE)
#: A link whose address has no end: `[Write to us](mailto:((council.email))`.
_OPEN_LINK = re.compile(r"\[([^\]\n]{0,60})\]\([^)\s]*(?:\s(?![\"'(])|\Z)")
#: What Markdown could read as markup; a backslash before it makes it plain, in the address of a link too.
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page as it was written, its placeholders still open."""

    id: str  #: the file's name without its ending: "apply"
    file: str
    title: str  #: its first heading
    text: str = field(repr=False)  #: Markdown without the first heading; the others are raised a level, below the title
    placeholders: tuple[str, ...] = ()  #: "council.phone", "limits.acknowledge"; each once
    problems: tuple[str, ...] = ()

    def filled(self, values: Mapping[str, Mapping[str, str]]) -> str:
        """The text with words for its placeholders (`Variant.page_values`). A value is only ever read as words.

        A placeholder that nothing gives, which the check names, is left empty.
        """
        return _PLACEHOLDER.sub(lambda found: _plain(_look_up(values, found[1]) or ""), self.text)


def read_page(data: bytes, *, file: str) -> Page:
    """The page in `data`. Raises BadInputError where it is no text; what else is wrong is in `Page.problems`."""
    if len(data) > MAX_BYTES:
        raise BadInputError(f"{file} has {len(data):,} bytes; at most {MAX_BYTES:,} are read. Make it shorter.")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadInputError(f"{file} is no text in UTF-8. Save it again as UTF-8.") from None
    problems = []
    titled = _TITLE.match(text)
    if titled is None:
        problems.append("It does not begin with its title. Write “# Apply for a review” or the like in its first line.")
    for found in re.finditer(r"\(\(([^)\n]{0,60})", _PLACEHOLDER.sub("", text)):
        problems.append(
            f"“(({found[1]}” is no placeholder of a page. Write ((council.…)) with a key of [contact] or ((limits.…))."
        )
    for found in _OPEN_LINK.finditer(_PLACEHOLDER.sub("…", text)):
        problems.append(f"The address of the link “{found[1]}” does not end. Write ) behind it.")
    return Page(
        id=file.rpartition("/")[2].removesuffix(".md"),
        file=file,
        title=titled[1].strip() if titled is not None else "",
        text=_HEADING.sub(r"\1", text[titled.end() if titled is not None else 0 :]).strip(),
        placeholders=tuple(dict.fromkeys(_PLACEHOLDER.findall(text))),
        problems=tuple(problems),
    )


def limits_in_words(limits: Mapping[str, LimitRow], language: str) -> dict[str, str]:
    """“threshold_decision” → “14 working days”: the names of the limits as placeholders write them."""
    return {
        re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_"): amount_in_words(row.limit.amount, row.limit.unit, language)
        for name, row in limits.items()
    }


def _look_up(values: Mapping[str, Mapping[str, str]], path: str) -> str | None:
    group, _, name = path.partition(".")
    return values.get(group, {}).get(name)


def _plain(value: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(value.split()))
