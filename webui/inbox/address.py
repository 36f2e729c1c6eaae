"""The choice of tasks as it stands in the address: a page can be kept, sent to a colleague, and saved."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from engine.casework.pages.inbox import Bucket, InboxChoice, Sort, Tab

E = TypeVar("E", bound=StrEnum)

_LONGEST = 200  #: characters of a filter
_HIGHEST_PAGE = 100_000
#: Names in the address → fields of the choice that are texts.
_TEXTS = {
    "search": "search", "team": "team", "kind": "kind", "case": "case", "person": "person", "policy": "variant",
}  # fmt: skip


def read_choice(args: Mapping[str, str], default: Tab) -> InboxChoice:
    """What the address says; whatever it says wrongly counts as not said."""
    page = args.get("page", "")
    return InboxChoice(
        tab=_one_of(Tab, args.get("tab"), default),
        bucket=_one_of(Bucket, args.get("due"), Bucket.ANY),
        sort=_one_of(Sort, args.get("sort"), Sort.DUE),
        is_unclaimed=args.get("unclaimed") == "yes",
        page=int(page) if page.isascii() and page.isdigit() and 0 < int(page[:9]) <= _HIGHEST_PAGE else 1,
        **{field: _text(args.get(name, "")) for name, field in _TEXTS.items()},
    )


def address_of(choice: InboxChoice, **changed: str) -> dict[str, Any]:
    """The choice as arguments of the address, without its page; `changed` are such arguments, empty ones to leave out.

    Choosing another tab or bucket keeps the filters; of one's own tasks there is none that nobody has taken.
    """
    if changed.get("tab") == Tab.MINE:
        changed = {"unclaimed": "", **changed}
    said: dict[str, str] = {
        "tab": choice.tab,
        "due": "" if choice.bucket is Bucket.ANY else choice.bucket,
        **{name: getattr(choice, field) for name, field in _TEXTS.items()},
        "unclaimed": "yes" if choice.is_unclaimed else "",
        "sort": "" if choice.sort is Sort.DUE else choice.sort,
        **changed,
    }
    return {name: str(value) for name, value in said.items() if value}


def has_filters(choice: InboxChoice) -> bool:
    """Whether anything but the tab, the bucket and the order is chosen."""
    return choice.is_unclaimed or any(getattr(choice, field) for field in _TEXTS.values())


def _one_of(kind: type[E], value: str | None, default: E) -> E:
    return next((each for each in kind if each == value), default)


def _text(value: str) -> str:
    return " ".join(value.replace("\0", "").split())[:_LONGEST]
