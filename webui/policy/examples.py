"""The worked examples of a policy: how each comes out, and each played on the drawings, moment by moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from threading import Lock

from cachetools import LRUCache, cached
from flask import Response, abort, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from engine.clock import LONDON
from engine.diagram import Diagram
from engine.draw import HERE, draw_svg, title_of
from engine.errors import DrawError
from engine.scenarios import Scenario
from engine.variants import Variant
from engine.words import time_in_words, weekday_in_words
from engine.workshop.elements import played_or_before
from engine.workshop.examples import PlayedExamples, ask_to_play, digest_of_example, played_examples
from engine.workshop.playback import Playback, PlayedMoment, play_back, scenario_named
from webui.access import Right, allow
from webui.policy.blueprint import blueprint
from webui.policy.shown import ShownPolicy, policy_in_force_shown
from webui.shell.office import office

#: Seconds between two looks at what is being played.
_LOOK_EVERY = 5


@blueprint.get("/examples")
@allow(Right.SEE_POLICY)
def examples() -> str:
    """How all come out; with `element`, and `file`, in the address those that go through it."""
    return examples_page(policy_in_force_shown())


@blueprint.post("/examples")
@allow(Right.SEE_POLICY)
def play_examples() -> Answer:
    """Have those that were not played yet played in the background."""
    return play_them(policy_in_force_shown())


@blueprint.get("/examples/<name>")
@allow(Right.SEE_POLICY)
def example(name: str) -> str:
    """One, moment by moment: `frame` in the address is the moment, `drawing` the diagram on which it is shown."""
    return example_page(policy_in_force_shown(), name)


@blueprint.get("/drawings/<name>")
@allow(Right.SEE_POLICY)
def drawing(name: str) -> Response:
    """A diagram as a picture alone, on which a script walks."""
    return drawing_of(policy_in_force_shown(), name)


def play_them(shown: ShownPolicy) -> Answer:
    ask_to_play(office(), shown.variant)
    return redirect(shown.url("examples", watch="yes"))


def examples_page(shown: ShownPolicy, *, problem: str = "") -> str:
    played = played_examples(office(), shown.variant)
    element, file = request.args.get("element", ""), request.args.get("file", "")
    passing, played_on = None, ""
    if element:
        known, played_on = played_or_before(office(), shown.variant, shown.before)
        passing = names_through(shown.variant, known, element, file)
    wrong = {name for name, row in played.rows.items() if row.wrong}
    listed = [each for each in played.scenarios if passing is None or each.name in passing]
    listed.sort(key=lambda each: each.name not in wrong)  # what is to be looked at first
    return render_template(
        "policy/examples.html", shown=shown, played=played, listed=listed, element=element,
        element_name=_label_of(shown.variant, element), played_on=played_on,
        wrong=len(wrong),
        moved=[(name, each.new_days.said) for name, each in played.played.items() if each.new_days is not None],
        problem=problem, has_errors=bool(problem),
        watches="watch" in request.args and played.is_waiting and not played.is_whole, look_every=_LOOK_EVERY,
    )  # fmt: skip


def names_through(variant: Variant, played: PlayedExamples, element_id: str, file: str) -> frozenset[str]:
    """The examples that go through an element or flow of that diagram; of any where `file` is ""."""
    processes = [id for id, process in variant.drawn_processes.items() if file in ("", variant.process_file[id])]
    return frozenset(
        name for name, each in played.played.items() if any(each.goes_through(id, element_id) for id in processes)
    )


def example_page(shown: ShownPolicy, name: str) -> str:
    playback = _playback(shown.variant, name)
    number = min(max(request.args.get("frame", 1, type=int), 1), max(len(playback.frames), 1))
    frame = playback.frames[number - 1] if playback.frames else None
    chosen = request.args.get("drawing", "")
    file = chosen if frame is not None and chosen in frame.files else frame.file if frame is not None else ""
    words = _Words(shown.variant)
    return render_template(
        "policy/example.html", shown=shown, playback=playback, number=number, frame=frame, file=file, words=words,
        picture=_picture(shown.variant, file, frame) if frame is not None else "", here=HERE,
        days=list(_by_day(playback, words)), frames=[words.as_json(each) for each in playback.frames],
    )  # fmt: skip


def drawing_of(shown: ShownPolicy, name: str) -> Response:
    diagram = shown.variant.diagrams.get(name)
    if diagram is None or not diagram.shapes:
        abort(404)
    return Response(draw_svg(diagram, title=title_of(diagram)), content_type="image/svg+xml")


def _playback(variant: Variant, name: str) -> Playback:
    if name not in (PurePosixPath(file).stem for file in variant.scenario_files):
        abort(404)
    return _played_back(variant, scenario_named(variant, name))


@cached(LRUCache(8), key=lambda variant, scenario: (variant.digest, digest_of_example(scenario)), lock=Lock())
def _played_back(variant: Variant, scenario: Scenario) -> Playback:
    """Who looks at one moment goes on to the next: the last are kept."""
    return play_back(variant, scenario)


def _picture(variant: Variant, file: str, frame: PlayedMoment) -> Markup:
    marks = {**dict.fromkeys(frame.walked.get(file, ()), "done"), **dict.fromkeys(frame.stands(file), "now")}
    try:
        svg = draw_svg(variant.diagrams[file], title=title_of(variant.diagrams[file]), marks=marks)
    except DrawError:  # the words are there
        return Markup()
    return Markup(svg.partition("?>")[2].strip())  # noqa: S704  # every text in it is escaped where it is drawn


def _label_of(variant: Variant, element_id: str) -> str:
    return next((each.label for each in variant.elements if each.id == element_id), element_id)


@dataclass(frozen=True)
class _Words:
    """What a moment says, for the page and for the script."""

    variant: Variant

    def day(self, frame: PlayedMoment) -> str:
        return weekday_in_words(frame.at.astimezone(LONDON))

    def time(self, frame: PlayedMoment) -> str:
        return time_in_words(frame.at.astimezone(LONDON))

    def title(self, file: str) -> str:
        return title_of(self.variant.diagrams[file])

    def standings(self, frame: PlayedMoment) -> list[str]:
        """`An agency answers (Any Homes): Answer the request`, of each process instance."""
        found = []
        for each in frame.standings:
            labels = _labels(self.variant.diagrams[each.file])
            places = ", ".join(labels.get(element, element) for element in each.elements)
            found.append(f"{each.process}{f' ({each.about})' if each.about else ''}: {places}")
        return found

    def as_json(self, frame: PlayedMoment) -> Mapping[str, object]:
        return {
            "day": self.day(frame),
            "time": self.time(frame),
            "sentences": frame.sentences,
            "standings": self.standings(frame),
            "files": [[file, self.title(file)] for file in frame.files],
            "walked": frame.walked,
            "stands": {file: frame.stands(file) for file in frame.files},
        }


def _labels(diagram: Diagram) -> Mapping[str, str]:
    return {each.id: each.label for process in diagram.processes.values() for each in process.elements.values()}


def _by_day(playback: Playback, words: _Words) -> Iterator[tuple[str, list[tuple[int, PlayedMoment]]]]:
    days: dict[str, list[tuple[int, PlayedMoment]]] = {}
    for number, frame in enumerate(playback.frames, start=1):
        days.setdefault(words.day(frame), []).append((number, frame))
    yield from days.items()
