"""The record in plain sentences, as a case file tells it to a victim, an agency or the Ombudsman."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.casework.words.values import answers_in_words, closed, in_words, plain
from engine.diagram.model import EventKind
from engine.forms import Form
from engine.model import RecordEntry
from engine.record_kinds import RecordKind
from engine.variants import Variant, VariantSettings
from engine.words import counted, letter_went

Content = Mapping[str, Any]

#: Names that diagrams and tables give, written with underscores.
_NAMES = frozenset({"signal", "code"})


@dataclass(frozen=True, kw_only=True, slots=True)
class NarratedEntry:
    """An entry of the record as it is told: in a history, in a copy of the case, after a task."""

    seq: int
    at: datetime
    kind: RecordKind | str
    sentence: str
    details: tuple[str, ...] = ()  #: the answers that were given, one line each


class Narrator:
    """Tells the entries of one case, in their order.

    `names` gives what people call its items; it is asked again where an item is not yet known. `settings`: those in
    force, where the council has teams besides the variant's.
    """

    def __init__(
        self, variant: Variant, names: Callable[[], Mapping[str, str]], *, settings: VariantSettings | None = None
    ) -> None:
        self._variant = variant
        self._settings = settings if settings is not None else variant.settings
        self._ask = names
        self._names: Mapping[str, str] = {}
        self._tasks: dict[int, str] = {}  #: what is to be done in each task
        self._last = ""  #: the kind of the entry told before

    def narrate(self, entry: RecordEntry) -> NarratedEntry:
        """What happened, without its time. An erased entry says that it was erased."""
        content = entry.content
        if content is None:
            return _told(entry, "What this entry said has been erased.")
        template = entry.kind.sentence if isinstance(entry.kind, RecordKind) else entry.kind.capitalize()
        sentence = closed(template.format_map(_Words(self._words(content))).rstrip())
        self._last = entry.kind
        clauses = content.get("clauses")
        answers = content.get("answers") or {}
        return _told(
            entry,
            f"{sentence} ({', '.join(clauses)})" if clauses else sentence,
            tuple(answers_in_words(answers, self._form(entry.kind, content))) if answers else (),
        )

    def _words(self, content: Content) -> dict[str, str]:
        words = {
            name: plain(str(value)) if name in _NAMES else in_words(value)
            for name, value in content.items()
            if name not in ("answers", "explanation", "conditions", "inputs")
        }
        words["name"] = plain(str(content.get("message", "")))
        words["about"] = self._about(content)
        words["team"] = self._settings.team_name(str(content.get("team", "")))
        if "task" in content and "element" in content:
            self._tasks[content["task"]] = content["element"]
        about_task = self._tasks.get(content.get("task", 0))
        words["deadline"] = f"the deadline of “{about_task}”" if about_task else "a deadline"
        words["fact"] = self._label(str(content.get("fact", "")))
        missed = content.get("missed")
        words["missed"] = f"; it would have come {counted(missed, 'time')} more while nothing ran" if missed else ""
        words["done_on"] = f", done on {in_words(content['happened_on'])}" if content.get("happened_on") else ""
        words["standing_in"] = f", standing in for {content['for']}," if content.get("for") else ""
        in_place_of = self._settings.team_name(content.get("entered_for"))
        words["in_place"] = f", entering it for {in_place_of}," if in_place_of else ""
        words["taken_from"] = f", who takes over from {content['was']}" if content.get("was") else ""
        words["because"] = _because(content)
        if "decision" in content and content.get("value") is None:
            words["value"] = in_words(None)
        words["went"] = letter_went(str(content.get("to", "")), str(content.get("channel", "")))
        words["due"] = ""
        words["with_files"] = f", with the file {' and '.join(content['files'])}" if content.get("files") else ""
        words["by_file"] = f". {content['through']} took it in from a file" if content.get("through") else ""
        words["although_given_up"] = ", although nobody waited for it any more" if content.get("given_up") else ""
        words["to_task"] = f" to “{about_task}”" if about_task else ""
        if content.get("why") or content.get("due_on"):
            words["due"] = f" Due {content.get('why') or in_words(content['due_on'])}"
        # where a letter went the entry before has told
        has_news = content.get("note") and self._last != RecordKind.LETTER_SENT
        words["note"] = f" {content['note']}" if has_news else ""
        for key in ("ended_as", "closed_as"):
            words[key] = f": {content[key]}" if content.get(key) else ""
        return words

    def _about(self, content: Content) -> str:
        item = content.get("item")
        if not item:
            return ""
        if item not in self._names:
            self._names = self._ask()
        return f" ({self._names.get(item, item)})"

    def _label(self, fact: str) -> str:
        """What a form calls the fact."""
        asked = (field for _, question in self._variant.questions for field in question.fields)
        return next((field.name for field in asked if field.key == fact), plain(fact))

    def _form(self, kind: str, content: Content) -> Form | None:
        """The form that asked for the answers of the entry."""
        variant = self._variant
        if kind == RecordKind.TASK_COMPLETED:
            found = [element.form_id for element in variant.elements if element.id == content.get("element_id")]
        elif kind in (RecordKind.APPLICATION_RECEIVED, RecordKind.CASE_BEGUN):
            main = variant.processes.get(variant.settings.start_process(str(content.get("start") or "")))
            found = [start.form_id for start in main.start_events()] if main is not None else []
        else:
            found = [
                element.properties.get("form")
                for element in variant.elements
                if element.event is not None
                and element.event.kind is EventKind.MESSAGE
                and element.event.name == content.get("message")
            ]
        return next((variant.forms[form_id] for form_id in found if form_id and form_id in variant.forms), None)


def _told(entry: RecordEntry, sentence: str, details: tuple[str, ...] = ()) -> NarratedEntry:
    return NarratedEntry(seq=entry.seq, at=entry.at, kind=entry.kind, sentence=sentence, details=details)


class _Words(dict[str, str]):
    """What an entry does not hold is left out of its sentence."""

    def __missing__(self, name: str) -> str:
        return ""


def _because(content: Content) -> str:
    """What the policy owner wrote beside the rules that matched."""
    tables = (content.get("explanation") or {}).get("tables", ())
    rules = [rule for table in tables for rule in table.get("matched", ())]
    why = " ".join(closed(" ".join(filter(None, rule.get("annotations", {}).values()))) for rule in rules).strip()
    return f". {why}" if why else ""
