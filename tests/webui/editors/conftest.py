"""A folder of the test's own with two policy owners, a draft of it, and their desks."""

from tests.webui.editors.desk import address, desk, second
from tests.webui.test_publication import here, root

__all__ = ["address", "desk", "here", "root", "second"]
