"""One case played in memory: what people, handlers, messages and the clock do to it, and what can be seen of it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from engine import feel
from engine.casework.background.incidents import resolve_incident, retry_incident
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.messages import send_message, what_can_be_told
from engine.handler import BusinessFault, Handler, HandlerContext, HandlerResult, handler
from engine.handler.contract import Output
from engine.model import ACCESS_CODE, TaskId
from engine.store import Database, incidents
from engine.store import record as chain
from engine.store.schema import facts, instances
from engine.variants import Variant
from tests.casework.builders import Play
from tests.runtime import sketch


@handler(
    name="work",
    title="Work",
    ports=(),
    takes_more_inputs=True,
    outputs=(Output(name="given", label="Given"),),
    faults=("lost",),
)
def work(context: HandlerContext) -> HandlerResult | BusinessFault:
    """Give back the input `give`; fault where the input `fault` names a code; fail where `fail` says so."""
    if context.inputs.get("fault"):
        return BusinessFault(code=str(context.inputs["fault"]), message="It is lost.")
    if context.inputs.get("fail"):
        raise RuntimeError("the printer is on fire")
    return HandlerResult(outputs={"given": context.inputs.get("give")})


HANDLERS: tuple[Handler, ...] = (work,)


class Case(Play):
    """A case on an SQLite database in memory: `Case(body of the main process, child=body, …)`."""

    def __init__(
        self,
        main: str | Variant,
        *,
        answers: dict[str, Any] | None = None,
        keys: dict[str, str] | None = None,
        files: dict[str, bytes] | None = None,
        **others: str,
    ) -> None:
        database = Database("sqlite://")
        database.create_all()
        played = main if isinstance(main, Variant) else sketch.variant(main, keys=keys, files=files, **others)
        super().__init__(database, played, handlers=HANDLERS, answers=answers)

    def tell(self, message: str, item: str = "", **answers: Any) -> None:
        send_message(self.office, self.reference, message, answers, by="Officer 1", item_id=item)
        self.work()

    def can_be_told(self) -> list[str]:
        told = what_can_be_told(self.office, self.reference)
        return sorted(each.message + (f":{each.item_id}" if each.item_id else "") for each in told)

    def correct(self, name: str, value: Any, item: str = "") -> None:
        correct_fact(self.office, self.reference, name, value, reason="a slip", by="Officer 1", item_id=item)

    def retry(self) -> None:
        retry_incident(self.office, self.incident, by="Officer 1")
        self.work()

    def resolve(self) -> None:
        resolve_incident(self.office, self.incident, reason="seen to by hand", by="Officer 1")
        self.work()

    @property
    def incident(self) -> TaskId:
        """The one open incident."""
        (row,) = self.open_incidents()
        return TaskId(reference=self.reference, number=row.number)

    def open_incidents(self) -> list[Any]:
        case_id = self.case().case_id
        with self.office.database.begin() as connection:
            return list(incidents.open_incidents(connection, case_id=case_id))

    def stuck(self) -> list[str]:
        """The elements at which something is stuck."""
        return [row.element_id for row in self.open_incidents()]

    @property
    def is_closed(self) -> bool:
        return self.case().status == "closed"

    def facts(self, item: str = "") -> dict[str, Any]:
        """What is known, but for the applicant's code, which every case has and no two share."""
        with self.office.database.begin() as connection:
            rows = connection.execute(
                select(facts.c.name, facts.c.value).where(facts.c.is_current, facts.c.item_id == item)
            )
            return {row.name: feel.to_json(feel.load(row.value)) for row in rows if row.name != ACCESS_CODE}

    def variables(self) -> dict[str, Any]:
        """Of the oldest process instance."""
        with self.office.database.begin() as connection:
            text = connection.execute(select(instances.c.variables).order_by(instances.c.number)).scalars().first()
            return json.loads(json.dumps(feel.to_json(feel.load(text))))

    def statuses(self, process: str = "child") -> list[str]:
        """How the instances of a process stand, in the order of their start."""
        with self.office.database.begin() as connection:
            return list(
                connection.execute(
                    select(instances.c.status).where(instances.c.process_id == process).order_by(instances.c.number)
                ).scalars()
            )

    def told(self, kind: str) -> list[dict[str, Any]]:
        """What the entries of one kind say."""
        return [content for each, content in self.record() if each == kind]

    def is_record_whole(self) -> bool:
        case_id = self.case().case_id
        with self.office.database.begin() as connection:
            return chain.verify(connection, case_id) == []
