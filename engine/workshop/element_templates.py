"""The element templates that a modeller is given: of every handler, and of messages to the case."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bootstrap import handlers_by_name
from engine.handler import template_json
from engine.workshop.message_templates import message_templates


def element_templates() -> Mapping[str, str]:
    """Each as the file that is committed, by its name without the ending."""
    return {**{name: template_json(each) for name, each in handlers_by_name().items()}, **message_templates()}
