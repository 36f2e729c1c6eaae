"""Whatever is drawn and whatever was done: a completion that is undone leaves the case as it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.casework.background.incidents import retry_incident
from engine.casework.background.verification import verify_records
from engine.casework.cases.messages import send_message, what_can_be_told
from engine.casework.tasks.completion import claim_task, complete_task
from engine.casework.tasks.deadlines import suspend_deadline
from engine.casework.tasks.undo import undo_completion
from engine.errors import EngineError, NobodyWaitsError
from engine.model import TaskId
from engine.runtime.tokens import unpack_tokens
from engine.store import Database, jobs, schema
from tests.casework.tasks.test_deadlines import DUE, LIMITS
from tests.runtime import sketch as draw
from tests.runtime.play import Case

Names = Iterator[str]
#: Tables that an undoing leaves alone or adds to
APART = ("record", "record_contents", "undo", "anchors", "variant_versions", "reference_counters", "properties")


@st.composite
def bodies(draw_from: Callable[..., Any], depth: int, names: Names) -> tuple[str, str, str]:
    """Elements and flows, with the first and the last of them: one to three blocks in a row."""
    xml, first, last = "", "", ""
    for _ in range(draw_from(st.integers(1, 3))):
        body, head, tail = draw_from(_block(depth, names))
        xml += body + (draw.wire(f"{last} {head}") if last else "")
        first, last = first or head, tail
    return xml, first, last


@st.composite
def _block(draw_from: Callable[..., Any], depth: int, names: Names) -> tuple[str, str, str]:
    kinds = ["task", "task", "armed", "job", "script", "message", "timer", "choice", "throw"]
    kinds += ["parallel", "inclusive", "sub", "call", "calls"] if depth else []
    kind = draw_from(st.sampled_from(kinds))
    me = next(names)
    if kind == "task":
        return _due(draw.user(me)), me, me
    if kind == "armed":
        return _armed(draw_from, draw.user(me), me, names), me, me
    if kind == "job":
        trouble = {"fail": "=x = 3", "fault": '=if x = 2 then "lost" else null'}
        return draw.service(me, inputs={"give": "=x", **trouble}, outputs={f"given_{me}": "=given"}), me, me
    if kind == "script":
        return draw.script(me, '=if x = 0 then due("nothing") else x + 1', f"v_{me}"), me, me
    if kind == "message":
        return draw.catch(me, "message", "news"), me, me
    if kind == "timer":
        return draw.catch(me, "timer", "P2D"), me, me
    if kind == "throw":
        return draw.throw(me, "signal", "alarm"), me, me
    if kind == "call":
        return draw.call(me), me, me
    if kind == "calls":
        return draw.call(me, over="=reports", element="report", gives="=done", into=f"all_{me}"), me, me
    if kind == "choice":
        join, a, b = next(names), next(names), next(names)
        flows = draw.wire(f"{me} {a} {join}", f"{me} {b} {join}", **{f"{me}_to_{a}": "=x > 1"})
        return draw.exclusive(me, f"{me}_to_{b}") + draw.user(a) + draw.user(b) + draw.exclusive(join) + flows, me, join
    if kind == "sub":
        inner, first, last = draw_from(bodies(depth - 1, names))
        begin, done, both, stop, ended = (next(names) for _ in range(5))
        if draw_from(st.booleans()):  # a task of which the completion ends everything else in here
            inner += draw.parallel(both) + draw.user(stop) + draw.end(ended, "terminate")
            inner, first = inner + draw.wire(f"{both} {first}", f"{both} {stop} {ended}"), both
        inside = draw.start(begin) + inner + draw.end(done) + draw.wire(f"{begin} {first}", f"{last} {done}")
        due = draw_from(st.sampled_from(["", "=agreed_on", '=due("decide")']))  # a time frame, or none
        rung = next(names), next(names)
        ladder = draw.boundary(rung[0], me, "timer", '=due("decide")', interrupting=False, rung="1")
        ladder += draw.end(rung[1]) + draw.wire(" ".join(rung))
        drawn = draw.sub(me, inside, **({"due_date": due} if due else {}))
        return _armed(draw_from, drawn, me, names) + ladder, me, me
    gate = draw.parallel if kind == "parallel" else draw.inclusive
    join = next(names)
    ways = [draw_from(bodies(depth - 1, names)) for _ in range(2)]
    flows = "".join(draw.wire(f"{me} {first}", f"{last} {join}") for _, first, last in ways)
    if kind == "inclusive":
        flows = "".join(
            draw.wire(f"{me} {first}", f"{last} {join}", **{f"{me}_to_{first}": f"=x > {place}"})
            for place, (_, first, last) in enumerate(ways)
        )
    return gate(me) + gate(join) + "".join(body for body, _, _ in ways) + flows, me, join


def _armed(draw_from: Callable[..., Any], activity: str, me: str, names: Names) -> str:
    """The activity with one to three boundary events, each with a task behind it."""
    events = [("timer", "P1D"), ("timer", "R2/P1D"), ("message", "news"), ("signal", "alarm")]
    for kind, what in draw_from(st.lists(st.sampled_from(events), min_size=1, max_size=3, unique=True)):
        event, task, end = next(names), next(names), next(names)
        stops = not what.startswith("R") and draw_from(st.booleans())
        activity += draw.boundary(event, me, kind, what, interrupting=stops) + draw.user(task) + draw.end(end)
        activity += draw.wire(f"{event} {task} {end}")
    return activity


@st.composite
def diagrams(draw_from: Callable[..., Any]) -> dict[str, str]:
    """A main process, and a child that it may call."""
    names = (f"e{number}" for number in count(1))
    main, first, last = draw_from(bodies(2, names))
    child, child_first, child_last = draw_from(bodies(0, names))
    return {
        "main": draw.start("begin") + main + draw.end("done") + draw.wire(f"begin {first}", f"{last} done"),
        "child": draw.start("called")
        + child
        + draw.end("back")
        + draw.wire(f"called {child_first}", f"{child_last} back"),
    }


def _due(task: str) -> str:
    """The task with a deadline."""
    return task.replace("</bpmn:extensionElements>", DUE + "</bpmn:extensionElements>")


ANSWERS = st.one_of(
    st.fixed_dictionaries({"x": st.integers(0, 3)}),
    st.just({"agreed_on": "2026-03-20"}),
    st.fixed_dictionaries({"reports": st.lists(st.just({"name": "noise"}), max_size=2)}),
    st.fixed_dictionaries({"reports": st.just([{"id": "reports-1", "name": "corrected"}]), "done": st.booleans()}),
)
KINDS = ["complete", "complete", "wait", "tell", "work", "lease", "claim", "retry", "stop", "undo", "undo"]
MOVES = st.lists(st.sampled_from(KINDS), max_size=8)
#: Columns that hold numbers of the case
NUMBERS = ("number", "instance", "parent", "parent_token", "host", "token", "supersedes", "superseded_by")
NUMBERS += ("ladder", "frame", "within")


def rows_of(database: Database) -> dict[str, dict[tuple[int, ...], dict[str, Any]]]:
    """Every row of every table that a case lives in, by its key."""
    with database.begin() as connection:
        return {
            name: {
                tuple(getattr(row, column.name) for column in table.primary_key): dict(row._mapping)
                for row in connection.execute(table.select())
            }
            for name, table in schema.metadata.tables.items()
            if name not in APART
        }  # fmt: skip


def as_it_stands(database: Database, *, made_since: int = 1 << 30) -> dict[str, Any]:
    """The rows, without the tasks and facts that an undoing leaves behind: those with numbers above `made_since`."""
    rows = rows_of(database)
    for case in rows["cases"].values():
        for name in ("last_number", "record_seq", "record_head"):
            del case[name]
    for table in ("tasks", "facts"):
        rows[table] = {key: row for key, row in rows[table].items() if key[-1] <= made_since}
    return rows


def renumbered(database: Database, first: int, by: int) -> dict[str, Any]:
    """The rows as they would be had the numbers above `first` been given out `by` earlier."""

    def shift(value: Any) -> Any:
        return value - by if isinstance(value, int) and value > first else value

    rows = as_it_stands(database)
    found: dict[str, Any] = {}
    for name, table in rows.items():
        found[name] = {}
        for key, row in table.items():
            number = key[-1]
            if name in ("tasks", "facts") and first < number <= first + by:
                continue  # left behind by the undoing
            for column in NUMBERS:
                if column in row:
                    row[column] = shift(row[column])
            if name == "instances":
                row["state"] = [
                    [shift(t.number), t.element_id, *map(shift, (t.scope, t.host)), t.via, shift(t.gate), t.is_parked]
                    for t in unpack_tokens(row["state"])
                ]
            if name == "jobs":
                head, _, tail = row["once_key"].rpartition("/")
                row["once_key"] = f"{head}/{shift(int(tail))}"
            if name == "facts":
                row["source"] = row["source"].partition(".")[0]
            found[name][(*key[:-1], shift(number))] = row
    return found


def last_number(case: Case) -> int:
    return int(case.case().last_number)


def undo_in_between(case: Case, task: TaskId, answers: dict[str, Any]) -> None:
    """Complete, undo, and complete again."""
    before, number = as_it_stands(case.office.database), last_number(case)
    try:
        complete_task(case.office, task, answers, by="Officer 1")
    except EngineError:
        assert as_it_stands(case.office.database) == before
        return
    directly, after = renumbered(case.office.database, number, 0), last_number(case)
    undo_completion(case.office, task, reason="a slip", by="Officer 2")
    assert as_it_stands(case.office.database, made_since=number) == before
    assert last_number(case) == after
    complete_task(case.office, task, answers, by="Officer 1")
    assert renumbered(case.office.database, number, after - number) == directly


def lease_one(case: Case) -> None:
    """A worker takes a job, and dies."""
    now = case.office.clock.now()
    with case.office.database.begin() as connection:
        for case_id, number in jobs.ready_jobs(connection, now, 1):
            jobs.lease_job(connection, case_id, number, lease="gone", now=now, until=now + timedelta(minutes=5))


def move(case: Case, kind: str, draw_from: Callable[..., Any]) -> None:
    tasks = case.tasks()
    if kind == "wait":
        case.wait(days=1, hours=1)
    elif kind == "work":
        case.work()
    elif kind == "lease":
        lease_one(case)
    elif kind == "stop" and (due := [task for task in tasks if task.due_on is not None]):
        suspend_deadline(case.office, draw_from(st.sampled_from(due)).task_id, reason="a trial", by="Officer 1")
    elif kind == "retry" and case.open_incidents():
        retry_incident(
            case.office, TaskId(reference=case.reference, number=case.open_incidents()[0].number), by="Officer 1"
        )
    elif kind == "tell" and (told := what_can_be_told(case.office, case.reference)):
        one = draw_from(st.sampled_from(told))
        with suppress(NobodyWaitsError):  # several wait, and nothing says which
            send_message(case.office, case.reference, one.message, {"x": 2}, by="Officer 1", item_id=one.item_id)
    elif kind in ("complete", "claim", "undo") and tasks:
        task, answers = draw_from(st.sampled_from(tasks)).task_id, draw_from(ANSWERS)
        if kind == "claim":
            claim_task(case.office, task, by="Officer 1")
        elif kind == "complete":
            with suppress(EngineError):
                complete_task(case.office, task, answers, by="Officer 1")
        else:
            undo_in_between(case, task, answers)


@given(diagrams(), MOVES, st.data())
def test_what_is_undone_leaves_the_case_as_it_was_and_can_be_done_again(
    drawn: dict[str, str], moves: list[str], data: st.DataObject
) -> None:
    case = Case(**drawn, files={"time_limits.dmn": LIMITS}, answers={"x": 1, "reports": [{"name": "a"}, {"name": "b"}]})
    for kind in [*moves, "undo"]:
        move(case, kind, data.draw)
    assert verify_records(case.office) == (1, [])
