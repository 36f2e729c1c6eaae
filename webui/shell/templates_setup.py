"""Where templates come from: our own, and the GOV.UK macros under their packages' names."""

from __future__ import annotations

from typing import Any

from flask import Flask
from govuk_frontend_wtf.main import WTFormsHelpers, wtforms_errors
from govuk_frontend_wtf.wtforms_widgets import GovDateInput
from jinja2 import BaseLoader, ChoiceLoader, PackageLoader, PrefixLoader

from webui.shell.language import speak_in_templates


def set_up_templates(app: Flask) -> None:
    """Let the templates of `app` import the GOV.UK macros, and show Flask-WTF forms and their errors."""
    own: list[BaseLoader] = [app.jinja_loader] if app.jinja_loader is not None else []
    macros = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_loader = ChoiceLoader([*own, PrefixLoader(macros)])
    speak_in_templates(app)
    WTFormsHelpers(app)
    app.add_template_global(_errors_of, "wtforms_errors")


def _errors_of(form: Any, params: dict[str, Any] | None = None) -> dict[str, Any]:
    """The error summary of a Flask-WTF form."""
    summary: dict[str, Any] = wtforms_errors(form, params or {})
    # A date is three inputs. The link that the package writes leads to the element around them, which takes no focus.
    dates = {f"#{field.id}" for field in form if isinstance(field.widget, GovDateInput)}
    for error in summary["errorList"]:
        if error["href"] in dates:
            error["href"] += "-day"
    return summary
