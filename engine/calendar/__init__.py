"""How time is counted: working days, periods, limits and the days they come to (docs/time.md)."""

from engine.calendar.bank_holidays import FIRST_YEAR, LAST_YEAR, SUBDIVISIONS
from engine.calendar.feel_functions import FeelFunction, feel_functions
from engine.calendar.limits import GREATEST_AMOUNT, Counting, DueDate, Limit, Unit
from engine.calendar.signatures import SIGNATURES, Signature
from engine.calendar.working_days import Calendar

__all__ = [
    "FIRST_YEAR",
    "GREATEST_AMOUNT",
    "LAST_YEAR",
    "SIGNATURES",
    "SUBDIVISIONS",
    "Calendar",
    "Counting",
    "DueDate",
    "FeelFunction",
    "Limit",
    "Signature",
    "Unit",
    "feel_functions",
]
