"""Variants: one council's folder, with everything it inherits."""

from engine.problems import Problem
from engine.variants.acts import said_of_the_act
from engine.variants.agreements import Agreement, Sending, Taking, agreement_of
from engine.variants.areas import Area
from engine.variants.chosen_texts import chosen_texts
from engine.variants.commit import Commit, commit_of
from engine.variants.descent import bases_beside, find_variant, own_files
from engine.variants.elsewhere import Elsewhere
from engine.variants.entered_figures import EnteredFigure
from engine.variants.explanations import ExplanationLog
from engine.variants.figures_table import FiguresAs, FiguresTable
from engine.variants.floors import Floor, TurnedAway, turned_away
from engine.variants.folder import (
    LOGO_FILES,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_FOLDER_BYTES,
    POLICY_FILE,
    SETTINGS_FILE,
    belongs,
    is_variant,
    misplaced,
)
from engine.variants.guards import CASE_CLOSES, CORRECTION_REASON, TOLD_BY, WAS, Guard
from engine.variants.inheritance import Base
from engine.variants.installation import (
    agreements_beside,
    base_of_files_today,
    base_today,
    folders_in,
    is_base,
    prefixes_beside,
    published_beside,
)
from engine.variants.joint_write import end_stopped_write, write_together
from engine.variants.limits import LIMITS_FILE, LimitRow
from engine.variants.loader import load_variant, named_where_it_fails, variant_of_files, variant_over
from engine.variants.new_folder import write_folder
from engine.variants.overlay import (
    Edit,
    amount_of_limit,
    line_of_limit,
    read_line,
    row_of_line,
    setting_at,
    with_limit,
)
from engine.variants.owed import Owed
from engine.variants.pin import PIN_FILE, BaseFolder, Pin, digest_of, read_pin
from engine.variants.policy import Clause, Conflict, clause_tables
from engine.variants.settings import Agency, CopySettings, Countable, Figure, Person, Role, Slot, Team, VariantSettings
from engine.variants.settings_reader import read_settings
from engine.variants.source import PolicySource, read_source, write_source, zip_of
from engine.variants.variant import Variant

__all__ = [
    "CASE_CLOSES",
    "CORRECTION_REASON",
    "LIMITS_FILE",
    "LOGO_FILES",
    "MAX_FILES",
    "MAX_FILE_BYTES",
    "MAX_FOLDER_BYTES",
    "PIN_FILE",
    "POLICY_FILE",
    "SETTINGS_FILE",
    "TOLD_BY",
    "WAS",
    "Agency",
    "Agreement",
    "Area",
    "Base",
    "BaseFolder",
    "Clause",
    "Commit",
    "Conflict",
    "CopySettings",
    "Countable",
    "Edit",
    "Elsewhere",
    "EnteredFigure",
    "ExplanationLog",
    "Figure",
    "FiguresAs",
    "FiguresTable",
    "Floor",
    "Guard",
    "LimitRow",
    "Owed",
    "Person",
    "Pin",
    "PolicySource",
    "Problem",
    "Role",
    "Sending",
    "Slot",
    "Taking",
    "Team",
    "TurnedAway",
    "Variant",
    "VariantSettings",
    "agreement_of",
    "agreements_beside",
    "amount_of_limit",
    "base_of_files_today",
    "base_today",
    "bases_beside",
    "belongs",
    "chosen_texts",
    "clause_tables",
    "commit_of",
    "digest_of",
    "end_stopped_write",
    "find_variant",
    "folders_in",
    "is_base",
    "is_variant",
    "line_of_limit",
    "load_variant",
    "misplaced",
    "named_where_it_fails",
    "own_files",
    "prefixes_beside",
    "published_beside",
    "read_line",
    "read_pin",
    "read_settings",
    "read_source",
    "row_of_line",
    "said_of_the_act",
    "setting_at",
    "turned_away",
    "variant_of_files",
    "variant_over",
    "with_limit",
    "write_folder",
    "write_source",
    "write_together",
    "zip_of",
]
