"""Forms: form-js JSON read into plain values, and answers checked against them."""

from engine.forms.answers import MAX_ENTRIES
from engine.forms.choices import options_of
from engine.forms.day_bounds import refused_day
from engine.forms.form import Form, facts_asked_by, labels_of
from engine.forms.model import AUDIENCES, Field, FieldKind, ForPublic, Option, Question
from engine.forms.public_form import PublicForm
from engine.forms.reader import read_form
from engine.forms.shown_questions import Shown
from engine.forms.translated import FormWords, Untranslated
from engine.forms.uncertain_days import ABOUT, FROM, UncertainDay, with_days_in_words

__all__ = [
    "ABOUT",
    "AUDIENCES",
    "FROM",
    "MAX_ENTRIES",
    "Field",
    "FieldKind",
    "ForPublic",
    "Form",
    "FormWords",
    "Option",
    "PublicForm",
    "Question",
    "Shown",
    "UncertainDay",
    "Untranslated",
    "facts_asked_by",
    "labels_of",
    "options_of",
    "read_form",
    "refused_day",
    "with_days_in_words",
]
