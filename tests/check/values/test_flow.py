"""What a condition says holds behind its way, until something else is told: a later way against it is never taken."""

from __future__ import annotations

import pytest

from engine.check import check_variant
from engine.variants import Variant
from handlers import HANDLERS
from tests.check.builders import LETTER, Drawing, folder, form

_DECISION = {
    "type": "radio",
    "id": "field_decision",
    "key": "decision",
    "label": "What is decided?",
    "values": [{"label": word, "value": word} for word in ("accepted", "refused", "referred")],
}
_PHONE = {"type": "textfield", "id": "field_phone", "key": "applicant_phone", "label": "Telephone"}
_URGENT = {"type": "checkbox", "id": "field_urgent", "key": "urgent", "label": "Urgent"}
_FORM = {"forms__application_form": form("application", _DECISION, _PHONE, _URGENT)}


def _asking(first: str, then: str, *between: str) -> Drawing:
    """Two gateways, the second behind the way of the first on which `first` is true; `between` are users' tasks."""
    drawing = (
        Drawing().start(form="application").gateway("early", default="early_no").gateway("late", default="late_no")
    )
    for task in between:
        drawing.user(task, form="again")
    for end in ("over", "agreed", "closed"):
        drawing.end(end)
    way = ("early", *between, "late")
    drawing.flow("received", "early")
    drawing.flow(way[0], way[1], condition=first, id="early_yes").flow("early", "over", id="early_no")
    if between:
        drawing.flow(*between, "late")
    return drawing.flow("late", "agreed", condition=then, id="late_yes").flow("late", "closed", id="late_no")


def _dead(variant: Variant) -> set[str]:
    return {each.element_id for each in check_variant(variant, handlers=HANDLERS) if each.rule == "dead-ways"}


@pytest.mark.parametrize(
    ("first", "then", "dead"),
    [
        ('=decision = "refused"', '=decision = "accepted"', {"late_yes"}),
        ('=decision = "refused"', '=decision != "accepted"', {"late_no"}),
        ('=decision in ("refused", "referred")', '=decision = "accepted"', {"late_yes"}),
        ('=not(decision in ("refused", "referred"))', '=decision = "refused"', {"late_yes"}),
        ('=decision = "refused" and urgent', "=urgent = false", {"late_yes"}),
        ("=urgent", "=not(urgent)", {"late_yes"}),
        ("=applicant_phone != null", "=applicant_phone = null", {"late_yes"}),
        ("=applicant_phone = null", "=applicant_phone != null", {"late_yes"}),
        ('=decision = "refused" and count(reports) > 1', '=decision = "accepted"', {"late_yes"}),
        ('=decision = "refused" or urgent', '=decision = "accepted"', set()),
        ('=decision = "refused" or count(reports) > 1', '=decision = "accepted"', set()),
        ('=decision != "refused"', '=decision = "accepted"', set()),
        ('=urgent', '=decision = "accepted"', set()),
    ],
)  # fmt: skip
def test_behind_a_way_what_its_condition_says_is_known(first: str, then: str, dead: set[str]) -> None:
    assert _dead(folder(_asking(first, then), **_FORM)) == dead


def test_what_is_asked_again_on_the_way_is_known_no_longer() -> None:
    drawing = _asking('=decision = "refused"', '=decision = "accepted"', "decide_again")
    assert _dead(folder(drawing, **_FORM, forms__again_form=form("again", _DECISION))) == set()
    assert _dead(folder(drawing, **_FORM, forms__again_form=form("again", _URGENT))) == {"late_yes"}


def test_where_ways_meet_only_what_all_say_is_known() -> None:
    drawing = Drawing().start(form="application").gateway("early", default="neither").gateway("late", default="late_no")
    for end in ("over", "agreed", "closed"):
        drawing.end(end)
    drawing.user("a", form="again").user("b", form="again").flow("received", "early")
    drawing.flow("early", "a", condition='=decision = "refused"').flow("early", "b", condition='=decision = "referred"')
    drawing.flow("early", "over", id="neither").flow("a", "late").flow("b", "late")
    drawing.flow("late", "agreed", condition='=decision = "{}"', id="late_yes").flow("late", "closed", id="late_no")
    again = form("again", _URGENT)

    def asked_for(word: str) -> Variant:
        variant = folder(drawing, **_FORM, forms__again_form=again)
        files = {name: data.replace(b"{}", word.encode()) for name, data in variant.files.items()}
        return Variant.from_files(files, "somewhere")

    assert _dead(asked_for("accepted")) == {"late_yes"}
    assert _dead(asked_for("refused")) == set()


def test_what_another_process_of_the_case_can_give_meanwhile_is_not_known() -> None:
    drawing = _asking('=decision = "refused"', '=decision = "accepted"')
    other = Drawing("other").message("m", "changed")
    other.add("startEvent", "told", inner='<bpmn:messageEventDefinition messageRef="m"/>', properties={"form": "again"})
    other.end("noted").flow("told", "noted")
    assert _dead(folder(drawing, other, **_FORM, forms__again_form=form("again", _DECISION))) == set()
    assert _dead(folder(drawing, other, **_FORM, forms__again_form=form("again", _PHONE))) == {"late_yes"}


def test_behind_a_dead_way_nothing_more_is_said() -> None:
    drawing = _asking('=decision = "refused" and decision = "accepted"', '=decision = "accepted"')
    assert _dead(folder(drawing, **_FORM)) == {"early_yes"}


def test_a_circle_of_ways_comes_to_an_end() -> None:
    drawing = (
        Drawing().start(form="application").user("decide", form="again").gateway("done", default="once_more").end()
    )
    drawing.flow("received", "decide", "done").flow("done", "closed", condition='=decision = "accepted"')
    drawing.flow("done", "decide", id="once_more")
    assert _dead(folder(drawing, **_FORM, forms__again_form=form("again", _DECISION))) == set()


@pytest.mark.parametrize(
    ("condition", "said"),
    [("=applicant_phone = null", "there is nothing to print"), ("=applicant_phone != null", ""), ("=urgent", "nobody")],
)
def test_a_letter_is_judged_by_what_holds_where_it_is_sent(condition: str, said: str) -> None:
    drawing = Drawing().start(form="application").gateway("known", default="no").send("write").end().end("over")
    drawing.flow("received", "known").flow("known", "write", condition=condition).flow("known", "over", id="no")
    drawing.flow("write", "closed")
    letter = f"{LETTER}\nWe ring you on ((applicant_phone)).\n"
    variant = folder(drawing, **_FORM, letters__ct1_md=letter)
    found = [each.sentence for each in check_variant(variant, handlers=HANDLERS) if each.rule == "given"]
    assert len(found) == bool(said)
    assert all(said in sentence for sentence in found)


def test_a_question_hidden_by_what_holds_wherever_it_is_asked_is_never_shown() -> None:
    why = {"type": "textfield", "id": "field_why", "key": "why", "label": "Why?"}
    why |= {"conditional": {"hide": '=decision = "refused"'}}
    drawing = _asking('=decision = "refused"', "=urgent", "decide_again")
    assert _dead(folder(drawing, **_FORM, forms__again_form=form("again", why))) == {"field_why"}


def test_what_a_parallel_branch_can_give_meanwhile_is_not_known() -> None:
    def beside(question: dict[str, object]) -> Variant:
        drawing = Drawing().start(form="application").gateway("fork", kind="parallel")
        drawing.gateway("early", default="early_no").gateway("late", default="late_no")
        drawing.user("wait", form="nothing").user("beside", form="again")
        for end in ("over", "agreed", "closed", "noted"):
            drawing.end(end)
        drawing.flow("received", "fork", "beside", "noted").flow("fork", "early").flow("early", "over", id="early_no")
        drawing.flow("early", "wait", condition='=decision = "refused"').flow("wait", "late")
        drawing.flow("late", "agreed", condition='=decision = "accepted"', id="late_yes")
        drawing.flow("late", "closed", id="late_no")
        nothing = form("nothing", _PHONE)
        return folder(drawing, **_FORM, forms__again_form=form("again", question), forms__nothing_form=nothing)

    assert _dead(beside(_DECISION)) == set()
    assert _dead(beside(_URGENT)) == {"late_yes"}


def test_a_called_process_knows_what_its_caller_knows() -> None:
    def called_with(decision: str) -> Variant:
        drawing = Drawing().start(form="application").gateway("early", default="early_no").end("over")
        drawing.call("go_on", process="other").end("closed").flow("received", "early")
        drawing.flow("early", "go_on", condition=f'=decision = "{decision}"').flow("early", "over", id="early_no")
        drawing.flow("go_on", "closed")
        other = Drawing("other").start("called").gateway("late", default="late_no").end("agreed").end("refused")
        other.flow("called", "late").flow("late", "agreed", condition='=decision = "accepted"', id="late_yes")
        return folder(drawing, other.flow("late", "refused", id="late_no"), **_FORM)

    assert _dead(called_with("refused")) == {"late_yes"}
    assert _dead(called_with("accepted")) == {"late_no"}
