from __future__ import annotations

import pytest

from tests.webui.office import Web


@pytest.fixture(autouse=True)
def _somebody_works_here(web: Web) -> None:
    """A council that has nobody takes no applications."""
    web.set_up()
