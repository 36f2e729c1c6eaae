"""A policy is edited in the database by one or two owners: nothing is overwritten unseen, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.errors import BadInputError, DraftChangedError, XmlRefusedError
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import PIN_FILE, SETTINGS_FILE, Commit, find_variant, read_source
from engine.workshop import draft_in, publish
from engine.workshop.drafts import (
    FileKind,
    Hand,
    KeptDraft,
    begin_draft,
    bring_in_version,
    comments_on,
    digest_of_file,
    findings_of_draft,
    kept_draft,
    open_sittings,
    put_away,
    put_back,
    save_file,
    say_of_draft,
    seen_version,
    settle_comment,
    sit_at,
    start_at_folder,
    start_at_version,
    start_from,
    start_in_force,
    take_in_folder,
    take_new_days,
    take_out,
    take_up_again,
)
from engine.workshop.examples import ask_to_play, play_waiting_examples, played_examples
from tests.variants.git import committed
from tests.workshop.folder import COUNCIL, EXAMPLE, FIRST, SECOND, TODAY, edit, put, wanted

ONE, OTHER = Hand(by=FIRST, sitting="a"), Hand(by=SECOND, sitting="b")
FILE = "review.bpmn"


@pytest.fixture
def number(office: Office, root: Path) -> int:
    """Of a draft of what is in force."""
    put(office, root, despite="They are known.")
    return begin_draft(office, COUNCIL, start_in_force(office, COUNCIL), title="Acknowledge sooner", by=FIRST).number


def draft(office: Office, number: int) -> KeptDraft:
    return kept_draft(office, COUNCIL, number)


def seen(office: Office, number: int, file: str = FILE) -> str:
    return digest_of_file(draft(office, number).own[file])


def renamed(content: bytes, name: str) -> bytes:
    return content.replace(b'name="', f'name="{name} '.encode(), 1)


def save(office: Office, number: int, name: str, *, hand: Hand = ONE, digest: str | None = None) -> str:
    content = renamed(draft(office, number).own[FILE], name)
    saved = save_file(office, COUNCIL, number, FILE, content, seen=digest or seen(office, number), hand=hand)
    assert saved.digest is not None
    return saved.digest


def test_a_draft_begins_as_what_is_in_force_and_is_the_same_policy(office: Office, root: Path, number: int) -> None:
    found = draft(office, number)
    assert (found.row.began_as, found.row.follows, found.changed) == ("version 1", 1, frozenset())
    policy = found.policy(root)
    on_disk = draft_in(COUNCIL, root)
    assert policy.variant.digest == on_disk.variant.digest
    assert policy.source is not None
    assert on_disk.source is not None
    assert policy.source.digest == on_disk.source.digest


def test_a_draft_of_a_git_checkout_keeps_its_commit_and_says_once_it_is_otherwise(office: Office, root: Path) -> None:
    commit = committed(root)
    start = start_at_folder(office, COUNCIL, root / COUNCIL, root, words="the folder on the server")
    number = begin_draft(office, COUNCIL, start, title="Acknowledge sooner", by=FIRST).number
    found = draft(office, number)
    assert found.row.began_as == f"the folder on the server, commit {commit[:12]} of a git checkout"
    assert found.policy(root).commit == Commit(id=commit, has_all=True)
    edit(root, "variant.toml", 'name = "', 'name = "The ', folder="model")
    assert found.policy(root).commit == Commit(id=commit, has_all=False)  # what it extends is otherwise
    edit(root, "variant.toml", 'name = "The ', 'name = "', folder="model")
    save(office, number, "Mine")
    row = publish(office, draft(office, number).policy(root), wanted(), tell=lambda _words: None)
    assert (row.commit_id, row.commit_has_all) == (commit, False)


def test_its_files_are_the_councils_own_and_those_it_takes_over(office: Office, root: Path, number: int) -> None:
    files = draft(office, number).files(draft(office, number).policy(root))
    assert (files[FILE].kind, files[FILE].is_own) == (FileKind.DIAGRAM, True)
    taken_over = [file for file in files.values() if not file.is_own]
    assert {file.folder for file in taken_over} <= {"model", "statutory"}
    assert files.keys() <= draft(office, number).policy(root).variant.files.keys()
    assert not [file for file in taken_over if file.kind in (FileKind.SETTINGS, FileKind.EXAMPLE)]


def test_saves_of_one_sitting_are_one_change_and_of_another_another(office: Office, number: int) -> None:
    save(office, number, "First")
    save(office, number, "Second")
    save(office, number, "Third", hand=OTHER)
    assert [(each.changed_by, each.number) for each in draft(office, number).history] == [(FIRST, 1), (SECOND, 2)]
    assert b"Third Second First" in draft(office, number).own[FILE]
    assert draft(office, number).changed == {FILE}


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(office: Office, number: int) -> None:
    opened = seen(office, number)
    theirs = save(office, number, "Theirs", hand=OTHER)
    with pytest.raises(DraftChangedError, match=f"{SECOND} saved {FILE} .* Nothing was overwritten") as refused:
        save(office, number, "Mine", digest=opened)
    assert (refused.value.digest, refused.value.by) == (theirs, SECOND)
    assert b"Mine" not in draft(office, number).own[FILE]
    save(office, number, "Mine", digest=theirs)


def test_a_file_that_is_taken_over_becomes_the_councils_own_once_it_is_saved(
    office: Office, root: Path, number: int
) -> None:
    policy = draft(office, number).policy(root)
    file = next(each for each in draft(office, number).files(policy).values() if not each.is_own)
    content = file.content + b"\n"
    save_file(office, COUNCIL, number, file.file, content, seen=None, hand=ONE)
    assert draft(office, number).files(policy)[file.file].is_own
    with pytest.raises(DraftChangedError):  # who has it open as it was taken over would overwrite it
        save_file(office, COUNCIL, number, file.file, content + b"\n", seen=file.digest, hand=OTHER)
    take_out(office, COUNCIL, number, file.file, seen=digest_of_file(content), hand=ONE)
    assert not draft(office, number).files(policy)[file.file].is_own


def test_a_change_is_put_back_and_that_is_a_change_too(office: Office, number: int) -> None:
    before = draft(office, number).own[FILE]
    save(office, number, "Mine")
    assert put_back(office, COUNCIL, number, 1, hand=OTHER) == FILE
    assert draft(office, number).own[FILE] == before
    assert [each.changed_by for each in draft(office, number).history] == [FIRST, SECOND]
    put_back(office, COUNCIL, number, 2, hand=ONE)
    assert b"Mine" in draft(office, number).own[FILE]
    with pytest.raises(BadInputError, match="no change 9"):
        put_back(office, COUNCIL, number, 9, hand=ONE)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("../outside.bpmn", b"<a/>", "no file of a policy"),
        (PIN_FILE, b"", "no file of a policy"),
        ("letters/late.txt", b"", "no file of a policy"),
        ("letters/late.bpmn", b"<a/>", "Move it to"),
        (FILE, b"x" * 5_000_001, "has more than 5,000,000 bytes"),
    ],
)
def test_what_no_folder_may_hold_is_not_saved(
    office: Office, number: int, file: str, content: bytes, said: str
) -> None:
    with pytest.raises(BadInputError, match=said):
        save_file(office, COUNCIL, number, file, content, seen=None, hand=ONE)
    assert draft(office, number).history == ()


@pytest.mark.parametrize("content", [b"no xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b""])
def test_a_diagram_that_is_no_xml_is_not_saved(office: Office, number: int, content: bytes) -> None:
    with pytest.raises(XmlRefusedError):
        save_file(office, COUNCIL, number, FILE, content, seen=seen(office, number), hand=ONE)


def test_a_draft_whose_settings_cannot_be_read_can_still_be_edited(office: Office, root: Path, number: int) -> None:
    opened = seen(office, number, SETTINGS_FILE)
    kept = draft(office, number).own[SETTINGS_FILE]
    saved = save_file(office, COUNCIL, number, SETTINGS_FILE, b"name = ", seen=opened, hand=ONE)
    looked_at = findings_of_draft(draft(office, number), root, today=TODAY)
    assert SETTINGS_FILE in looked_at.unreadable
    save_file(office, COUNCIL, number, SETTINGS_FILE, kept, seen=saved.digest, hand=ONE)
    assert draft(office, number).changed == frozenset()
    assert not findings_of_draft(draft(office, number), root, today=TODAY).unreadable


def test_the_check_says_what_is_new_of_a_file_that_is_not_saved_yet(office: Office, root: Path, number: int) -> None:
    content = draft(office, number).own[FILE]
    wrong = content.replace(b"<bpmn:conditionExpression", b"<bpmn:conditionExpression ", 1)
    start = wrong.index(b">", wrong.index(b"<bpmn:conditionExpression ")) + 1
    wrong = wrong[:start] + b"=nobody_knows = true" + wrong[wrong.index(b"</bpmn:conditionExpression>") :]
    looked_at = findings_of_draft(draft(office, number), root, today=TODAY, unsaved=(FILE, wrong))
    new = [looked_at.findings[place] for place in looked_at.new]
    assert any("nobody_knows" in each.sentence and each.element_id for each in new)
    assert draft(office, number).history == ()
    assert findings_of_draft(draft(office, number), root, today=TODAY).new == frozenset()


def test_two_at_one_file_know_of_each_other(office: Office, number: int) -> None:
    assert sit_at(office, COUNCIL, number, FILE, hand=ONE).others == ()
    state = sit_at(office, COUNCIL, number, FILE, hand=OTHER)
    assert [(each.person, each.file) for each in state.others] == [(FIRST, FILE)]
    assert sit_at(office, COUNCIL, number, "appeal.bpmn", hand=Hand(by=FIRST, sitting="c")).others == ()
    save(office, number, "Theirs", hand=OTHER)
    state = sit_at(office, COUNCIL, number, FILE, hand=ONE)
    assert (state.by, state.digest) == (SECOND, seen(office, number))
    assert isinstance(office.clock, SettableClock)
    office.clock.set(office.clock.now() + timedelta(minutes=5))
    assert open_sittings(office, COUNCIL, number) == []


def test_a_folder_that_is_handed_in_becomes_the_draft(office: Office, root: Path, number: int) -> None:
    save(office, number, "Theirs", hand=OTHER)
    handed_in = dict(draft(office, number).own)
    handed_in.pop("appeal.bpmn")
    handed_in[FILE] = renamed(handed_in[FILE], "Desktop")
    taken = take_in_folder(office, COUNCIL, number, handed_in, hand=ONE)
    assert (taken.changed, taken.gone) == ((FILE,), ("appeal.bpmn",))
    assert draft(office, number).own == handed_in


def test_a_folder_from_before_a_colleagues_change_is_not_taken_in_unasked(office: Office, number: int) -> None:
    downloaded = dict(draft(office, number).own)
    save(office, number, "Theirs", hand=OTHER)
    with pytest.raises(BadInputError, match=rf"{FILE} \({SECOND}\)"):
        take_in_folder(office, COUNCIL, number, downloaded, hand=ONE)
    take_in_folder(office, COUNCIL, number, downloaded, hand=ONE, also_back=True)
    assert draft(office, number).own == downloaded


def test_comments_are_said_of_an_element_and_settled(office: Office, number: int) -> None:
    said = say_of_draft(office, COUNCIL, number, file=FILE, element="Task_1", words=" Why not sooner? ", by=SECOND)
    assert [row.element for row in comments_on(office, COUNCIL, number, file=FILE)] == ["Task_1"]
    settle_comment(office, COUNCIL, number, said.number, by=FIRST)
    assert comments_on(office, COUNCIL, number)[0].settled_by == FIRST
    for words in ("  ", "x" * 2_001):
        with pytest.raises(BadInputError):
            say_of_draft(office, COUNCIL, number, file=FILE, element="", words=words, by=FIRST)
    with pytest.raises(BadInputError, match="settled already"):
        settle_comment(office, COUNCIL, number, said.number, by=FIRST)


def test_what_is_put_away_is_not_edited_and_can_be_taken_up_again(office: Office, number: int) -> None:
    put_away(office, COUNCIL, number, by=SECOND)
    with pytest.raises(BadInputError, match=f"{SECOND} has put draft {number} away"):
        save(office, number, "Mine")
    take_up_again(office, COUNCIL, number)
    save(office, number, "Mine")


def test_a_draft_is_put_in_force_and_another_begins_as_that_version(office: Office, root: Path, number: int) -> None:
    save(office, number, "New")
    version = publish(office, draft(office, number).policy(root), wanted(), tell=lambda _: None)
    assert isinstance(version, PolicyVersionRow)
    again = begin_draft(office, COUNCIL, start_at_version(office, COUNCIL, 2), title="Next", by=SECOND)
    assert again.number == number + 1
    assert draft(office, again.number).own == draft(office, number).own
    assert b"New " in draft(office, again.number).own[FILE]


def test_a_draft_begins_as_the_folder_on_the_server(office: Office, root: Path) -> None:
    edit(root, SETTINGS_FILE, "020 8207 7801", "01234 000000")
    start = start_from(
        office, COUNCIL, read_source(find_variant(COUNCIL, root), root), words="the folder on the server"
    )
    row = begin_draft(office, COUNCIL, start, title="x", by=FIRST)
    assert b"01234 000000" in draft(office, row.number).own[SETTINGS_FILE]
    with pytest.raises(BadInputError, match="Nothing is in force"):
        start_in_force(office, COUNCIL)
    with pytest.raises(BadInputError, match="Say in a few words"):
        begin_draft(office, COUNCIL, start, title="  ", by=FIRST)
    with pytest.raises(BadInputError, match="no draft 7"):
        draft(office, 7)


def test_worked_examples_take_over_the_days_that_a_draft_moves(office: Office, root: Path, number: int) -> None:
    file = "time_limits.dmn"
    content = draft(office, number).own[file]
    limits = content.replace(b"<text>2</text>", b"<text>3</text>", 1)
    assert limits != content
    with pytest.raises(BadInputError, match="nothing but days"):
        take_new_days(office, COUNCIL, number, root, hand=ONE)
    save_file(office, COUNCIL, number, file, limits, seen=digest_of_file(content), hand=ONE)
    policy = draft(office, number).policy(root).variant
    ask_to_play(office, policy)
    assert play_waiting_examples(office)
    assert [row.wrong != "" for row in played_examples(office, policy).rows.values()] == [True]
    taken = take_new_days(office, COUNCIL, number, root, hand=ONE)
    assert list(taken.said) == [EXAMPLE]
    assert "→" in taken.said[EXAMPLE][0]
    assert taken.left == ()
    assert draft(office, number).changed == {file, f"scenarios/{EXAMPLE}.toml"}
    assert play_waiting_examples(office)
    again = draft(office, number).policy(root).variant
    assert [row.wrong for row in played_examples(office, again).rows.values()] == [""]
    version = publish(office, draft(office, number).policy(root), wanted(), tell=lambda _: None)
    assert isinstance(version, PolicyVersionRow)


def put_another(office: Office, root: Path, *, settings: tuple[str, str], file: tuple[str, str, str]) -> None:
    """A version that somebody else puts in force, from the folder."""
    edit(root, SETTINGS_FILE, *settings)
    edit(root, *file)
    put(office, root, despite="They are known.")


def test_what_was_put_in_force_meanwhile_is_brought_into_a_draft(office: Office, root: Path, number: int) -> None:
    content = draft(office, number).own[SETTINGS_FILE]
    mine = content.replace(b"020 8207 7801", b"01234 000000")
    save_file(office, COUNCIL, number, SETTINGS_FILE, mine, seen=digest_of_file(content), hand=ONE)
    save(office, number, "Mine")
    with pytest.raises(BadInputError, match="does not know of"):
        bring_in_version(office, COUNCIL, number, hand=ONE)
    letter = ("letters/ct1.md", "Thank you for", "Many thanks for")
    put_another(office, root, settings=("manager@hertsmere.example", "head@hertsmere.example"), file=letter)
    assert seen_version(office, draft(office, number)) == 1
    brought = bring_in_version(office, COUNCIL, number, hand=OTHER)
    assert (brought.version, brought.files, brought.clashes) == (2, ("letters/ct1.md", SETTINGS_FILE), ())
    own = draft(office, number).own
    assert b"01234 000000" in own[SETTINGS_FILE]
    assert b"head@hertsmere.example" in own[SETTINGS_FILE]
    assert b"# days on which the council is closed" in own[SETTINGS_FILE]
    assert b"Many thanks for" in own["letters/ct1.md"]
    assert b"Mine " in own[FILE]
    assert seen_version(office, draft(office, number)) == 2


def test_where_both_changed_the_same_the_drafts_stays_and_it_is_said(office: Office, root: Path, number: int) -> None:
    content = draft(office, number).own[SETTINGS_FILE]
    mine = content.replace(b"020 8207 7801", b"01234 000000")
    save_file(office, COUNCIL, number, SETTINGS_FILE, mine, seen=digest_of_file(content), hand=ONE)
    letter = draft(office, number).own["letters/ct1.md"]
    thanks = letter.replace(b"Thank you for", b"Thanks for")
    save_file(office, COUNCIL, number, "letters/ct1.md", thanks, seen=digest_of_file(letter), hand=ONE)
    theirs = ("letters/ct1.md", "Thank you for", "Many thanks for")
    put_another(office, root, settings=("020 8207 7801", "09876 000000"), file=theirs)
    brought = bring_in_version(office, COUNCIL, number, hand=OTHER)
    assert f"{SETTINGS_FILE}: contact.phone" in brought.clashes
    assert any(clash.startswith("letters/ct1.md: ") for clash in brought.clashes)
    assert draft(office, number).own[SETTINGS_FILE] == mine
    assert b"Thanks for" in draft(office, number).own["letters/ct1.md"]
