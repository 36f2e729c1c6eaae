"""The port `post`: where letters go when they leave the building."""

from __future__ import annotations

import json
import re
from pathlib import Path

from engine.handler import POST, Effect, Note, Post, WrittenLetter
from engine.ports.handover import key_in_names, put_folder
from engine.ports.outlet import Outlet
from engine.words import letter_goes


def post_outlet(folder: Path) -> Outlet[Post]:
    """Puts letters into `folder`; its stand-in puts them nowhere."""
    return Outlet(
        port=POST,
        real=lambda _variant: FolderPost(folder),
        stand_in=lambda _variant, note: MemoryPost(note),
    )


def letter_effect(*, title: str, recipient: str, channel: str, text: str) -> Effect:
    """What a rehearsal tells of a letter that would go."""
    return Effect(port=POST.name, sentence=f"A letter {letter_goes(recipient, channel)}: “{title}”.", details=text)


class MemoryPost:
    """The post of rehearsals and tests: it keeps what it is given, and `note` hears of it."""

    def __init__(self, note: Note = lambda _effect: None) -> None:
        self._note = note
        self._delivered: dict[str, WrittenLetter] = {}

    def deliver(self, letter: WrittenLetter, *, once_key: str) -> None:
        """Keep `letter`. A second call with the same `once_key` keeps nothing."""
        if once_key not in self._delivered:
            self._delivered[once_key] = letter
            self._note(
                letter_effect(title=letter.title, recipient=letter.recipient, channel=letter.channel, text=letter.text)
            )

    @property
    def delivered(self) -> tuple[WrittenLetter, ...]:
        """What was delivered, in order."""
        return tuple(self._delivered.values())


class FolderPost:
    """A post of files: a folder per letter, with letter.txt, letter.pdf and envelope.json, ready to be sent or printed.

    A letter's folder is named after its once_key, is put together aside and appears whole by one rename: two workers
    with one letter make one folder, and a crash leaves nothing half.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, letter: WrittenLetter, *, once_key: str) -> None:
        """Put `letter` into the folder. A second call with the same `once_key` changes nothing.

        Raises OSError where the folder cannot be written to.
        """
        put_folder(self._folder, _folder_name(letter.letter_id, once_key), _files(letter, once_key))


def _folder_name(letter_id: str, once_key: str) -> str:
    """A name that tells the letter and is safe whatever the key holds; the hash alone makes it the key's own."""
    safe = re.sub(r"[^A-Za-z0-9_-]", "-", letter_id)[:40]
    return f"{safe}-{key_in_names(once_key)}"


def _files(letter: WrittenLetter, once_key: str) -> dict[str, bytes]:
    envelope = {
        "letter": letter.letter_id,
        "title": letter.title,
        "recipient": letter.recipient,
        "address": letter.address,
        "channel": letter.channel.value,
        "language": letter.language,
        "clauses": list(letter.clauses),
        "once_key": once_key,
    }
    files = {
        "envelope.json": (json.dumps(envelope, indent=2, ensure_ascii=False) + "\n").encode(),
        "letter.txt": letter.text.encode(),
    }
    return files | ({"letter.pdf": letter.pdf} if letter.pdf is not None else {})
