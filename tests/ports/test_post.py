"""The posts that take letters out: each letter once, whole, and nowhere but into its folder."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from engine.handler import Channel, WrittenLetter
from engine.ports import FolderPost, MemoryPost


def written(*, to: str = "A. Lee") -> WrittenLetter:
    return WrittenLetter(
        letter_id="CT1", title="We have your application", recipient="A. Lee", address="a@b.example",
        channel=Channel.EMAIL, text=f"Dear {to}, Monday.", pdf=None, clauses=("H11.1",),
    )  # fmt: skip


def test_the_folder_holds_each_letter_once_however_often_it_is_delivered(tmp_path: Path) -> None:
    post = FolderPost(tmp_path / "post")
    post.deliver(written(to="A"), once_key="job-1")
    post.deliver(written(to="changed"), once_key="job-1")
    post.deliver(written(to="B"), once_key="job-2")
    texts = sorted(path.read_text() for path in (tmp_path / "post").glob("CT1-*/letter.txt"))
    assert ["Dear A," in texts[0], "Dear B," in texts[1], len(texts)] == [True, True, 2]


def test_a_letter_in_the_folder_tells_where_it_goes(tmp_path: Path) -> None:
    FolderPost(tmp_path).deliver(written(), once_key="job-1")
    [envelope] = tmp_path.glob("*/envelope.json")
    told = json.loads(envelope.read_text())
    assert (told["recipient"], told["address"], told["channel"]) == ("A. Lee", "a@b.example", "email")
    assert not (envelope.parent / "letter.pdf").exists()


def test_no_key_and_no_letter_id_leads_out_of_the_folder(tmp_path: Path) -> None:
    document = WrittenLetter(
        letter_id="../../x", title="", recipient="", address="", channel=Channel.POST, text="x", pdf=b"%PDF"
    )
    FolderPost(tmp_path / "post").deliver(document, once_key="../../../etc")
    assert [path.name for path in tmp_path.iterdir()] == ["post"]
    [folder] = (tmp_path / "post").iterdir()
    assert sorted(path.name for path in folder.iterdir()) == ["envelope.json", "letter.pdf", "letter.txt"]


def test_a_delivery_that_breaks_off_leaves_nothing_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", full)
        with pytest.raises(OSError, match="No space"):
            FolderPost(tmp_path).deliver(written(), once_key="job-1")
    assert list(tmp_path.iterdir()) == []
    FolderPost(tmp_path).deliver(written(), once_key="job-1")
    assert len(list(tmp_path.iterdir())) == 1


def test_two_workers_with_one_letter_make_one_folder(tmp_path: Path) -> None:
    post, document, together = FolderPost(tmp_path), written(), threading.Barrier(4)
    failures: list[BaseException] = []

    def deliver() -> None:
        together.wait()
        try:
            post.deliver(document, once_key="job-1")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(list(tmp_path.iterdir())) == 1


def test_the_memory_post_keeps_each_letter_once() -> None:
    post = MemoryPost()
    post.deliver(written(to="A"), once_key="job-1")
    post.deliver(written(to="B"), once_key="job-1")
    assert [document.text.count("Dear A") for document in post.delivered] == [1]
