"""Pages of a list: where one is, and the links to the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

SIZE = 25  #: rows of a page
_HIGHEST = 100_000


@dataclass(frozen=True, slots=True)
class PageNumber:
    number: int  #: from 1

    @property
    def offset(self) -> int:
        return (self.number - 1) * SIZE

    def links(self, total: int, address: Mapping[str, Any]) -> Mapping[str, object] | None:
        """For the pagination component; None where all is on one page. 404 for a page behind the last."""
        last = max(1, -(-total // SIZE))
        if self.number > last:
            abort(404)
        if last == 1:
            return None
        shown = sorted({1, last, *range(max(1, self.number - 1), min(last, self.number + 1) + 1)})
        items: list[dict[str, object]] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number > before + 1:
                items.append({"ellipsis": True})
            items.append({"number": number, "href": _link(number, address), "current": number == self.number})
        links: dict[str, object] = {"items": items}
        if self.number > 1:
            links["previous"] = {"href": _link(self.number - 1, address)}
        if self.number < last:
            links["next"] = {"href": _link(self.number + 1, address)}
        return links


def page_asked() -> PageNumber:
    """The page that the address names; the first where it names none. 404 for what is no page."""
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _HIGHEST):
        abort(404)
    return PageNumber(int(text[:9]))


def _link(number: int, address: Mapping[str, Any]) -> str:
    page: dict[str, Any] = {"page": str(number)} if number > 1 else {}
    return url_for(request.endpoint or "", **address, **page)
