"""What a move does to a case, in sentences."""

from __future__ import annotations

from engine.casework.migration.order import CaseMoved, DayMove
from engine.casework.rehearsal.moves import MovePreview
from engine.casework.rehearsal.places import PlaceMove, StandingPlace
from engine.words import letter_goes, listed, weekday_in_words
from engine.workshop.closed_cases import ReplayedCase


def told_of_move(moved: CaseMoved) -> list[str]:
    """What changes with a case, a sentence for each kind of thing."""
    said = [f"“{was}” is called “{now}”." for was, now in moved.renamed]
    said += [sentence_of_day(day) for day in moved.days]
    for words, labels in (
        ("waits from now on", moved.armed),
        ("is waited for no more", moved.ended),
        ("begins round what runs", moved.begun),
        ("is handed back: whoever had it may not do it by this version", moved.handed_back),
    ):
        said += [f"{listed([f'“{label}”' for label in labels])} {words}."] if labels else []
    return [*said, *moved.warnings]


def sentence_of_day(day: DayMove) -> str:
    if day.now is None:
        became = f"stays on {weekday_in_words(day.was)}, though no limit gives it" if day.is_kept else "has no day"
        return f"“{day.label}” {became}."
    if day.is_kept:
        return (
            f"“{day.label}” stays on {weekday_in_words(day.was)} ({day.choice}); counted anew it would be due on "
            f"{weekday_in_words(day.now)}."
        )
    return f"“{day.label}”: {weekday_in_words(day.was)} → {weekday_in_words(day.now)} (counted anew)."


def told_of_preview(preview: MovePreview, *, names_people: bool = True) -> list[str]:
    """What would come of it, or why it cannot be; [] where people would see nothing of it. `names_people`: whether who
    gets a letter may be told."""
    if preview.refusals:
        return ["It cannot be moved.", *preview.refusals]
    said = told_of_move(preview.moved) if preview.moved is not None else []
    if preview.follows is not None:
        for letter in preview.follows.letters:
            goes = f", {letter_goes(letter.recipient, letter.channel)}" if names_people else ""
            said.append(f"The letter “{letter.title}” would leave at once{goes}.")
        said += [f"At once: {effect.sentence}" for effect in preview.follows.effects if names_people]
        said += [f"“{task.name}” would have to be done ({task.team})." for task in preview.follows.new_tasks]
        said += [f"“{task.name}” would not have to be done any more." for task in preview.follows.tasks_gone]
    return said


def told_of_places(preview: MovePreview) -> list[str]:
    """Where every token, timer, task and process inside would stand, a sentence for each; where it stands now, for a
    case that cannot be moved."""
    return [_told_of_place(each) for each in preview.places]


def _told_of_place(move: PlaceMove) -> str:
    was, now = move.was, move.now
    place = now or was
    where = f"{place.process}{f', {place.item}' if place.item else ''}: " if place is not None else ""
    if was is None or now is None:
        return f"{where}{_place(now)} is new." if now is not None else f"{where}{_place(was)} is no more."
    if (was.kind, was.label, was.on) == (now.kind, now.label, now.on):
        return f"{where}{_place(now)} stays as it is."
    return f"{where}{_place(was)} → {_place(now)}."


def _place(place: StandingPlace | None) -> str:
    if place is None:
        return ""
    day = f", {weekday_in_words(place.on)}" if place.on is not None else ""
    return f"“{place.label}” ({place.kind}{day})"


def told_of_replay(case: ReplayedCase, *, names_people: bool = True) -> list[str]:
    """What would have come out otherwise in a closed case, and how far it can be said; [] where nothing would have.
    `names_people`: whether whoever a letter goes to."""
    fits = [f"From there on what people did fits no more. {case.no_longer_fits}"] if case.no_longer_fits else []
    other = (each.in_full if names_people else each.sentence for each in case.deviations)
    return [*dict.fromkeys(other), *fits, *case.remarks]
