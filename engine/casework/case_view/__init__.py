"""A case as a person sees it, page by page. Each page is read in a fixed number of queries, whatever the case holds."""

from engine.casework.case_view.actions import Action, ActionsPage, Point, read_actions
from engine.casework.case_view.correcting import Correction, read_correction
from engine.casework.case_view.diagrams import DiagramsPage, Drawn, read_diagrams
from engine.casework.case_view.files import FilesPage, read_file_of, read_files
from engine.casework.case_view.finding import CaseRow, CasesPage, find_cases
from engine.casework.case_view.known import KnownFact, KnownGroup, KnownPage, read_known
from engine.casework.case_view.letters import LetterPage, LetterSeen, LettersPage, read_letter, read_letters
from engine.casework.case_view.looking import Looker
from engine.casework.case_view.related import RelatedCase, RelatedPage, read_related
from engine.casework.case_view.summary import DecisionSeen, ItemSeen, Section, SummaryPage, read_summary
from engine.casework.case_view.tasks import TaskSeen, TasksPage, read_tasks
from engine.casework.case_view.tellings import TellingForm, TellingsPage, is_told, read_telling, read_tellings
from engine.casework.case_view.told import HistoryPage, NotesPage, read_history, read_notes

__all__ = [
    "Action",
    "ActionsPage",
    "CaseRow",
    "CasesPage",
    "Correction",
    "DecisionSeen",
    "DiagramsPage",
    "Drawn",
    "FilesPage",
    "HistoryPage",
    "ItemSeen",
    "KnownFact",
    "KnownGroup",
    "KnownPage",
    "LetterPage",
    "LetterSeen",
    "LettersPage",
    "Looker",
    "NotesPage",
    "Point",
    "RelatedCase",
    "RelatedPage",
    "Section",
    "SummaryPage",
    "TaskSeen",
    "TasksPage",
    "TellingForm",
    "TellingsPage",
    "find_cases",
    "is_told",
    "read_actions",
    "read_correction",
    "read_diagrams",
    "read_file_of",
    "read_files",
    "read_history",
    "read_known",
    "read_letter",
    "read_letters",
    "read_notes",
    "read_related",
    "read_summary",
    "read_tasks",
    "read_telling",
    "read_tellings",
]
