"""A folder in a git checkout says which commit it is, whatever else stands in that checkout."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from dulwich import porcelain
from dulwich.objects import Blob, Tree
from dulwich.repo import Repo

from engine.variants import Commit, commit_of, read_source
from tests.variants.git import committed, packed

#: A council, what it extends, and what has nothing to do with either.
FILES = {
    "othershire/variant.toml": 'extends = "base"\nname = "Othershire"\n',
    "othershire/letters/ct1.md": "Dear ((name))\n",
    "base/variant.toml": 'name = "Base"\n',
    "readme.txt": "What lies here.\n",
}


def write(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return write(tmp_path / "checkout" / "policies")


def found(policies: Path, council: str = "othershire") -> Commit | None:
    home = policies / council
    return commit_of(home, read_source(home, policies), policies)


def test_a_folder_as_it_was_committed_is_that_commit(policies: Path) -> None:
    commit = committed(policies.parent)
    assert found(policies) == Commit(id=commit, has_all=True)
    packed(policies.parent)
    assert not list((policies.parent / ".git" / "refs" / "heads").iterdir())
    assert found(policies) == Commit(id=commit, has_all=True)


def test_the_folder_may_be_the_checkout_itself(policies: Path) -> None:
    commit = committed(policies / "othershire")
    assert found(policies) == Commit(id=commit, has_all=False)  # what it extends is no part of it
    assert found(policies, "base") is None
    base = committed(policies / "base")
    assert found(policies, "base") == Commit(id=base, has_all=True)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("othershire/letters/ct1.md", "Dear ((name)),\n"),
        ("othershire/letters/ct1.md", None),
        ("othershire/letters/ct2.md", "Dear ((name))\n"),
        ("base/variant.toml", 'name = "Another"\n'),
    ],
)
def test_what_was_changed_since_is_said(policies: Path, file: str, text: str | None) -> None:
    commit = committed(policies.parent)
    if text is None:
        (policies / file).unlink()
    else:
        (policies / file).write_text(text)
    assert found(policies) == Commit(id=commit, has_all=False)
    assert committed(policies.parent) != commit
    assert found(policies).has_all  # type: ignore[union-attr]


def test_what_is_no_policy_and_how_lines_end_change_nothing(policies: Path) -> None:
    commit = committed(policies.parent)
    (policies / "readme.txt").write_text("Something else.\n")
    (policies / "othershire" / "notes.txt").write_text("Not read.\n")
    letter = policies / "othershire" / "letters" / "ct1.md"
    letter.write_bytes(letter.read_bytes().replace(b"\n", b"\r\n"))
    assert found(policies) == Commit(id=commit, has_all=True)


def test_a_further_worktree_is_known_by_its_own_commit(policies: Path, tmp_path: Path) -> None:
    first = committed(policies.parent)
    with Repo(str(policies.parent)) as checkout:
        porcelain.worktree_add(checkout, str(tmp_path / "other"), branch=b"other")
    other = tmp_path / "other" / "policies"
    assert (tmp_path / "other" / ".git").is_file()
    assert found(other) == Commit(id=first, has_all=True)


def test_where_there_is_no_commit_nothing_is_said(policies: Path) -> None:
    assert found(policies) is None
    (policies.parent / "readme.md").write_text("Only this is committed.\n")
    with Repo.init(str(policies.parent)) as checkout:
        assert found(policies) is None  # nothing is committed yet
        porcelain.add(checkout, paths=[str(policies.parent / "readme.md")])
        porcelain.commit(checkout, message=b"Begin", author=b"O <o@x.example>", committer=b"O <o@x.example>")
    assert found(policies) is None  # the folder is no part of it


def test_nothing_that_a_checkout_asks_for_is_run(policies: Path, tmp_path: Path) -> None:
    commit, trap = committed(policies.parent), tmp_path / "was run"
    run = f"touch '{trap}'"
    (policies.parent / ".git" / "config").write_text(
        f'[core]\n\tfsmonitor = "{run}"\n\tsshCommand = "{run}"\n\tpager = "{run}"\n'
        f'[filter "f"]\n\tclean = "{run}"\n\tsmudge = "{run}"\n\tprocess = "{run}"\n\trequired = true\n'
        f'[remote "origin"]\n\turl = "ext::{run}"\n\tpromisor = true\n\tuploadpack = "{run}"\n'
        '[protocol "ext"]\n\tallow = always\n[extensions]\n\tpartialClone = origin\n[include]\n\tpath = /dev/zero\n'
    )
    (policies / "othershire" / ".gitattributes").write_text("* filter=f\n")
    (policies / "othershire" / "letters" / "ct1.md").write_text("Changed\n")
    for hook in ("post-checkout", "pre-commit", "reference-transaction"):
        path = policies.parent / ".git" / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{run}\n")
        path.chmod(0o755)
    assert found(policies) in (Commit(id=commit, has_all=False), None)
    assert not trap.exists()


def test_a_tree_that_names_itself_over_and_over_ends(policies: Path, caplog: pytest.LogCaptureFixture) -> None:
    committed(policies.parent)
    with Repo(str(policies.parent)) as checkout:
        blob = Blob.from_string(b"x")
        checkout.object_store.add_object(blob)
        tree = Tree()
        tree.add(b"variant.toml", 0o100644, blob.id)
        for _ in range(30):  # 2 to the 30th files
            checkout.object_store.add_object(tree)
            outer = Tree()
            outer.add(b"a", 0o040000, tree.id)
            outer.add(b"b", 0o040000, tree.id)
            tree = outer
        checkout.object_store.add_object(tree)
        top = Tree()
        top.add(b"othershire", 0o040000, tree.id)
        checkout.object_store.add_object(top)
        policies_tree = Tree()
        policies_tree.add(b"policies", 0o040000, top.id)
        checkout.object_store.add_object(policies_tree)
        kept = checkout[checkout.head()]
        kept.tree = policies_tree.id
        checkout.object_store.add_object(kept)
        checkout.refs[b"HEAD"] = kept.id
    assert found(policies) is None
    assert "cannot be read (ValueError), so no commit is kept" in caplog.text


def test_whatever_stands_in_a_checkout_a_commit_or_nothing_comes_of_it(policies: Path) -> None:
    commit, chance = committed(policies.parent), random.Random(7)  # noqa: S311  # which bytes it is matters to nobody
    git = policies.parent / ".git"
    kept = {path: path.read_bytes() for path in sorted(git.rglob("*")) if path.is_file()}
    for path, data in kept.items():
        os.chmod(path, 0o644)
        for spoiled in (
            b"",
            b"\0" * 64,
            data[: len(data) // 2],
            chance.randbytes(200),
            b"ref: HEAD\n",
            b"ref: ../../x\n",
        ):
            path.write_bytes(spoiled)
            assert found(policies) in (None, Commit(id=commit, has_all=True), Commit(id=commit, has_all=False))
        path.write_bytes(data)
    assert found(policies) == Commit(id=commit, has_all=True)
