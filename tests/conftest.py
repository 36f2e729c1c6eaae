"""What holds for every test: proofs run in a fixed sample, and in full where `--proof` asks for it."""

import pytest
from hypothesis import settings

pytest_plugins = ("tests.databases", "tests.webui.chromium", "tests.webui.office")

settings.register_profile("sample", deadline=None, derandomize=True)
settings.register_profile("proof", deadline=None, max_examples=5_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--proof", action="store_true", help="run proofs, and generated examples, in full")


def pytest_configure(config: pytest.Config) -> None:
    # A deadline per example would measure how busy the machine is.
    settings.load_profile("proof" if config.getoption("--proof") else "sample")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--proof"):
        return
    proofs = [item for item in items if item.get_closest_marker("proof")]
    config.hook.pytest_deselected(items=proofs)
    items[:] = [item for item in items if item not in proofs]
