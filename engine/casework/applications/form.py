"""The form with which an application is made: the public's questions, or all of them for staff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine import feel
from engine.casework.step.office import Office
from engine.clock import LONDON
from engine.errors import BadInputError, FormAnswersError
from engine.forms import Field, Form, Shown
from engine.forms.people import NOBODY, PeopleToPick
from engine.forms.public_form import PublicForm
from engine.staff.known_people import known_people
from engine.variants import Variant

#: (path such as "reports[2].reported_on", what is wrong and what to do)
Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ApplicationForm:
    """The form as it is asked now."""

    form: Form  #: what is asked
    scope: Mapping[str, Any]  #: what its expressions read besides the answers
    now: datetime  #: in London
    functions: Mapping[str, Callable[..., feel.Value]]
    public: PublicForm | None  #: None where staff fill it in
    people: PeopleToPick = NOBODY  #: who may be picked; the public picks nobody

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that are answered, in order."""
        return tuple(question.field for question in self.form.questions if not question.field.is_read_only)

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)

    def shown(self, answers: Mapping[str, Any]) -> Shown:
        return self.form.shown(answers, self.scope, now=self.now, functions=self.functions, people=self.people)

    def asked(self, answers: Mapping[str, Any]) -> tuple[Field, ...]:
        """The questions that are asked as the answers stand, in order."""
        keys = self.shown(answers).keys
        return tuple(field for field in self.fields if field.key in keys)

    def said(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers that count: those to what is asked."""
        return dict(self.shown(answers).answers)

    def problems(self, answers: Mapping[str, Any]) -> Problems:
        """Everything that keeps these answers from being an application; () where nothing does."""
        asked = self.public if self.public is not None else self.form
        known = ("council", "language")  # as nothing else is when it is received
        scope = {name: self.scope[name] for name in known} if self.public is not None else self.scope
        try:
            asked.validate(
                self.said(answers), scope, now=self.now, functions=self.functions, people=self.people.aside()
            )
        except FormAnswersError as error:
            return error.problems
        return ()

    def problems_at(self, path: str, answers: Mapping[str, Any]) -> Problems:
        """Those of one question, or of one entry such as `reports[2]`."""
        return tuple(
            (place, sentence)
            for place, sentence in self.problems(answers)
            if place == path or place.startswith((f"{path}[", f"{path}."))
        )

    def of_entry(self, field: Field, answers: Mapping[str, Any]) -> ApplicationForm:
        """What one entry of the list `field` asks, as a form of its own."""
        outer = self.shown(answers).read_by_entries
        return replace(self, form=replace(self.form, title=field.name, fields=field.fields), scope=outer, public=None)


def application_form(
    office: Office, variant: Variant, *, for_public: bool, language: str | None = None, start: str = ""
) -> ApplicationForm:
    """The form of the variant's main process; the public reads it in `language`. Raises BadInputError for none.

    `start`: the form of this one of `[starts]` instead.
    """
    language = variant.settings.spoken(language)
    process = variant.processes.get(variant.settings.start_process(start))
    first = process.plain_start if process is not None else None
    form = variant.forms.get(first.form_id or "") if first is not None else None
    if form is None:
        raise BadInputError(f"{variant.name} takes no applications with this system yet.")
    version = office.versions.put(variant)
    with office.database.read() as connection:
        in_force = office.in_force(connection, version, variant.id)
        scope: dict[str, Any] = {"council": in_force.council}
        people: PeopleToPick = NOBODY
        if not for_public and form.asks_for_people:
            people = known_people(connection, variant.id, lambda: in_force.settings).read_now()
    now = office.clock.now().astimezone(LONDON)
    public = PublicForm(form, variant.words_of_form(form.id, language)) if for_public else None
    if public is not None:
        form = public.asked
        # What is never asked has no answer, and what is stamped has this one: conditions may read either.
        scope["language"] = language
        answered = public.answers_for_public(scope, now=now, functions=version.functions)
        scope |= dict.fromkeys(public.never_asked) | dict.fromkeys(public.stamped) | answered
    return ApplicationForm(form=form, scope=scope, now=now, functions=version.functions, public=public, people=people)
