"""A form as the modeller's form editor saves it (form-js JSON), as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TypedDict

from engine.feel import Expression


class FieldKind(StrEnum):
    """The components that are read; dates and times are told apart as the form's author chose them."""

    TEXT_FIELD = "textfield"
    TEXT_AREA = "textarea"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    YES_NO = "yesno"  #: a checkbox whose property says that it is asked as yes or no, and must be answered
    CHECKLIST = "checklist"
    RADIO = "radio"
    SELECT = "select"
    PERSON = "person"  #: a select whose property says who may be picked
    DATE = "date"
    TIME = "time"
    DATE_TIME = "datetime"
    GROUP = "group"
    LIST = "dynamiclist"
    FILES = "filepicker"
    TEXT = "text"
    SEPARATOR = "separator"
    SPACER = "spacer"


#: Components that only hold or show something.
SHOWN_ONLY = frozenset({FieldKind.GROUP, FieldKind.TEXT, FieldKind.SEPARATOR, FieldKind.SPACER})

#: Who may see an answer, besides those who record it.
AUDIENCES = ("victim", "agencies", "panel", "officers")


#: The kinds that are answered with a day.
DAYS = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})


class EvaluationMoment(TypedDict):
    """What expressions are evaluated with besides their scope."""

    now: datetime | None
    functions: Mapping[str, Callable[..., Any]] | None


class Pattern(Protocol):
    """A compiled regular expression of an engine that cannot backtrack."""

    def search(self, text: str) -> object | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One of the answers to choose from."""

    value: str
    label: str


#: What there is to choose from where yes or no is asked; each value as a text, as a browser sends it.
YES_OR_NO = (Option(value="true", label="Yes"), Option(value="false", label="No"))


@dataclass(frozen=True, kw_only=True, slots=True)
class ForPublic:
    """How the public is asked something; where the form says nothing of it, as everybody is."""

    answer: Expression | str | None = None  #: what answers it without asking; None where it is asked
    label: str = ""  #: in place of the field's own; "" for that one
    hint: str = ""
    options: tuple[str, ...] = ()  #: values of the options that are offered; () for all
    entry: str = ""  #: of a list: what one entry is called; "" for the policy's word for such an item


#: A field that the public is asked as everybody is.
AS_EVERYBODY = ForPublic()


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A component of a form."""

    id: str  #: of the component, in the file
    kind: FieldKind
    key: str = ""  #: the fact that the answer becomes; for a list the collection; "" where nothing is answered
    label: str = ""
    hint: str = ""
    is_required: bool = False
    is_read_only: bool = False  #: shown, not answered
    options: tuple[Option, ...] = ()
    options_from: Expression | None = None  #: gives the options, where the form computes them
    offered_when: Expression | None = None  #: gives, by the value of an option, whether it is offered; else it is
    hidden_if: Expression | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    earliest: Expression | None = None  #: gives the earliest day that is taken, or several that it may not be before
    latest: Expression | None = None  #: likewise the latest
    spread: int | None = None  #: days by which “about” a day may be off; None where the day has to be exact
    decimal_digits: int | None = None  #: most digits after the point
    min_length: int | None = None
    max_length: int | None = None
    pattern: Pattern | None = None  #: what the answer must contain a match of
    looks_like: str | None = None  #: "email" or "phone"
    accept: tuple[str, ...] = ()  #: endings or kinds of the files that are taken; () for any
    is_multiple: bool = False  #: more than one file
    picked_from: tuple[str, ...] = ()  #: of a person: who may be picked, such as "council" or "team:panel"
    email_from: Expression | None = None  #: of a person: gives the email address where the answer does not
    otherwise: Expression | None = None  #: gives the answer where there is none
    is_off_page: bool = False  #: taken from whoever still sends it, and asked on no page
    default: Any = None  #: as the file gives it
    text: str = ""  #: what a text component says, in Markdown
    visible_to: tuple[str, ...] = ("officers",)
    clauses: tuple[str, ...] = ()
    is_of_case: bool = False  #: its answer is a fact of the case, also where the process has an item of its own
    is_receipt: bool = False  #: the day on which it was received: stamped, where the original comes with it
    public: ForPublic = AS_EVERYBODY
    fields: tuple[Field, ...] = ()  #: of a group or list
    language: str = ""  #: code of the language of its texts, where that is not the one it is asked in

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.label or self.key or f"{self.kind} {self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A field that is answered, with the conditions under which it, or a group around it, is hidden."""

    field: Field
    hidden_if: tuple[Expression, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The field and, where it is a list, those that are asked of each of its entries."""
        return (self.field, *self.field.fields)


def questions_of(fields: tuple[Field, ...], around: tuple[Expression, ...] = ()) -> Iterator[Question]:
    """The fields among `fields`, and in their groups, that are answered."""
    for each in fields:
        hidden_if = (*around, each.hidden_if) if each.hidden_if is not None else around
        if each.kind is FieldKind.GROUP:
            yield from questions_of(each.fields, hidden_if)
        elif each.kind not in SHOWN_ONLY and each.key:
            yield Question(field=each, hidden_if=hidden_if)


def computed_by(field: Field) -> Iterator[Expression]:
    """Every expression with which the field's own answer is found."""
    found = (field.options_from, field.offered_when, field.otherwise, field.email_from)
    yield from (each for each in found if each is not None)


def conditions_of(fields: tuple[Field, ...]) -> Iterator[Expression]:
    """Every condition that hides one of `fields`, or a field in their groups and lists."""
    for each in fields:
        if each.hidden_if is not None:
            yield each.hidden_if
        yield from conditions_of(each.fields)
