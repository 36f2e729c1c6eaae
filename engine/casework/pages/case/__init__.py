"""A case as a person sees it, page by page. Each page is read in a fixed number of queries, whatever the case holds."""

from engine.casework.pages.case.actions import Action, ActionsPage, Point, read_actions
from engine.casework.pages.case.case_list import CasesPage, find_cases
from engine.casework.pages.case.correction import Correction, read_correction
from engine.casework.pages.case.diagrams import DiagramsPage, Drawn, read_diagrams
from engine.casework.pages.case.facts import KnownFact, KnownGroup, KnownPage, read_known
from engine.casework.pages.case.files import FilesPage, read_file_of, read_files
from engine.casework.pages.case.history import HistoryPage, NotesPage, read_history, read_notes
from engine.casework.pages.case.known_facts import ItemSeen
from engine.casework.pages.case.letters import LetterPage, LettersPage, read_letter, read_letters
from engine.casework.pages.case.messages import TellingForm, TellingsPage, is_told, read_telling, read_tellings
from engine.casework.pages.case.parcels import ParcelSeen, ParcelsPage, read_parcels
from engine.casework.pages.case.related_cases import RelatedCase, RelatedPage, read_related
from engine.casework.pages.case.summary import DecisionSeen, Section, SummaryPage, read_summary
from engine.casework.pages.case.tasks import TaskSeen, TasksPage, read_tasks
from engine.casework.pages.case.viewpoint import Looker

__all__ = [
    "Action",
    "ActionsPage",
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
    "LettersPage",
    "Looker",
    "NotesPage",
    "ParcelSeen",
    "ParcelsPage",
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
    "read_parcels",
    "read_related",
    "read_summary",
    "read_tasks",
    "read_telling",
    "read_tellings",
]
