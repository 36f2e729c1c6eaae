"""The people: each signs in, waits for the others, and works until the time is up. Run by locust, not imported.

A person looks at their own tasks and at another view of the inbox, opens a task of theirs, completes it, reads what
followed, and opens the case. Between two requests they read or write, as long as the plan says. Locust has replaced
threads, sleeping and events by its own, so that all people share one thread.
"""

from __future__ import annotations

import html
import os
import re
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from threading import Event, Timer
from time import perf_counter, sleep
from typing import Any

from locust import events, task
from locust.contrib.fasthttp import FastHttpUser
from locust.exception import StopUser

from engine.bench.web.plan import VARIABLE, Work, read_plan
from engine.clock import SystemClock

PLAN_FILE = Path(os.environ[VARIABLE])
PLAN = read_plan(PLAN_FILE)
_MOST_ERRORS_TOLD = 20
_LONGEST_REQUEST = 30  #: seconds; what takes longer is given up
_TOKEN = re.compile(r'name="csrf_token"[^>]*\bvalue="([^"]+)"')
_VIEWS = re.compile(r'href="(/tasks\?[^"#]+)"')

_numbers = count()
_signed_in = count(1)
_stopped = count(1)
_begin = Event()
_seconds: dict[str, list[float]] = defaultdict(list)
_errors: list[str] = []
_times: dict[str, float] = {}


def _now() -> float:
    """Seconds since 1970, as the process that started us counts them too."""
    return SystemClock().now().timestamp()


class SimulatedPerson(FastHttpUser):
    """One of the people of the plan."""

    def on_start(self) -> None:
        number = next(_numbers)
        self.me = PLAN.people[number]
        self.tasks_to_do = list(self.me.tasks)
        self.chance = Random(number)  # noqa: S311  # who clicks what is no secret; the same in every run
        form = self.get("/sign-in", "signing in")
        wanted = {"csrf_token": token_of(form), "email": self.me.email, "password": self.me.password}
        self.post("/sign-in", wanted, "signing in")
        # Each process of the server reads the policy, and the templates, when it is first asked
        for path in ("/tasks", self.tasks_to_do[0], self.case_of(self.tasks_to_do[0])):
            self.get(path, "signing in")
        if next(_signed_in) == len(PLAN.people):
            _times.update(began_at=_now(), ends_at=_now() + PLAN.seconds)
            _begin.set()
            _soon(PLAN.seconds + _LONGEST_REQUEST, self.environment.runner.quit)
        _begin.wait()
        self.think(0)

    def on_stop(self) -> None:
        """What is under way when the time is up is waited for, so that the slow do not go uncounted."""
        if next(_stopped) == len(PLAN.people):
            _times["ended_at"] = _now()
            _soon(0, self.environment.runner.quit)

    @task
    def work(self) -> None:
        if not self.tasks_to_do:
            _errors.append(f"{self.me.email} has no task left to complete.")
            raise StopUser
        path = self.tasks_to_do.pop()
        inbox = self.get("/tasks", "inbox")
        self.think()
        views = sorted({html.unescape(view) for view in _VIEWS.findall(inbox)})
        self.get(self.chance.choice(views or ["/tasks"]), "inbox")
        self.think()
        form = self.get(path, "task")
        self.think()
        answers = {**PLAN.answers, "csrf_token": token_of(form), "action": "complete"}
        self.post(path, answers, "complete", then="followed")
        self.think()
        self.get(self.case_of(path), "case")
        self.think()

    def case_of(self, path: str) -> str:
        return f"/cases/{path.split('/')[2]}"

    def think(self, least: float = PLAN.least_thought) -> None:
        left = _times["ends_at"] - _now()
        thought = self.chance.uniform(least, PLAN.most_thought)
        sleep(max(0, min(thought, left)))
        if thought >= left:
            raise StopUser

    def get(self, path: str, kind: str) -> str:
        return self.ask("GET", path, kind)[1]

    def post(self, path: str, answers: dict[str, str], kind: str, *, then: str = "") -> None:
        """Send a form. It has to lead on to another page, which is asked for at once where `then` names its kind."""
        status, _, onward = self.ask_whole("POST", path, kind, data=answers)
        if status not in (302, 303):
            _errors.append(f"POST {path} ({kind}) was answered {status} and leads nowhere.")
        elif then:
            self.get(onward, then)

    def ask(self, method: str, path: str, kind: str) -> tuple[int, str]:
        status, text, _ = self.ask_whole(method, path, kind)
        if status != 200:
            _errors.append(f"{method} {path} ({kind}) was answered {status}.")
        return status, text

    def ask_whole(self, method: str, path: str, kind: str, **more: Any) -> tuple[int, str, str]:
        """Status, text and where it leads; timed from the first byte sent to the last one read."""
        headers = {"X-Forwarded-For": self.me.address, "X-Forwarded-Proto": "http"}
        began = perf_counter()
        answer = self.client.request(method, path, name=kind, headers=headers, allow_redirects=False, **more)
        text = answer.text or ""
        if _begin.is_set():
            _seconds[kind].append(perf_counter() - began)
        return answer.status_code, str(text), str(answer.headers.get("Location", "") if answer.headers else "")


def _soon(seconds: float, call: Callable[[], object]) -> None:
    later = Timer(seconds, call)
    later.daemon = True
    later.start()


def token_of(page: str) -> str:
    found = _TOKEN.search(page)
    return html.unescape(found[1]) if found else ""


@events.quitting.add_listener  # type: ignore[untyped-decorator]  # locust says no types of it
def _hand_back(**_more: Any) -> None:
    if "ended_at" not in _times:
        _errors.append("Not everybody could finish: a request was not answered in time.")
    work = Work(
        began_at=_times.get("began_at", 0),
        ended_at=_times.get("ended_at", _now()),
        seconds={kind: seconds for kind, seconds in _seconds.items() if kind != "signing in"},
        errors=tuple(_errors[:_MOST_ERRORS_TOLD] + ["…"] * max(0, len(_errors) - _MOST_ERRORS_TOLD)),
    )
    work.write(PLAN_FILE.with_name("work.json"))
