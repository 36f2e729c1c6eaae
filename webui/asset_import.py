"""Bring GOV.UK Frontend's stylesheet and script into webui/static: `python -m webui.asset_import FOLDER`.

FOLDER is the unpacked npm package. What only a gov.uk domain may carry is taken out: the typeface GDS Transport and
the crest. webui/static/README.md says when and how.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

#: The release that the macros of govuk-frontend-jinja are written for.
VERSION = "6.3.0"

STATIC = Path(__file__).parent / "static"

#: (what is taken out of the stylesheet, what stands there instead, how often it occurs)
_STYLE_CUTS = (
    (r"/\*! Copyright \(c\) 2011 [^*]*gov\.uk[^*]*\*/", "", 1),
    (r"@font-face\{font-family:GDS Transport;[^}]*\}", "", 2),
    (r"font-family:GDS Transport,arial,sans-serif", "font-family:arial,sans-serif", 55),
    (r"\.govuk-footer__copyright-logo:before\{content:[^}]*govuk-crest\.svg[^}]*\}", "", 1),
    (r"@supports [^{]*\{\.govuk-footer__copyright-logo:before\{[^}]*\}@media [^{]*\{[^{]*\{[^}]*\}\}\}", "", 1),
    (r"/\*# sourceMappingURL=[^*]*\*/\s*", "", 1),
)
_SCRIPT_CUTS = ((r"//# sourceMappingURL=\S*\s*", "\n", 1),)
_LEFT_OVER = re.compile(r"url\(|GDS Transport|crest|sourceMappingURL", re.IGNORECASE)


class AssetsError(Exception):
    """The package is not as expected. Look at what changed in it, and adapt the cuts in this file."""


def main(folder: Path) -> None:
    """Write the adapted stylesheet and script. Raises AssetsError, and then writes nothing."""
    found = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    if found != VERSION:
        raise AssetsError(f"The package has version {found}; {VERSION} is expected.")
    written = {
        "govuk-frontend.min.css": _STYLE_CUTS,
        "govuk-frontend.min.js": _SCRIPT_CUTS,
    }
    adapted = {
        name: cut((folder / "dist" / "govuk" / name).read_text(encoding="utf-8"), cuts, name)
        for name, cuts in written.items()
    }
    for name, text in adapted.items():
        (STATIC / name).write_text(text, encoding="utf-8")


def cut(text: str, cuts: tuple[tuple[str, str, int], ...], name: str) -> str:
    """`text` with every cut made as often as expected. Raises AssetsError otherwise, or where something is left."""
    for pattern, instead, expected in cuts:
        text, count = re.subn(pattern, instead, text)
        if count != expected:
            raise AssetsError(f"{name}: {pattern} occurs {count} times; {expected} are expected.")
    left = _LEFT_OVER.search(text)
    if left is not None:
        raise AssetsError(f"{name}: “{left.group()}” is left at character {left.start():,}.")
    return text


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the folder of the unpacked package: python -m webui.asset_import FOLDER")
    main(Path(sys.argv[1]))
