"""Which handlers there are: the only importer of them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.handler import Handler
from handlers import HANDLERS


def handlers_by_name() -> Mapping[str, Handler]:
    return {handler.name: handler for handler in HANDLERS}
