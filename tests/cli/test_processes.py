"""`asb` as processes: several at once, stopped in the middle, with nobody to listen."""

import json
import os
import pty
import signal
import subprocess
import time

import pytest

from tests.cli.calls import PROGRAM, Asb

CASE = "HBC-2026-0001"
ANSWERS = json.dumps({"csio_name": "Officer 1", "immediate_risk": "no"})


def said_working(process: "subprocess.Popen[str]") -> bool:
    assert process.stderr is not None
    return process.stderr.readline().startswith("Working on ")


def test_two_people_who_complete_one_task_at_once_are_told_who_was_first(simulated: Asb) -> None:
    task = simulated.task("acknowledge_application")

    processes = [
        simulated.start("complete", task, "--as", officer, "--answers", ANSWERS)
        for officer in ("Officer 1", "Officer 2")
    ]
    ended = [(*process.communicate(timeout=30), process.returncode) for process in processes]

    codes = [code for _out, _err, code in ended]
    assert sorted(codes) == [0, 2]
    winner, loser = codes.index(0), codes.index(2)
    assert f"Officer {winner + 1}" in ended[loser][1]
    assert "Traceback" not in ended[loser][1]
    letters = simulated("case", CASE, "--format", "json").json["letters"]
    assert sorted({letter["letter"] for letter in letters}) == ["CT1", "relevant-bodies"]
    assert len({(letter["letter"], letter["to"]) for letter in letters}) == len(letters)
    assert simulated("verify").code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_two_workers_side_by_side_stop_when_they_are_told_to(asb: Asb, number: int) -> None:
    workers = [asb.start("work", "--every", "0.1") for _ in range(2)]
    for worker in workers:
        assert said_working(worker)
    time.sleep(0.3)  # both rest between sweeps

    for worker in workers:
        worker.send_signal(number)
    ended = [(*worker.communicate(timeout=20), worker.returncode) for worker in workers]

    assert [(out, err, code) for out, err, code in ended] == [("", "Stopped.\n", 0)] * 2


def test_a_worker_sends_the_letter_of_a_task_that_another_process_completed(simulated: Asb) -> None:
    task = simulated.task("acknowledge_application")
    worker = simulated.start("work", "--every", "0.1")
    assert said_working(worker)

    simulated.done("complete", task, "--as", "Officer 1", "--answers", ANSWERS)
    worker.terminate()
    worker.communicate(timeout=20)

    letters = simulated("case", CASE, "--format", "json").json["letters"]
    assert sorted({letter["letter"] for letter in letters}) == ["CT1", "relevant-bodies"]
    assert len({(letter["letter"], letter["to"]) for letter in letters}) == len(letters)


def test_a_worker_follows_the_clock_of_a_simulation(simulated: Asb) -> None:
    worker = simulated.start("work", "--every", "0.1")
    assert said_working(worker)

    answer = simulated("tick", "--now", "2026-03-20T09:00")
    worker.terminate()
    _out, err = worker.communicate(timeout=20)

    assert answer.code == 0
    assert (worker.returncode, err) == (0, "Stopped.\n")


def test_ctrl_c_ends_a_long_command_with_a_sentence(asb: Asb) -> None:
    process = asb.start("simulate", "hertsmere")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("right ")

    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=20)

    assert err == "Stopped. What was not finished has not happened.\n"
    assert process.returncode == 130


def test_a_reader_who_has_had_enough_is_no_failure(simulated: Asb) -> None:
    process = simulated.start("case", CASE, "--format", "json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None

    assert process.stderr.read() == ""
    assert process.wait(timeout=20) == 0


@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>/dev/full"])
def test_closed_or_full_outputs_give_no_traceback(simulated: Asb, closed: str) -> None:
    call = " ".join(f"'{part}'" for part in (*PROGRAM[:2], PROGRAM[2].replace("'", '"'), "case", CASE))
    process = subprocess.run(
        ["sh", "-c", f"{call} {closed}"], env=os.environ | simulated.environment, capture_output=True, text=True,
        timeout=30, check=False,
    )  # fmt: skip

    assert "Traceback" not in process.stderr + process.stdout
    assert process.returncode in (0, 2)


def test_a_narrow_terminal_gets_narrow_lines_and_progress(simulated: Asb) -> None:
    master, slave = pty.openpty()
    process = simulated.start("verify", stderr=slave)
    os.close(slave)
    out, _ = process.communicate(timeout=20)
    progress = os.read(master, 1000).decode()
    os.close(master)
    narrow = Asb(home=simulated.home, more={"COLUMNS": "45"}).done("case", CASE)

    assert out == "1 case verified: whole.\n"
    assert "1 case verified" in progress
    assert max(len(line) for line in narrow.splitlines()) <= 45
