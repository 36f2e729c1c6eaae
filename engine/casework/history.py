"""The record in plain sentences, as a case file tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.clock import LONDON
from engine.model import RecordEntry
from engine.variants import VariantSettings

Content = Mapping[str, Any]


def sentence_of(entry: RecordEntry, settings: VariantSettings) -> str:
    """What happened, in one sentence without its time. An erased entry says that it was erased."""
    if entry.content is None:
        return "What this entry said has been erased."
    tell = _SENTENCES.get(entry.kind)
    if tell is None:
        return f"{entry.kind[:1].upper()}{entry.kind[1:]}."
    sentence = tell(entry.content, settings)
    clauses = entry.content.get("clauses")
    return f"{sentence} ({', '.join(clauses)})" if clauses else sentence


def moment_of(entry: RecordEntry) -> str:
    """`2 June 2026, 09:12`"""
    return f"{entry.at.astimezone(LONDON):%-d %B %Y, %H:%M}"


def _day(text: str | None) -> str:
    return f"{date.fromisoformat(text[:10]):%-d %B %Y}" if text else ""


def _about(content: Content) -> str:
    return f" ({content['item']})" if content.get("item") else ""


def _team(content: Content, settings: VariantSettings) -> str:
    team = settings.team(content.get("team", ""))
    return team.name if team else str(content.get("team", ""))


def _task_created(content: Content, settings: VariantSettings) -> str:
    due = ""
    if content.get("why"):
        due = f" Due {content['why']}"
    elif content.get("due_on"):
        due = f" Due {_day(content['due_on'])}."
    return f"{_team(content, settings)} is to do “{content['element']}”{_about(content)}.{due}"


def _task_completed(content: Content, settings: VariantSettings) -> str:
    told = f", done on {_day(content['happened_on'])}" if content.get("happened_on") else ""
    answers = "; ".join(f"{name.replace('_', ' ')}: {_value(value)}" for name, value in content.get("answers", {}).items())
    return f"{content['by']} did “{content['element']}”{_about(content)}{told}." + (f" {answers}." if answers else "")


def _decision(content: Content, settings: VariantSettings) -> str:
    rules = [rule for table in content["explanation"].get("tables", ()) for rule in table.get("matched", ())]
    words = "; ".join(" ".join(filter(None, rule.get("annotations", {}).values())) for rule in rules)
    return f"“{content['element']}” was decided: {_value(content['value'])}." + (f" {words}." if words.strip() else "")


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_value(inner) for inner in value) or "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {_value(inner)}" for name, inner in value.items())
    return str(value)


_SENTENCES: dict[str, Callable[[Content, VariantSettings], str]] = {
    "application received": lambda c, s: f"Application {c['reference']} received from {c['by']}.",
    "task created": _task_created,
    "task claimed": lambda c, s: f"{c['by']} claimed “{c['element']}”.",
    "task handed back": lambda c, s: f"{c['by']} handed “{c['element']}” back.",
    "task completed": _task_completed,
    "task cancelled": lambda c, s: f"“{c['element']}” is no longer needed.",
    "way chosen": lambda c, s: f"{c['element']} {', '.join(c['ways'])}.",
    "script run": lambda c, s: f"“{c['element']}” gave {_value(c.get('value'))}.",
    "decision made": _decision,
    "job done": lambda c, s: f"“{c['element']}” was done." + (f" {c['note']}" if c.get("note") else ""),
    "job failed": lambda c, s: f"“{c['element']}” failed (attempt {c['attempt']}): {c['error']}. It is tried again.",
    "business fault": lambda c, s: f"“{c['element']}” could not be done: {c['message']}",
    "late result": lambda c, s: "A result came after what it was for had been cancelled; it moves nothing.",
    "letter sent": lambda c, s: f"Letter {c['letter']} ({c['title']}) sent to {c['to']} by {c['channel']}.",
    "timer fired": lambda c, s: f"The day came for “{c['element']}”{_about(c)}.",
    "rung passed": lambda c, s: f"The rung “{c['element']}”{_about(c)} had passed already; a higher one acts.",
    "rung taken before the news came": lambda c, s: (
        f"It was done on {_day(c['happened_on'])}, before rung {c['rung']} was taken on {_day(c['taken_at'])}; "
        "what was sent stays sent, and no further rung is taken."
    ),
    "told": lambda c, s: f"{c['by']} told the case “{c['message']}”{_about(c)}.",
    "event": lambda c, s: f"“{c['element']}”{_about(c)}.",
    "message delivered": lambda c, s: f"The message “{c['message']}” was passed on inside the case.",
    "signal": lambda c, s: f"The signal “{c['signal']}” was heard by {c['heard']}.",
    "escalation not caught": lambda c, s: f"The escalation “{c['code']}” of {c['process']} was noted.",
    "incident": lambda c, s: f"“{c['element']}” is stuck: {c['message']}",
    "incident retried": lambda c, s: f"{c['by']} tried what was stuck again.",
    "incident resolved": lambda c, s: f"{c['by']} resolved what was stuck: {c['reason']}",
    "deadline extended": lambda c, s: f"{c['by']} extended “{c['limit']}” from {_day(c['was'])} to {_day(c['now'])}: {c['reason']}",
    "deadline suspended": lambda c, s: f"{c['by']} suspended “{c['limit']}”, due {_day(c['was'])}: {c['reason']}",
    "deadline resumed": lambda c, s: f"{c['by']} resumed “{c['limit']}”, now due {_day(c['now'])}: {c['reason']}",
    "fact corrected": lambda c, s: (
        f"{c['by']} corrected {c['fact'].replace('_', ' ')}{_about(c)} from {_value(c['was'])} to {_value(c['now'])}: {c['reason']}"
        if "was" in c and "now" in c else f"{c['by']} corrected {c['fact'].replace('_', ' ')}: {c['reason']}"
    ),
    "contents erased": lambda c, s: f"{c['by']} erased what entries {_value(c['entries'])} said: {c['reason']}",
    "process ended": lambda c, s: f"{c['process']} ended" + (f": {c['ended_as']}." if c.get("ended_as") else "."),
    "case closed": lambda c, s: "The case is closed" + (f": {c['closed_as']}." if c.get("closed_as") else "."),
    "case reopened": lambda c, s: "The case is open again.",
}
