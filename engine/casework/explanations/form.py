"""The form of an entry in the log of second reports."""

from __future__ import annotations

from engine.casework.applications.form import ApplicationForm
from engine.casework.step.office import Office
from engine.casework.tasks.rights import check_team
from engine.clock import LONDON
from engine.errors import BadInputError
from engine.forms.people import NOBODY, PeopleToPick
from engine.staff.known_people import known_people
from engine.variants import ExplanationLog, Variant, VariantSettings


def log_of(variant: Variant) -> ExplanationLog:
    """How the council keeps its log. Raises BadInputError where it keeps none here."""
    log = variant.settings.explanations
    if log is None or log.form not in variant.forms:
        raise BadInputError(
            f"{variant.name} keeps no log of second reports here. Write kept = true under [explanations] in "
            "variant.toml, with the form of its entries."
        )
    return log


def check_may_log(settings: VariantSettings, log: ExplanationLog, by: str) -> None:
    """The person is of a team that keeps the log. Raises NotAllowedError."""
    check_team(settings, by, log.teams, to="see and enter who was told of case reviews")


def explanation_form(office: Office, variant: Variant) -> ApplicationForm:
    """The questions as they are asked now. Raises BadInputError where no log is kept."""
    form = variant.forms[log_of(variant).form]
    version = office.versions.put(variant)
    with office.database.read() as connection:
        in_force = office.in_force(connection, version, variant.id)
        people: PeopleToPick = NOBODY
        if form.asks_for_people:
            people = known_people(connection, variant.id, lambda: in_force.settings).read_now()
    return ApplicationForm(
        form=form, scope={"council": in_force.council}, now=office.clock.now().astimezone(LONDON),
        functions=version.functions, public=None, people=people,
    )  # fmt: skip
