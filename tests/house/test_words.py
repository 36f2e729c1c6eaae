"""The tree speaks of the project alone: not of the machine it was written on, nor of how."""

import re

import pytest

from tests.house.checkout import PACKAGES, ROOT, texts

#: a directory of one machine or account, where packages come from, the tracker
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.])/(home|Users|root|work|srv|mnt)/\w"
    r"|(index|trusted|find)-(url|host|links)\b"
    r"|https?://[^/\s]+/simple\b|\bpip\.conf\b"
    r"|\bissue #?\d",
    re.IGNORECASE,
)
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


@pytest.mark.parametrize(
    "line",
    ["see /home/ann/notes", "cd /srv/x", "--extra-index-url x", "https://packages.example/simple", "as issue 3 asks"],
)
def test_what_belongs_to_one_machine_is_seen(line: str) -> None:
    assert OF_ONE_MACHINE.search(line)


def test_no_file_names_a_directory_of_one_machine_a_package_host_or_the_tracker() -> None:
    found = {
        f"{path}:{number}": line.strip()[:100]
        for path, text in texts().items()
        if path != "tests/house/test_words.py"
        for number, line in enumerate(text.splitlines(), start=1)
        if OF_ONE_MACHINE.search(line) or f"{ROOT}/" in line
    }
    assert found == {}


def test_no_path_leads_out_of_the_checkout() -> None:
    # Tests are left out: those of hostile paths have to write some.
    climbs = {
        path: [len(each) // 3 for each in re.findall(r"(?<![\w./])((?:[.][.]/)+)", text)]
        for path, text in texts().items()
        if not path.startswith("tests/")
    }
    assert [path for path, heights in climbs.items() if any(height > path.count("/") for height in heights)] == []


def test_every_module_is_named_for_what_it_holds() -> None:
    python = [path for path in texts() if path.endswith(".py") and path.split("/")[0] in (*PACKAGES, "tests")]
    names = {path: set(re.split(r"[/_]", path.removesuffix(".py"))) for path in python}
    assert sorted(path for path, parts in names.items() if parts & SAYS_NOTHING) == []
