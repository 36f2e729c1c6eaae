"""A case file as tagged PDF (PDF/UA-1), set as letters are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from engine.casework.copies.case_file import CaseFile, FileFact
from engine.casework.words.values import closed, in_words, plain
from engine.clock import LONDON, local_date
from engine.forms import Field
from engine.letters import as_pdf, letterhead
from engine.letters.blocks import Block, Heading, Inline, ListBlock, Paragraph, TableBlock, Words
from engine.words import counted, letter_went, stamp_in_words, weekday_in_words

_FOR = {"victim": "The victim", "agency": "The agency", "ombudsman": "The Ombudsman"}


def case_file_as_pdf(file: CaseFile) -> bytes:
    """The file for people to read: what it leaves out, where the case stands, what is known, letters and history."""
    head = letterhead(
        file.settings.council, reference=file.case.reference, on=local_date(file.made_at),
        recipient=_FOR.get(file.made_for or "", "Case file"), address="",
    )  # fmt: skip
    return as_pdf(tuple(_blocks(file)), head, title=f"Case file {file.case.reference}")


def left_out_in_words(file: CaseFile) -> str:
    """What the copy says of what it leaves out."""
    if not file.left_out:
        return "Nothing is left out of this copy."
    ones = {"facts": "fact", "letters": "letter", "entries of the record": "entry of the record"}
    listed = ", ".join(
        counted(number, ones.get(kind, kind), kind if kind in ones else "") for kind, number in file.left_out.items()
    )
    who = _FOR.get(file.made_for or "", "the reader").lower()
    return f"Something is left out of this copy: {listed}. The council’s policy keeps them from {who}."


def _blocks(file: CaseFile) -> Iterator[Block]:
    made = f"Made on {_moment(file.made_at)}."
    yield _paragraph(f"{made} {left_out_in_words(file)}")
    yield _paragraph(_verified(file))
    yield _heading("Where the case stands")
    case = file.case
    status = "It is open."
    if case.closed_at is not None:
        status = f"Closed on {_moment(case.closed_at)}: {case.closed_as or 'no reason given'}."
    yield _paragraph(f"Opened on {_moment(case.opened_at)}. {status}")
    if file.tasks:
        yield _heading("What is to be done")
        yield _list(
            f"{t.name}{_about(file, t.item_id)}, {file.settings.team_name(t.team)}{_due(t.due_on, t.explanation)}"
            for t in file.tasks
        )
    if file.facts:
        yield from _known(file)
    if file.letters:
        yield _heading("Letters")
        yield _list(
            f"{weekday_in_words(local_date(d.sent_at))}: {d.letter} ({d.title}), {letter_went(d.recipient, d.channel)}."
            for d in file.letters
        )
    yield _heading("History")
    for entry in file.history:
        yield _paragraph(f"{_moment(entry.at)}: {entry.sentence}")
        if entry.details:
            yield _list(entry.details)


def _known(file: CaseFile) -> Iterator[Block]:
    yield _heading("What is known")
    fields = _fields(file)
    by_item: dict[str, list[FileFact]] = {}
    for fact in file.facts:
        if fact.is_current:
            by_item.setdefault(fact.item_id, []).append(fact)
    for item_id in sorted(by_item, key=lambda item: (item != "", item)):
        if item_id:
            yield Heading(level=3, inner=_words(_capitalised(file.names.get(item_id, item_id))))
        yield TableBlock(
            heading=(_words("What"), _words("Answer"), _words("Recorded")),
            rows=tuple(
                (
                    _words(fields[fact.name].name if fact.name in fields else plain(fact.name)),
                    _words(in_words(fact.value, fields.get(fact.name))),
                    _words(f"{weekday_in_words(local_date(fact.recorded_at))}, {fact.recorded_by}"),
                )
                for fact in by_item[item_id]
            ),
        )


def _fields(file: CaseFile) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for _, question in file.variant.questions:
        for field in question.fields:
            found.setdefault(field.key, field)
    return found


def _verified(file: CaseFile) -> str:
    record = f"The whole record of the case has {file.entry_count} entries; its head is {file.head}."
    if not file.breaks:
        return f"{record} It was verified when this file was made: nothing was altered, missing or cut off."
    return f"{record} It is not whole: {' '.join(closed(each.sentence) for each in file.breaks)}"


def _about(file: CaseFile, item_id: str) -> str:
    return f" ({file.names.get(item_id, item_id)})" if item_id else ""


def _due(due_on: date | None, explanation: str | None) -> str:
    return f". Due {closed(explanation or weekday_in_words(due_on))}" if due_on is not None else "."


def _moment(at: datetime) -> str:
    return stamp_in_words(at.astimezone(LONDON))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(text: str) -> tuple[Inline, ...]:
    return (Words(text=text),)


def _paragraph(text: str) -> Paragraph:
    return Paragraph(inner=_words(text))


def _heading(text: str) -> Heading:
    return Heading(level=2, inner=_words(text))


def _list(lines: Iterator[str] | tuple[str, ...]) -> ListBlock:
    return ListBlock(is_numbered=False, start=1, items=tuple((_paragraph(line),) for line in lines))
