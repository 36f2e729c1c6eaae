"""Does in a browser what a guide says under “On the screens”: its sentences are the steps.

| in a numbered step | done |
|---|---|
| Put all that is in `FOLDER` into one ZIP file, `FILE` | the file is made |
| Sign in as **NAME** | on the sign-in page, with the password of everybody |
| Open **LINK**, **LINK** | each link is followed, after the other |
| Open **LINK** until you see “WORDS” | it is followed again and again |
| Unfold **WORDS** | what is behind them |
| Press **BUTTON** or `KEY` | it is pressed |
| Type “WORDS” | on the keyboard |
| Write “WORDS” under **LABEL** | into the field |
| Choose **LABEL** | one of several |
| choose `FILE` under **LABEL** | the file is sent |
| Take the tick away from **LABEL** | so it is |
| You see “WORDS” and “WORDS” | they stand on the page; … stands for anything |

All else explains.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

#: How long what is judged in the background may take, in milliseconds, and how often to look.
_LONGEST, _EVERY = 180_000, 1_000
_WORDS, _BOLD, _FILE = r"“([^”]+)”", r"\*\*([^*]+)\*\*", r"`([^`]+)`"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a guide is played."""

    page: Page
    address: str  #: "http://127.0.0.1:…", without a slash
    folder: Path  #: in which `bpmn` stands
    email_for: Callable[[str], str]
    password: str
    patience: float = 30_000  #: how long to wait for what is to be seen, in milliseconds


def numbered_steps(guide: str) -> list[str]:
    """The steps under “On the screens”, each as one line."""
    found = re.search(r"^## On the screens\n(.*?)(?=^## |\Z)", guide, flags=re.MULTILINE | re.DOTALL)
    items = re.findall(r"^\d+\. (.*?)(?=^\d+\. |^$)", found[1] if found else "", flags=re.MULTILINE | re.DOTALL)
    return [" ".join(item.split()) for item in items]


def actions(step: str) -> Iterator[Callable[[Place], None]]:
    """What is to be done, in the order in which it is said."""
    found = [
        (match.start(), action, match.groups())
        for sentence, action in _SENTENCES.items()
        for match in re.finditer(sentence, step)
    ]
    for _, action, words in sorted(found, key=lambda each: each[0]):
        yield lambda place, action=action, words=words: action(place, *words)  # type: ignore[misc]


def _pack(place: Place, folder: str, file: str) -> None:
    with zipfile.ZipFile(place.folder / file, "w") as archive:
        for path in sorted((place.folder / folder).rglob("*")):
            archive.write(path, path.relative_to(place.folder / folder))


def _sign_in(place: Place, name: str) -> None:
    place.page.context.clear_cookies()
    place.page.goto(f"{place.address}/sign-in")
    place.page.get_by_label("E-mail address").fill(place.email_for(name))
    place.page.get_by_label("Password", exact=True).fill(place.password)
    place.page.get_by_role("button", name="Sign in", exact=True).click()
    place.page.get_by_role("button", name="Sign out").wait_for()


def _open(place: Place, links: str, _last: str) -> None:
    for link in re.findall(_BOLD, links):
        _link(place.page, link)


def _link(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(rf"^{re.escape(name)}\b")).first.click()
    page.wait_for_load_state()


def _open_until(place: Place, link: str, words: str) -> None:
    for _ in range(_LONGEST // _EVERY):
        if _pattern(words).search(" ".join(place.page.locator("body").inner_text().split())):
            return
        again = place.page.get_by_role("link", name=link, exact=True)
        if again.count() == 0:
            break
        again.click()
        place.page.wait_for_timeout(_EVERY)
    _see(place, words)


def _press(place: Place, button: str) -> None:
    place.page.get_by_role("button", name=button, exact=True).click()
    place.page.wait_for_load_state()


def _unfold(place: Place, words: str) -> None:
    place.page.locator("summary").filter(has_text=words).click()


def _press_key(place: Place, key: str) -> None:
    place.page.keyboard.press(key)


def _type(place: Place, words: str) -> None:
    place.page.keyboard.type(words)


def _write(place: Place, words: str, label: str) -> None:
    place.page.get_by_label(label, exact=True).fill(words)


def _choose(place: Place, label: str) -> None:
    place.page.get_by_label(label, exact=True).check()


def _send_file(place: Place, file: str, label: str) -> None:
    place.page.get_by_label(label, exact=True).set_input_files(place.folder / file)


def _untick(place: Place, label: str) -> None:
    place.page.get_by_label(label, exact=True).uncheck()


def _see(place: Place, words: str, _last: str | None = None) -> None:
    for each in re.findall(_WORDS, words) or [words]:
        expect(place.page.locator("body")).to_contain_text(_pattern(each), timeout=place.patience)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part.strip()) for part in words.split("…")), flags=re.DOTALL)


_SENTENCES: Mapping[str, Callable[..., None]] = {
    rf"Put all that is in {_FILE} into one ZIP file, {_FILE}": _pack,
    rf"Sign in as {_BOLD}": _sign_in,
    rf"Open ({_BOLD}(?:, \*\*[^*]+\*\*)*)(?! until)": _open,
    rf"Open {_BOLD} until you see {_WORDS}": _open_until,
    rf"Press {_BOLD}": _press,
    rf"Unfold {_BOLD}": _unfold,
    rf"Press {_FILE}": _press_key,
    rf"Type {_WORDS}": _type,
    rf"Write {_WORDS} under {_BOLD}": _write,
    rf"Choose {_BOLD}": _choose,
    rf"choose {_FILE} under {_BOLD}": _send_file,
    rf"Take the tick away from {_BOLD}": _untick,
    rf"You see ({_WORDS}(?:(?:,| and) “[^”]+”)*)": _see,
}
