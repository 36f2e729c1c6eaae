"""One changed byte of the record is found and named, wherever it stands and whatever it becomes."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from engine.casework.background.verification import anchor_today, verify_records
from engine.store import Database, schema
from tests.casework.background.test_record import VARIANT, Play, found

COLUMNS = [
    (table.name, column.name)
    for table in (schema.record, schema.record_contents)
    for column in table.columns
    if column.name not in ("case_id", "seq")
]


@pytest.fixture
def play(database: Database) -> Play:
    played = Play(database, VARIANT)
    played.complete("confirm", {"reported": 3})
    anchor_today(played.office)
    return played


def put(play: Play, table: str, column: str, seq: int, value: object) -> None:
    with play.office.database.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET {column} = :value WHERE seq = :seq"), {"value": value, "seq": seq})  # noqa: S608  # names of ours


def get(play: Play, table: str, column: str, seq: int) -> object:
    with play.office.database.begin() as connection:
        return connection.execute(text(f"SELECT {column} FROM {table} WHERE seq = :seq"), {"seq": seq}).scalar_one()  # noqa: S608


def breaks(play: Play) -> list[int | None]:
    assert [seq for seq, _ in found(play, replay=True)] == [seq for seq, _ in found(play)]
    return [seq for seq, _ in found(play)]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_one_byte_of_any_column_of_any_entry_is_found_and_named(play: Play, table: str, column: str) -> None:
    for seq in range(1, len(play.record()) + 1):
        was = get(play, table, column, seq)
        now = str(was)
        place = len(now) // 2
        now = now[:place] + ("1" if now[place] != "1" else "2") + now[place + 1 :]
        put(play, table, column, seq, now)
        assert seq in breaks(play)
        put(play, table, column, seq, was)
    assert breaks(play) == []


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_byte_that_is_no_longer_text_is_found_and_named(play: Play, table: str, column: str) -> None:
    if not play.office.database.is_sqlite:
        with pytest.raises(UnicodeEncodeError):  # PostgreSQL takes no text that is none
            put(play, table, column, 2, "\udc80")
        return
    was = str(get(play, table, column, 2)).encode()
    spoilt = was[: len(was) // 2] + b"\x80" + was[len(was) // 2 + 1 :]
    with play.office.database.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE seq = 2", (spoilt,))  # noqa: S608
    assert 2 in breaks(play)


@pytest.mark.parametrize("number", [0, 1_000, 2**31 - 1])
def test_an_entry_with_another_number_is_found_without_counting_up_to_it(play: Play, number: int) -> None:
    put(play, "record", "seq", 2, number)
    assert 2 in breaks(play)
    assert len(breaks(play)) < 10


def test_contents_that_stand_at_another_entry_are_missed_at_their_own(play: Play) -> None:
    put(play, "record_contents", "seq", 2, 1_000)
    assert breaks(play) == [2]


@pytest.mark.parametrize(("column", "value"), [("record_head", "0" * 64), ("record_seq", 1), ("reference", "T-1999-1")])
def test_a_case_row_that_no_longer_fits_its_record_is_found(play: Play, column: str, value: object) -> None:
    with play.office.database.begin() as connection:
        connection.execute(text(f"UPDATE cases SET {column} = :value"), {"value": value})  # noqa: S608
    assert verify_records(play.office)[1] != []


@pytest.mark.parametrize(("column", "value"), [("head", "0" * 64), ("seq", 1)])
def test_an_anchor_that_no_longer_fits_is_found(play: Play, column: str, value: object) -> None:
    with play.office.database.begin() as connection:
        connection.execute(text(f"UPDATE anchors SET {column} = :value"), {"value": value})  # noqa: S608
    assert any("anchor" in sentence for _, sentence in found(play))


def test_every_row_says_whose_it_is() -> None:
    nobody_s = {table.name for table in schema.metadata.tables.values() if "council_id" not in table.c}
    # what the database itself is; tries to sign in, of which nobody knows yet whose they are; and what is handed over
    # from one to another, which says both; and folders, files of drafts and how examples come out, which a version or a
    # draft of a council names by their digest
    of_digests = {"policy_sources", "policy_files", "policy_played_examples"}
    assert nobody_s == {"properties", "sign_in_attempts", "parcels", *of_digests}
