"""Every user task is in the inbox of a team that the variant has, or of a person it names."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.suggestions import listed, meant
from engine.diagram import ElementKind
from engine.forms.model import FieldKind
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    settings = policy.variant.settings
    teams = [team.id for team in settings.teams]
    for element, _, place in policy.elements():
        if element.kind is ElementKind.USER and not element.candidate_groups:
            yield error(
                place, f"{quoted(element)} is in nobody's inbox. Write the id of a team into its candidate groups."
            )
        named = [element.candidate_groups] if element.candidate_groups else []
        named += element.properties.get("told_by", "").replace(",", " ").split()
        named += element.entered_by
        for team in named:
            if not team.startswith("=") and team not in teams:
                hint = meant(team, list(teams))
                yield error(
                    place, f"{quoted(element)} is for the team “{team}”, which variant.toml does not have. {hint}"
                )
        person = element.assignee
        if person and not person.startswith("=") and settings.person(person) is None:
            yield error(
                place,
                f"{quoted(element)} is assigned to “{person}”, whom variant.toml does not name. Write a person's name"
                " as it stands there.",
            )
    yield from _picked_from(policy, teams)
    for team_of in settings.people:
        for team in team_of.teams:
            if team not in teams:
                yield error(
                    policy.place_in_settings(),
                    f"{team_of.name} is in the team “{team}”, which variant.toml does not have. There are:"
                    f" {listed(teams)}.",
                )


def _picked_from(policy: Policy, teams: list[str]) -> Iterator[Problem]:
    """A question for a person of a team offers nobody where there is no such team."""
    for form in policy.variant.forms.values():
        for question in form.questions:
            for field in question.fields:
                for source in field.picked_from if field.kind is FieldKind.PERSON else ():
                    team = source.removeprefix("team:")
                    if team != source and team not in teams:
                        yield error(
                            Place(file=form.file, element_id=field.id, element_name=field.name),
                            f"“{field.name}” asks for a person of the team “{team}”, which variant.toml does not have."
                            f" {meant(team, teams)}",
                        )


RULE = Rule(
    name="teams", summary="Every user task is for a team or person that the variant has.", look=look, needs_variant=True
)
