"""Where a time limit counts that is another now: who says its number in words, and what is due or set off by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.check.expressions import expressions_of
from engine.check.policy import Policy
from engine.check.stated_times import Length, length_of, times_in
from engine.check.texts_of_limits import texts_of_limits
from engine.diagram import Element
from engine.variants import LIMITS_FILE, LimitRow, Variant
from engine.variants.comparison import Difference, How
from engine.words import amount_in_words, counted, listed

#: So many of a kind are named.
_MOST_NAMED = 3
_KINDS: Mapping[str, str] = {
    "letter": "letters/", "page": "pages/", "question": "forms/", "step": ".bpmn", "row": ".dmn", "setting": ".toml",
}  # fmt: skip
_DUE, _TIMER = "the due date", "the time"


def where_it_counts(difference: Difference, before: Variant, after: Variant) -> tuple[str, ...]:
    """Sentences on the limit that `difference` is about; () for any other difference."""
    if difference.file != LIMITS_FILE or difference.what != "limit" or difference.how is How.ADDED:
        return ()
    name = next((each for each, row in before.limits.items() if row.rule_id == difference.element_id), None)
    name = name or next((each for each, row in after.limits.items() if row.rule_id == difference.element_id), None)
    old = before.limits.get(name or "")
    if name is None or old is None:
        return ()
    new = after.limits.get(name)
    said = [] if new is not None and _length(new) == _length(old) else list(_still_said(name, old, after))
    return (*said, *_counted_by_it(name, before if new is None else after))


def _length(row: LimitRow) -> Length:
    return length_of(row.limit.amount, row.limit.unit)


def _still_said(name: str, old: LimitRow, after: Variant) -> Iterator[str]:
    """The texts of the second that state the length of the first, which holds no longer."""
    found: dict[str, dict[str, None]] = {}
    length = _length(old)
    others = {_length(row) for each, row in after.limits.items() if each != name}
    for clause in old.clauses:
        if clause in after.policy and _states(after.policy[clause].text, length):
            found.setdefault("clause", {})[clause] = None
    for text in texts_of_limits(Policy(diagrams=after.diagrams, folder=after)):
        on_clause = bool(set(text.clauses) & set(old.clauses))
        is_letter = text.place.file.startswith("letters/")
        is_about = name in text.limits or (not text.limits and (on_clause or (is_letter and length not in others)))
        if is_about and text.place.file != LIMITS_FILE and _states(text.text, length, only_bounds=is_letter):
            place = text.place.element_id if is_letter else text.place.element_name
            found.setdefault(_kind_of(text.place.file), {})[place or text.what] = None
    for page in after.pages.values():
        if _states(page.text, length, only_bounds=True):
            found.setdefault("page", {})[page.id] = None
    if found:
        verb = "says" if sum(map(len, found.values())) == 1 else "say"
        words = amount_in_words(old.limit.amount, old.limit.unit)
        told = listed([_named(kind, list(names)) for kind, names in found.items()])
        yield f"{told[:1].upper()}{told[1:]} still {verb} “{words}”."


def _states(text: str, length: Length, *, only_bounds: bool = False) -> bool:
    return any(each.length == length and (each.bounds or not only_bounds) for each in times_in(text))


def _kind_of(file: str) -> str:
    return next((kind for kind, part in _KINDS.items() if file.startswith(part) or file.endswith(part)), "file")


def _named(kind: str, names: list[str]) -> str:
    """`the letters “CT1” and “CT2”`"""
    quoted = [f"“{name}”" if kind != "clause" else name for name in names]
    more = [counted(len(names) - _MOST_NAMED, "other")] if len(names) > _MOST_NAMED else []
    return f"the {kind}{'s' if len(names) > 1 else ''} {listed([*quoted[:_MOST_NAMED], *more])}"


def _counted_by_it(name: str, variant: Variant) -> Iterator[str]:
    due, timers = dict[str, None](), dict[str, None]()
    for process in variant.drawn_processes.values():
        for written in expressions_of(process):
            parsed = written.parse()
            if parsed is None or not _asks_for(name, ((call.function, call.arguments) for call in parsed.calls)):
                continue
            label = written.owner.label if isinstance(written.owner, Element) else written.owner.name
            if written.where == _DUE:
                due[label] = None
            elif written.where == _TIMER:
                timers[label] = None
    if due:
        yield f"By it {'is' if len(due) == 1 else 'are'} due: {_named_alone(due)}."
    if timers:
        yield f"It sets off {_named_alone(timers)}."


def _asks_for(name: str, calls: Iterable[tuple[str, tuple[object, ...]]]) -> bool:
    return any(function == "due" and bool(arguments) and arguments[0] == name for function, arguments in calls)


def _named_alone(names: Iterable[str]) -> str:
    return _named("", list(names)).partition(" ")[2].removeprefix("s ").strip()
