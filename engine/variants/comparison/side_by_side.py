"""Several councils' procedures beside one another, as a page: threshold, limits, ways, letters, appeal, and the Act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from engine.variants.overlay.limit_lines import line_of_limit
from engine.variants.policy import Conflict, is_of_the_act
from engine.variants.variant import Variant
from engine.words import listed

_THRESHOLD = "threshold"
_NOTHING = "–"
#: What a table of a threshold says of a row: its clauses, and why it is so.
_CLAUSE, _WHY = "clause", "why"
#: What the first output of the table says, “met”, in a row by which it is.
_MET = "true"


def procedures_page(variants: Sequence[Variant]) -> str:
    """Markdown: a table for each of the parts, a column for each council, each cell with the clauses it stands on."""
    made = f"asb diff {' '.join(variant.id for variant in variants)} --format page"
    parts = (
        f"# Procedures beside one another\n\nMade by `{made}` from the councils' folders, and not written by hand. In "
        f"brackets stand the clauses. {_NOTHING}: the council has nothing of the kind.",
        _part("The threshold", variants, _grounds(variants)),
        _part("By when", variants, _limits(variants)),
        _part("Which way", variants, _ways(variants)),
        _part("What letters tell, by the clause of the Act", variants, _letters(variants)),
        _part("Who considers an appeal", variants, _appeals(variants)),
        "\n".join(_beside_the_act(variants)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


#: What a row is called, and what stands in it for a council.
_Row = tuple[str, Callable[[Variant], str]]


def _part(heading: str, variants: Sequence[Variant], rows: Iterable[_Row]) -> str:
    lines = [f"| | {' | '.join(_cell(variant.name) for variant in variants)} |", "|---" * (len(variants) + 1) + "|"]
    found = [(words, [_cell(of(variant)) for variant in variants]) for words, of in rows]
    said = [(words, cells) for words, cells in found if set(cells) != {_NOTHING}]
    lines += [f"| {_cell(words)} | {' | '.join(cells)} |" for words, cells in said]
    return f"## {heading}\n\n" + "\n".join(lines) if said else ""


def _grounds(variants: Sequence[Variant]) -> Iterator[_Row]:
    yield "met where", lambda variant: _rows_of_threshold(variant, is_met=True)
    yield "otherwise", lambda variant: _rows_of_threshold(variant, is_met=False)
    for key in dict.fromkeys(key for variant in variants for key in variant.settings.threshold):
        yield key.replace("_", " "), lambda variant, key=key: _number_of_threshold(variant, key)  # type: ignore[misc]


def _number_of_threshold(variant: Variant, key: str) -> str:
    """Nothing where the council's own table does not ask for it, wherever the setting comes from."""
    table = variant.decisions.get(_THRESHOLD)
    file = next((file for file, read in variant.definitions.items() if read is table), None)
    is_read = file is not None and f"council.threshold.{key}".encode() in variant.files[file]
    return _in_words(variant.settings.threshold.get(key)) if is_read else ""


def _rows_of_threshold(variant: Variant, *, is_met: bool) -> str:
    """The rows by which the threshold is met, or those that leave it to a person; the same words once."""
    file = variant.decisions.get(_THRESHOLD)
    decision = file.decisions[_THRESHOLD] if file is not None else None
    said = []
    for rule in decision.table.rules if decision is not None and decision.table is not None else ():
        notes = {column.strip().lower(): text for column, text in rule.annotations.items()}
        if notes.get(_WHY) and (rule.output_entries[0].text.strip() == _MET) is is_met:
            said.append(_with_clauses(notes[_WHY].rstrip("."), notes.get(_CLAUSE, "").split(", ")))
    return "; ".join(dict.fromkeys(said))


def _limits(variants: Sequence[Variant]) -> Iterator[_Row]:
    for name in dict.fromkeys(name for variant in variants for name in variant.limits):
        yield name, lambda variant, name=name: _limit(variant, name)  # type: ignore[misc]


def _limit(variant: Variant, name: str) -> str:
    row = variant.limits.get(name)
    return _with_clauses(f"`{line_of_limit(row)}`", row.clauses) if row is not None else ""


def _ways(variants: Sequence[Variant]) -> Iterator[_Row]:
    for name in dict.fromkeys(slot.name for variant in variants for slot in variant.settings.slots):
        yield name.replace("_", " "), lambda variant, name=name: _way(variant, name)  # type: ignore[misc]


def _way(variant: Variant, name: str) -> str:
    used = next((slot.use for slot in variant.settings.slots if slot.name == name), "")
    process = variant.processes.get(used)
    return (process.name or used) if process is not None else ""


def _letters(variants: Sequence[Variant]) -> Iterator[_Row]:
    told = {clause for variant in variants for letter in variant.letters.values() for clause in letter.clauses}
    for clause in sorted(filter(is_of_the_act, told)):
        text = next((variant.policy[clause].text for variant in variants if clause in variant.policy), "")
        yield (
            f"{clause}: {text}",
            lambda variant, clause=clause: "; ".join(  # type: ignore[misc]
                f"“{letter.title}”" for letter in variant.letters.values() if clause in letter.clauses
            ),
        )


def _appeals(variants: Sequence[Variant]) -> Iterator[_Row]:
    yield "by whom", lambda variant: variant.settings.contact.get("appeals", "")
    for key in dict.fromkeys(key for variant in variants for key in variant.settings.appeal):
        yield key.replace("_", " "), lambda variant, key=key: _in_words(variant.settings.appeal.get(key))  # type: ignore[misc]


def _beside_the_act(variants: Sequence[Variant]) -> Iterator[str]:
    """Where a council's document and the Act are not of one mind: what holds. First what is so for several of them."""
    holders: dict[Conflict, list[str]] = {}
    for variant in variants:
        for conflict in variant.conflicts:
            if any(map(is_of_the_act, conflict.clauses)):
                holders.setdefault(conflict, []).append(variant.name)
    groups: dict[tuple[str, ...], list[Conflict]] = {}
    for conflict, names in holders.items():
        groups.setdefault(tuple(names), []).append(conflict)
    yield "## What the Act adds"
    for together in sorted(groups, key=len, reverse=True):
        yield f"\n### {listed(together)}\n"
        yield from (f"- {_conflict(each)}" for each in groups[together])


def _conflict(conflict: Conflict) -> str:
    return f"**{', '.join(conflict.clauses)}**: {_line(conflict.sentence)} *{_line(conflict.what_we_do)}*"


def _with_clauses(words: str, clauses: Iterable[str]) -> str:
    named = ", ".join(filter(None, clauses))
    return f"{words} ({named})" if named else words


def _in_words(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(_in_words, value))
        case dict():
            return ", ".join(f"{key}: {_in_words(inner)}" for key, inner in value.items())
        case _:
            return str(value)


def _cell(text: str) -> str:
    """A text that stays in its cell."""
    return _line(text).replace("|", "\\|") or _NOTHING


def _line(text: str) -> str:
    return " ".join(text.split())
