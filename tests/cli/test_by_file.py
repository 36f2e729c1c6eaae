"""An appeal handed over to another installation by somebody who has a shell on each side, and what they read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.calls import Asb
from tests.councils.two_installations import both_in, same_time, until_it_is_packed

DERBY, BODY = ("--as", "Officer 1"), ("--as", "Casework Officer 1")


@pytest.fixture
def both(tmp_path: Path) -> tuple[Asb, Asb]:
    """`asb` at Derby City, whose appeal waits to be handed over, and at the Commissioner's."""
    derby, body = both_in(tmp_path)
    until_it_is_packed(derby)
    same_time(derby, body)
    now = derby.office.clock.now().isoformat()
    derby.office.database.close()
    body.office.database.close()
    found = []
    for name in ("derby", "body"):
        asb = Asb(home=tmp_path / name, more={"ASB_VARIANTS": str(tmp_path / name / "policies")})
        asb.done("tick", "--now", now)
        found.append(asb)
    return found[0], found[1]


def test_an_appeal_goes_over_is_receipted_and_asks_for_the_file(both: tuple[Asb, Asb], tmp_path: Path) -> None:
    derby, body = both
    out, back = str(tmp_path / "out"), str(tmp_path / "back")
    assert "“appeal” for The Commissioner, by file" in derby.done("case", "DER-2022-0001")
    assert "“appeal” waits for the receipt of The Commissioner" in derby.done("parcels")
    assert derby.done("case", "DER-2022-0001").count("handed over to The Commissioner") == 0
    file = derby.done("parcels", "--export", out, *DERBY).strip()
    assert re.fullmatch(r".*/out/derbyshire_commissioner-[0-9a-f]{12}\.asb-parcel", file)
    again = [body.done("take-in", file, *BODY, "--receipts", back) for _ in range(2)]
    assert "“appeal” of Derby City Council is in PCD-2022-0001." in again[0]
    assert "is in PCD-2022-0001 already: nothing has changed." in again[1]
    (receipt,) = (tmp_path / "back").iterdir()
    assert "has received “appeal” of DER-2022-0001." in derby.done("take-in", str(receipt), *DERBY)
    assert "handed over to The Commissioner as PCD-2022-0001" in derby.done("parcels")
    assert "await_appeal_answer" in derby.done("tasks", "--format", "json")
    (listed,) = body("parcels", "--format", "json").json
    assert (listed["case"], listed["their_case"], listed["is_sent"]) == ("PCD-2022-0001", "DER-2022-0001", False)


def test_bad_input_gets_a_sentence_and_nothing_is_taken_in(both: tuple[Asb, Asb], tmp_path: Path) -> None:
    derby, body = both
    file = Path(derby.done("parcels", "--export", str(tmp_path / "out"), *DERBY).strip())
    bad = tmp_path / "bad"
    for data, words in ((file.read_bytes()[:-5], "altered"), (b"", "no file that"), (b"PK", "no file that")):
        bad.write_bytes(data)
        answer = body("take-in", str(bad), *BODY)
        assert (answer.code, answer.out) == (2, "")
        assert words in answer.err
    assert body("take-in", str(tmp_path / "nothing"), *BODY).code == 2
    assert body("take-in", str(file), "--as", "Nobody").code == 2
    assert "Nothing goes to another installation by file" in body.done("parcels")
    assert "Say who takes them" in derby("parcels", "--export", str(tmp_path)).err
    assert "There is no parcel “abc”" in derby("give-up", "abc", *DERBY, "--reason", "x").err


def test_a_receipt_that_does_not_come_is_given_up_and_the_appeal_goes_by_letter(both: tuple[Asb, Asb]) -> None:
    derby, _ = both
    (listed,) = derby("parcels", "--format", "json").json
    said = derby.done("give-up", listed["parcel"][:12], *DERBY, "--reason", "They rang: nothing came.")
    assert "Nobody waits any more for The Commissioner to receive “appeal” of DER-2022-0001." in said
    assert "Hand the appeal over" in said
    assert "given up" in derby.done("parcels")


def test_the_key_is_made_shown_and_readable_by_nobody_else(tmp_path: Path) -> None:
    asb = Asb(home=tmp_path / "home", more={})
    assert "has no key to sign with" in asb("key").err
    made = asb("key", "--new", "--format", "json").json
    assert asb.done("key").splitlines() == [
        made["key"], f"Fingerprint, to compare by phone: {made['fingerprint']}"
    ]  # fmt: skip
    assert re.fullmatch(r"(\d{5} ){7}\d{5}", made["fingerprint"])
    (file,) = (tmp_path / "home" / "parcel_keys").iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert asb("key", "--new", "--format", "json").json["key"] != made["key"]
    file.with_name("2.key").chmod(0o644)
    assert "chmod 600" in asb("key").err
