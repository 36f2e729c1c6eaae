"""What the steps are compared with: bare SpiffWorkflow whose whole state is one JSON row.

SpiffWorkflow's own parser, specifications and serialiser, and the driver of the database without anything over it: no
record, no inbox, no facts, no lock, no timer that a sweep could find. The one module outside `engine.runtime` that
knows SpiffWorkflow, because it stands for another system.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from types import TracebackType
from typing import Any, Self

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from engine.store import Database
from engine.xml import read_xml


class BareCases:
    """Opens and completes cases of one diagram, one connection for all."""

    def __init__(self, database: Database, diagram: bytes) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(read_xml(diagram, name="main.bpmn").getroottree())
        self._spec = parser.get_spec("main")
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self._connection = database.engine.raw_connection()
        self._cursor = self._connection.cursor()
        mark = "?" if database.is_sqlite else "%s"
        self._insert = f"INSERT INTO bare_cases (id, state) VALUES ({mark}, {mark})"  # noqa: S608  # nothing but marks
        self._update = f"UPDATE bare_cases SET state = {mark} WHERE id = {mark}"  # noqa: S608  # nothing but marks
        self._last = 0

    def __enter__(self) -> Self:
        self._cursor.execute("CREATE TABLE bare_cases (id INTEGER PRIMARY KEY, state JSON NOT NULL)")
        self._connection.commit()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.rollback()
        self._cursor.execute("DROP TABLE bare_cases")
        self._connection.commit()
        self._connection.close()

    def complete_all(self, cases: int, *, tasks: int, answers: Mapping[str, Any]) -> list[float]:
        """Open new cases, then complete all their tasks, a task of each case in turn; gives the seconds of each."""
        states = dict(self._open() for _ in range(cases))
        seconds = []
        for _ in range(tasks):
            for number, state in states.items():
                before = perf_counter()
                states[number] = self._step(number, state, answers)
                seconds.append(perf_counter() - before)
        return seconds

    def _open(self) -> tuple[int, str]:
        workflow = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        self._last += 1
        state: str = self._serializer.serialize_json(workflow)
        self._cursor.execute(self._insert, (self._last, state))
        self._connection.commit()
        return self._last, state

    def _step(self, number: int, state: str, answers: Mapping[str, Any]) -> str:
        workflow = self._serializer.deserialize_json(state)
        task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
        task.data.update(answers)
        task.run()
        workflow.do_engine_steps()
        state = self._serializer.serialize_json(workflow)
        self._cursor.execute(self._update, (state, number))
        self._connection.commit()
        return state
