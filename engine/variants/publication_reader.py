"""What a variant.toml says of what leaves the system: figures to publish, and copies of case files."""

from __future__ import annotations

from datetime import date

from engine import feel
from engine.errors import FeelError
from engine.record_kinds import RecordKind, read_kind
from engine.variants.settings import Applicant, CopySettings, Countable, Figure
from engine.variants.tables import SNAKE_CASE, TomlTable

#: For whom a copy can leave things out, as forms name them in visible_to.
_AUDIENCES = ("victim", "agencies", "panel", "officers")


def read_figures(table: TomlTable) -> tuple[Figure, ...]:
    """The figures in the order of the table, its bases' first."""
    found = (_figure(figure_id, inner) for figure_id, inner in table.named_tables().items())
    return tuple(figure for figure in found if figure is not None)


def read_copies(table: TomlTable) -> tuple[CopySettings, ...]:
    copies = []
    for audience, inner in table.named_tables().items():
        if audience not in _AUDIENCES:
            table.complain(f"“{audience}” is nobody a copy is made for. Write one of {', '.join(_AUDIENCES)}.")
        leaves_out, letters_to = inner.text("leaves_out"), inner.texts("letters_to")
        inner.refuse_the_rest()
        copies.append(CopySettings(audience=audience, leaves_out=leaves_out.removeprefix("="), letters_to=letters_to))
    return tuple(copies)


def read_applicant(table: TomlTable) -> Applicant:
    contact = table.text("contact", fits=SNAKE_CASE, like="csio_name")
    letters_to = table.texts("letters_to")
    leaves_out = table.text("leaves_out").removeprefix("=")
    table.refuse_the_rest()
    return Applicant(contact=contact, letters_to=letters_to, leaves_out=leaves_out)


def _figure(figure_id: str, table: TomlTable) -> Figure | None:
    label = table.text("label", required=True)
    clauses = table.texts("clauses")
    by_area = table.text("by_area", fits=SNAKE_CASE, like="area")
    also = table.tables("also")
    counts = [_countable(each) for each in (table, *also)]
    found = tuple(each for each in counts if each is not None)
    if not found:
        return None
    return Figure(id=figure_id, label=label or figure_id, counts=found, clauses=clauses, by_area=by_area)


def _countable(table: TomlTable) -> Countable | None:
    if "late" in table:
        return _late(table)
    if "explanations" in table:
        return _logged(table)
    record = table.text("record")
    fact = table.text("fact", fits=SNAKE_CASE, like="threshold_met")
    value = table.take("value")
    counted_on = table.text("counted_on") or "told"
    when = table.text("when").removeprefix("=").strip()
    table.refuse_the_rest()
    if bool(record) == bool(fact):
        table.complain(
            "It counts entries of the record, a fact, what was late, or the log of second reports: write one of "
            'record = "…", fact = "…", late = "NAME OF A LIMIT" and explanations = "A DAY OF THE LOG".'
        )
        return None
    kind = read_kind(record) if record else None
    if kind is not None and not isinstance(kind, RecordKind):
        table.complain(f"The record has no entries of the kind “{record[:60]}”. Write one of: {', '.join(RecordKind)}.")
        return None
    if not SNAKE_CASE.fullmatch(counted_on) or (record and counted_on == "value"):
        table.complain(
            f'“counted_on” is “{counted_on[:60]}”. Write "told" or "value", or the name of a fact that is the day;'
            ' entries of the record have no "value".'
        )
        return None
    if value is not None and not isinstance(value, bool | str | int | date):
        table.complain("“value” is neither a text, a whole number, a day nor true or false.")
        return None
    try:
        reads = feel.parse(when).names if when else {fact}
    except FeelError as error:
        table.complain(f"“when” is no expression: {error}")
        return None
    if not reads:
        table.complain(
            "“when” reads no fact, so that all count or none. Say of which facts it depends, or take it out."
        )
    return Countable(
        record=kind, fact=fact, value=value, is_dated_by_value=counted_on == "value",
        dated_by=counted_on if counted_on not in ("told", "value") else "", when=when,
    )  # fmt: skip


def _logged(table: TomlTable) -> Countable | None:
    """Entries of the log of second reports, by one of its days."""
    day = table.text("explanations", required=True, fits=SNAKE_CASE, like="review_explained_on")
    table.refuse_the_rest()
    return Countable(explanations=day) if day else None


def _late(table: TomlTable) -> Countable | None:
    late = table.text("late", required=True)
    beside = [key for key in ("record", "fact", "value", "counted_on", "when") if key in table]
    if beside:
        table.complain(
            f"“late” counts by its limit alone, on the day after the one that was promised: take “{beside[0]}” out."
        )
        return None
    table.refuse_the_rest()
    return Countable(late=late) if late else None
