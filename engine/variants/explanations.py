"""`[explanations]`: the log of second reports, and of who was told then that there are case reviews (G1). It is about
people who never applied, so that there is no case to keep it in."""

from __future__ import annotations

from dataclasses import dataclass

from engine.variants.tables import SNAKE_CASE, TomlTable


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplanationLog:
    """How a council keeps its log. What is asked of each entry is the form's to say."""

    form: str  #: id of the form of one entry
    known_by: str  #: key of its question for whose second report it is
    reported_on: str  #: of the one for the day of the second report
    explained_on: str  #: of the one for the day of the explanation, without an answer while nobody has explained
    teams: tuple[str, ...]  #: ids of those who may see the log and enter into it
    limit: str = ""  #: the limit by which it is to be explained; "" where there is none

    @property
    def days(self) -> tuple[str, str]:
        return self.reported_on, self.explained_on


def read_explanations(table: TomlTable) -> ExplanationLog | None:
    """The log, or None where none is kept here: it is not spoken of, or says `kept = false`."""
    if not table.keys:
        return None
    is_kept = table.flag("kept")
    log = ExplanationLog(
        form=table.text("form", required=is_kept),
        known_by=table.text("known_by", required=is_kept, fits=SNAKE_CASE, like="told_to"),
        reported_on=table.text("reported_on", required=is_kept, fits=SNAKE_CASE, like="second_report_on"),
        explained_on=table.text("explained_on", required=is_kept, fits=SNAKE_CASE, like="review_explained_on"),
        teams=table.texts("teams"),
        limit=table.text("limit"),
    )
    table.refuse_the_rest()
    if is_kept and not log.teams:
        table.complain('“teams” is missing: nobody may enter anything. Write teams = ["community_safety"].')
    return log if is_kept and all((log.form, log.known_by, *log.days, log.teams)) else None
