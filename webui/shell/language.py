"""In which language the public reads: chosen by a link, carried in the address, kept with the application.

An address with `?lang=cy` is Welsh whoever opens it, without a cookie and without a script, and each link on such a
page carries it on. Only the pages of the public are spoken so; those of staff are English.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, g, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from engine.errors import EngineError
from engine.language import ENGLISH, LANGUAGES, catalogue, speak, spoken
from engine.variants import Variant
from webui.shell.addresses import with_query
from webui.shell.office import policy_of

#: What an address says the language by.
IN_ADDRESS = "lang"
#: The blueprints with pages of the public.
_PUBLIC = ("apply", "applicant", "published")


def speak_in_templates(app: Flask) -> None:
    """Let the templates say `_("…")` and `{% trans %}…{% endtrans %}`, in the language that is spoken."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        lambda message: catalogue(spoken()).gettext(message),
        lambda one, many, number: catalogue(spoken()).ngettext(one, many, number),
        newstyle=True,
    )
    environment.globals["spoken"] = spoken
    environment.globals["in_language"] = in_language


def set_up_language(app: Flask) -> None:
    @app.before_request
    def _listen() -> None:
        speak(ENGLISH)  # what the request before on this thread spoke is over
        g.first_language = ENGLISH
        council = (request.view_args or {}).get("council")
        if request.blueprint not in _PUBLIC or not isinstance(council, str):
            return
        try:
            settings = policy_of(council).settings
        except (HTTPException, EngineError):
            return  # the view says what is wrong
        g.first_language = settings.languages[0]
        speak(settings.spoken(request.args.get(IN_ADDRESS)))

    @app.url_defaults
    def _carry_on(endpoint: str, values: dict[str, Any]) -> None:
        is_public = endpoint.partition(".")[0] in _PUBLIC and "council" in values
        if is_public and spoken() != g.get("first_language", ENGLISH):
            values.setdefault(IN_ADDRESS, spoken())


def in_language(code: str | None) -> Markup:
    """The attribute of a part that is in another language than its page; nothing for the page's own."""
    return Markup(' lang="{}"').format(code) if code and code != spoken() else Markup()


def is_chosen() -> bool:
    """Whether the address itself says the language."""
    return request.args.get(IN_ADDRESS, "") in LANGUAGES


def languages_to_choose(variant: Variant) -> list[dict[str, Any]]:
    """A link for each language of the council to this page in it; none where there is one language only."""
    if len(variant.settings.languages) < 2:
        return []
    takes_get = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    endpoint = request.endpoint if takes_get and request.endpoint else "apply.start"
    named: dict[str, Any] = dict(request.view_args or {}) if takes_get else {"council": variant.id}
    query = [(name, text) for name, text in request.args.items(multi=True) if name != IN_ADDRESS] if takes_get else []
    return [
        {
            "code": code,
            "text": LANGUAGES[code].own_name,
            "href": with_query(url_for(endpoint, **{**named, IN_ADDRESS: code}), query),
            "is_spoken": code == spoken(),
        }
        for code in variant.settings.languages
    ]
