"""Random processes of sound blocks: whatever order people work in, every task comes as often as it must, every branch
joins, and the case closes without anything stuck."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from engine.casework.tasks.completion import complete_task
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    end,
    exclusive,
    inclusive,
    parallel,
    script,
    start,
    sub,
    user,
    wire,
)


class Maker:
    """Draws blocks with one way in and one way out, and counts how often each task must come."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # the same processes each time
        self.drawn: list[list[str]] = [[]]  #: elements, by level
        self.flows: list[list[tuple[str, str, str]]] = [[]]
        self.children: dict[str, str] = {}
        self.wanted: Counter[str] = Counter()
        self.count = 0

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def add(self, xml: str) -> None:
        self.drawn[-1].append(xml)

    def to(self, source: str, target: str, condition: str = "") -> None:
        self.flows[-1].append((source, target, condition))

    def block(self, depth: int, times: int) -> tuple[str, str]:
        """A random block that is run `times`; the ids of its first and last element."""
        kinds = ["task", "task", "script"]
        if depth > 0:
            kinds += ["sequence", "parallel", "exclusive", "inclusive", "loop", "sub", "call", "watched"]
        if depth > 2:
            kinds = kinds[3:]
        return getattr(self, f"_{self.random.choice(kinds)}")(depth, times)  # type: ignore[no-any-return]

    def _task(self, depth: int, times: int) -> tuple[str, str]:
        name = self.name("task")
        self.add(user(name))
        self.wanted[name] += times
        return name, name

    def _script(self, depth: int, times: int) -> tuple[str, str]:
        name = self.name("script")
        self.add(script(name, "=1", f"v_{name}"))
        return name, name

    def _watched(self, depth: int, times: int) -> tuple[str, str]:
        """A task with a timer that never comes."""
        name, _ = self._task(depth, times)
        self.add(boundary(f"late_{name}", name, "timer", "P9000D", interrupting=self.random.random() < 0.5))
        self.add(end(f"end_{name}"))
        self.to(f"late_{name}", f"end_{name}")
        return name, name

    def _sequence(self, depth: int, times: int) -> tuple[str, str]:
        blocks = [self.block(depth - 1, times) for _ in range(self.random.randint(2, 3))]
        for (_, last), (first, _) in pairwise(blocks):
            self.to(last, first)
        return blocks[0][0], blocks[-1][1]

    def _split(self, depth: int, gateway, taken: list[bool], times: int) -> tuple[str, str]:
        split, join = self.name("split"), self.name("join")
        flows = []
        for is_taken in taken:
            first, last = self.block(depth - 1, times if is_taken else 0)
            flows.append((split, first, "" if gateway is parallel else f"={str(is_taken).lower()}"))
            self.to(last, join)
        default = ""
        if gateway is not parallel and not any(taken):
            first, last = self.block(depth - 1, times)
            flows.append((split, first, ""))
            default = f"{split}_to_{first}"
            self.to(last, join)
        self.flows[-1] += flows
        self.add(gateway(split, default) if default else gateway(split))
        self.add(gateway(join))
        return split, join

    def _parallel(self, depth: int, times: int) -> tuple[str, str]:
        return self._split(depth, parallel, [True] * self.random.randint(2, 4), times)

    def _inclusive(self, depth: int, times: int) -> tuple[str, str]:
        return self._split(depth, inclusive, [self.random.random() < 0.6 for _ in range(3)], times)

    def _exclusive(self, depth: int, times: int) -> tuple[str, str]:
        taken = self.random.randrange(4)
        return self._split(depth, exclusive, [place == taken for place in range(3)], times)

    def _loop(self, depth: int, times: int) -> tuple[str, str]:
        """Run a block two or three times over: counted in a variable of its own, set anew each time round."""
        rounds = self.random.randint(2, 3)
        zero, into, more, out = self.name("zero"), self.name("into"), self.name("more"), self.name("out")
        self.add(script(zero, "=0", f"n_{zero}") + exclusive(into) + script(more, f"=n_{zero} + 1", f"n_{zero}"))
        first, last = self.block(depth - 1, times * rounds)
        self.add(exclusive(out, f"{out}_to_{into}"))
        after = self.name("after")
        self.add(script(after, "=1", f"v_{after}"))
        for source, target in ((zero, into), (into, first), (last, more), (more, out), (out, into)):
            self.to(source, target)
        self.to(out, after, f"=n_{zero} = {rounds}")
        return zero, after

    def _inner(self, depth: int, times: int) -> str:
        """The body of a level of its own."""
        self.drawn.append([])
        self.flows.append([])
        began, ended = self.name("start"), self.name("end")
        first, last = self.block(depth - 1, times)
        self.add(start(began) + end(ended))
        self.to(began, first)
        self.to(last, ended)
        return self.finish()

    def _sub(self, depth: int, times: int) -> tuple[str, str]:
        name = self.name("sub")
        self.add(sub(name, self._inner(depth, times)))
        return name, name

    def _call(self, depth: int, times: int) -> tuple[str, str]:
        """One child, or several at once or one by one. Its variables are its own, so rounds do not meet."""
        name, child = self.name("call"), self.name("child")
        many = self.random.randint(0, 3)
        self.children[child] = self._inner(depth, times * (many or 1))
        loop = {"over": f"=for i in 1..{many} return i", "sequential": self.random.random() < 0.5} if many else {}
        self.add(call(name, child, **loop))  # type: ignore[arg-type]
        return name, name

    def finish(self) -> str:
        flows = self.flows.pop()
        chains = [f"{source} {target}" for source, target, _ in flows]
        conditions = {f"{source}_to_{target}": condition for source, target, condition in flows if condition}
        return "".join(self.drawn.pop()) + wire(*chains, **conditions)


def _prove(seed: int) -> None:
    maker = Maker(seed)
    first, last = maker._sequence(5, 1)
    maker.add(start() + end())
    maker.to("start", first)
    maker.to(last, "end")
    main = maker.finish()
    case = Case(main, **maker.children)
    done: Counter[str] = Counter()
    while tasks := case.tasks():
        task = maker.random.choice(tasks)
        complete_task(case.office, task.task_id, {}, by="Officer 1")
        done[task.element_id] += 1
        assert done[task.element_id] <= maker.wanted[task.element_id]
    assert case.stuck() == []
    assert case.is_closed
    assert done == +maker.wanted
    assert case.is_record_whole()


@pytest.mark.parametrize("seed", range(40))
def test_no_token_is_lost_or_doubled_in_a_random_process(seed: int) -> None:
    _prove(seed)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(40, 2000))
def test_no_token_is_lost_or_doubled_in_many_random_processes(seed: int) -> None:
    _prove(seed)
