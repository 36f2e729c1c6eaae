from tests.staff.conftest import quick_hashes
from tests.webui.chromium import browser, page, page_without_scripts

__all__ = ["browser", "page", "page_without_scripts", "quick_hashes"]
