"""Moving the open cases to a version of the policy: what it would do to each, and then those that are chosen."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.casework.migration.table import NO_TABLE, OwnersTable, read_table
from engine.errors import BadInputError
from engine.words import counted
from engine.workshop import (
    CaseOutcome,
    MoveWanted,
    cases_to_move,
    impact_on_open_cases,
    move_open_cases,
    names_of_versions,
    told_of_places,
    told_of_preview,
    version_to_move_to,
)
from engine.workshop.moves import variant_of_version
from webui.access import Right, allow, person, typed_at, unsent_text
from webui.policy.blueprint import blueprint
from webui.shell.office import office

#: Cases that one page tries out; the next ones come when these are moved. `asb migrate` moves all at once.
MOST_SHOWN = 25
_LONGEST = 2_000  #: characters of a reason
_LONGEST_TABLE = 20_000


@dataclass(frozen=True, kw_only=True)
class _Typed:
    why: str = ""
    despite: str = ""
    table: str = ""

    @classmethod
    def of_request(cls) -> _Typed:
        return cls(**{name: request.form.get(name, "").strip() for name in ("why", "despite", "table")})


@blueprint.get("/versions/<int:number>/moves")
@allow(Right.MOVE_CASES)
def moves(number: int) -> str:
    """What moving them would do to the open cases that are of another version."""
    return _page(number, _Typed(**{name: unsent_text(name) for name in ("why", "despite", "table")}), {})


@blueprint.post("/versions/<int:number>/moves")
@allow(Right.MOVE_CASES)
@typed_at("policy.moves")
def move(number: int) -> Response | str | tuple[str, int]:
    """Move the chosen ones; or only look again, with another table."""
    typed = _Typed.of_request()
    chosen = request.form.getlist("case")
    is_look = request.form.get("action") == "look"
    problems = _problems(typed, chosen, is_look=is_look)
    if problems or is_look:
        page = _page(number, typed, problems, chosen)
        return (page, 400) if problems else page
    wanted = MoveWanted(by=person().name, why=typed.why, despite=typed.despite, table=_table(typed))
    try:
        row = version_to_move_to(office(), g.signed_in.council_id, number)
        outcomes = list(move_open_cases(office(), row, chosen, wanted, tell=lambda _sentence: None))
    except BadInputError as error:
        return _page(number, typed, {"case": str(error)}), 400
    _tell(outcomes)
    return redirect(url_for("policy.moves", number=number))


def _tell(outcomes: list[CaseOutcome]) -> None:
    moved = sum(outcome.moved is not None for outcome in outcomes)
    if moved:
        flash(f"{counted(moved, 'case')} moved. Your reason is in the record of each.", "success")
    for outcome in outcomes:
        if outcome.stays:
            flash(f"{outcome.reference} stays as it is. {' '.join(outcome.stays)}")


def _problems(typed: _Typed, chosen: list[str], *, is_look: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        _table(typed)
    except BadInputError as error:
        found["table"] = str(error)
    if is_look:
        return found
    if not chosen:
        found["case"] = "Choose the cases that are to be moved"
    if not typed.why:
        found["why"] = "Enter why they are moved"
    for name, words in (("why", typed.why), ("despite", typed.despite)):
        if len(words) > _LONGEST:
            found[name] = f"The reason must be {_LONGEST:,} characters or fewer"
    return found


def _table(typed: _Typed) -> OwnersTable:
    if len(typed.table) > _LONGEST_TABLE:
        raise BadInputError(f"The table must be {_LONGEST_TABLE:,} characters or fewer")
    return read_table(typed.table.encode(), name="The table") if typed.table else NO_TABLE


def _page(number: int, typed: _Typed, problems: dict[str, str], chosen: list[str] | None = None) -> str:
    council_id = g.signed_in.council_id
    try:
        row = version_to_move_to(office(), council_id, number)
    except BadInputError:
        abort(404)
    waiting = cases_to_move(office(), row)
    impact = impact_on_open_cases(
        office(),
        variant_of_version(office(), council_id, row.digest),
        tell=lambda _sentence: None,
        words=names_of_versions(office(), council_id, f"version {number}"),
        table=_table(typed) if "table" not in problems else NO_TABLE,
        references=frozenset(waiting[:MOST_SHOWN]),
        with_places=True,
    )
    said = {case.preview.reference: told_of_preview(case.preview, names_people=False) for case in impact.cases}
    return render_template(
        "policy/moves.html", stands={case.preview.reference: told_of_places(case.preview) for case in impact.cases},
        number=number, waiting=len(waiting), impact=impact, said=said, typed=typed,
        problems=problems, has_errors=bool(problems), chosen=chosen,
    )  # fmt: skip
