"""The pages of cases: the list, and each case from its first page to its copies."""

from webui.case import case_list, changes, copies, deadlines, messages, pages
from webui.case.blueprint import blueprint

__all__ = ["blueprint", "case_list", "changes", "copies", "deadlines", "messages", "pages"]
