"""What the fixed forms share: what is wrong is said in our words, at the field it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovPasswordInput, GovTextInput
from wtforms import PasswordField, SelectMultipleField, StringField
from wtforms.validators import StopValidation

from engine.errors import EngineError, FormAnswersError


def entered(sentence: str) -> Callable[[Any, Any], None]:
    """A validator: something was entered or selected. It leaves the browser's own bubbles out."""

    def check(_form: Any, field: Any) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise StopValidation(sentence)

    return check


def text_field(label: str, *, hint: str = "", needed: str = "") -> StringField:
    """`needed`: the sentence for one that was left empty; "" where it may be."""
    return StringField(label, description=hint, widget=GovTextInput(), validators=[entered(needed)] if needed else [])


def password_field(label: str, *, hint: str = "", needed: str) -> PasswordField:
    return PasswordField(label, description=hint, widget=GovPasswordInput(), validators=[entered(needed)])


def checkboxes_field(label: str, *, hint: str = "", needed: str = "") -> SelectMultipleField:
    """Its `choices` are set by the view."""
    return SelectMultipleField(
        label,
        description=hint,
        widget=GovCheckboxesInput(),
        validate_choice=True,
        choices=[],
        validators=[entered(needed)] if needed else [],
    )


def show_problems(form: FlaskForm, error: EngineError, *, at: str = "") -> None:
    """Write what the engine refused at the fields it names; what it names none for, at the field `at`."""
    problems = error.problems if isinstance(error, FormAnswersError) else ((at, str(error)),)
    for key, sentence in problems:
        field = form[key] if key in form else form[at]
        field.errors = [*field.errors, sentence]
