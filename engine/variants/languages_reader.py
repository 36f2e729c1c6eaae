"""What a variant.toml says of the languages in which the public is spoken to."""

from __future__ import annotations

import re
from typing import Any

from engine.language import ENGLISH, LANGUAGES
from engine.variants.tables import TomlTable

_TRANSLATED = re.compile(r"(letters|pages|forms)\.[A-Za-z0-9][A-Za-z0-9_-]{0,62}")


def read_languages(top: TomlTable) -> dict[str, Any]:
    """`languages`, `translated` and `[translations]`, as VariantSettings has them."""
    return {
        "languages": _languages(top),
        "translated": _translated(top),
        "translations": _translations(top.table("translations")),
    }


def _languages(top: TomlTable) -> tuple[str, ...]:
    told = top.texts("languages")
    known = tuple(dict.fromkeys(code for code in told if code in LANGUAGES))
    for code in told:
        if code not in LANGUAGES:
            there_are = ", ".join(f"{each.code} ({each.name})" for each in LANGUAGES.values())
            top.complain(f"“languages” names “{code[:20]}”, which is not spoken here. There are: {there_are}.")
    if len(known) < len(told) and len(set(told)) < len(told):
        top.complain("“languages” names one twice. Take one out.")
    return known or (ENGLISH,)


def _translated(top: TomlTable) -> tuple[str, ...]:
    told = top.texts("translated")
    for each in told:
        if not _TRANSLATED.fullmatch(each):
            top.complain(f'“translated” names “{each[:60]}”. Write a kind and an id: "letters.met", "pages.apply".')
    return tuple(each for each in told if _TRANSLATED.fullmatch(each))


def _translations(table: TomlTable) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code in table.keys:
        inner = table.table(code)
        if code not in LANGUAGES:
            table.complain(f"“{code[:20]}” is no language that is spoken here. Write one of: {', '.join(LANGUAGES)}.")
            continue
        found[code] = {}
        for words, said in inner.rest().items():
            if isinstance(said, str) and said.strip():
                found[code][words] = said.strip()
            else:
                inner.complain(f"“{words[:60]}” is given no words. Write them, or take the line out.")
    return found
