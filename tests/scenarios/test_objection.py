"""Where all that is asked is whether a scenario minds, it is played up to the first thing that is otherwise."""

from __future__ import annotations

from engine.bootstrap import build_simulation_office
from engine.scenarios import Scenario, play, read_scenario
from engine.variants import Variant
from tests.casework.builders import chain_of, process, user, variant_of
from tests.scenarios.objection import minds


def council(*tasks: str) -> Variant:
    drawn = '<bpmn:startEvent id="begin"/>' + "".join(user(task) for task in tasks) + '<bpmn:endEvent id="done"/>'
    return variant_of(process(drawn + chain_of("begin", *tasks, "done")))


def scenario() -> Scenario:
    text = 'title = "x"\n[application]\non = 2026-03-02\n[application.then]\ntasks = ["act"]\n'
    for day, task, then in (("2026-03-03", "act", "look"), ("2026-03-04", "look", "")):
        tasks = f'["{then}"]' if then else "[]"
        text += f'[[step]]\non = {day}\nby = "Officer 1"\ntask = "{task}"\n[step.then]\ntasks = {tasks}\n'
    return read_scenario(text.encode(), file="scenarios/x.toml")


def test_no_step_is_taken_after_the_first_that_does_not_come_out_as_it_says() -> None:
    other = council("look", "act")
    whole = play(scenario(), other, build_simulation_office())
    office = build_simulation_office()
    begun = play(scenario(), other, office, until_miss=True)
    assert [miss.where for miss in begun.misses] == ["the application (2 March 2026)"]
    assert begun.misses == whole.misses[:1] != whole.misses
    assert office.clock.now().day == 2


def test_it_minds_what_is_otherwise_at_its_end_and_not_what_is_as_it_says() -> None:
    assert not minds(scenario(), council("act", "look"))
    assert minds(scenario(), council("act", "look", "look_again"))
    assert not minds(scenario(), council("act", "look"))
