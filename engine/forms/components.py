"""Reading one component of a form-js form as a `Field`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol

import re2

from engine.errors import BadInputError, FeelError
from engine.feel import Expression, parse
from engine.forms.day_component import day_settings
from engine.forms.model import AUDIENCES, SHOWN_ONLY, YES_OR_NO, Field, FieldKind, ForPublic, Option, Pattern
from engine.forms.person_component import is_off_page, person_kind, picked_from
from engine.forms.unanswerable import unanswerable
from engine.forms.values import read_value
from engine.model import ENGINE_FACTS
from engine.problems import Thing, ThingKind


class ProblemNote(Protocol):
    """Told what is wrong with a component: its id and label, a sentence, and what is lost by it."""

    def __call__(self, field_id: str, label: str, sentence: str, loses: Thing | None = None) -> None: ...


_KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
#: Names that FEEL reads as something else, and those that the engine itself gives.
_TAKEN = frozenset({"case", "council", "id"}) | ENGINE_FACTS
_LONGEST_PATTERN = 500

#: What to use where a component is not shown.
_INSTEAD = {
    "button": "Take it out: every form has its own button.",
    "taglist": "Use a checklist.",
    "documentPreview": "Say in a text where the document is kept.",
    "expression": "Work the value out in the diagram, in a script task.",
    "html": "Use a text.",
    "image": "Use a text.",
    "iframe": "Use a text with a link.",
    "table": "Use a dynamic list.",
}
#: Choices that come from a list of variant.toml: none in a base whose councils are to write the list.
_CHOICES_FROM = "choices_from"
#: Custom properties that say how the public is asked.
_PUBLIC = ("for_public", "public_label", "public_hint", "public_options", "public_entry")
_CHOOSING = frozenset({FieldKind.RADIO, FieldKind.SELECT, FieldKind.CHECKLIST})


def read_component(component: Mapping[str, Any], fields: tuple[Field, ...], note: ProblemNote) -> Field | None:
    """The field that `component` makes, around `fields`; None where it is of a kind that is not shown."""
    return _Component(component, note).read(fields)


class _Component:
    def __init__(self, component: Mapping[str, Any], note: ProblemNote) -> None:
        self._component = component
        self._id = self._text("id")
        self._label = self._text("label") or self._text("dateLabel") or self._text("timeLabel")
        self._note_of = note
        validate = component.get("validate")
        self._validate: Mapping[str, Any] = validate if isinstance(validate, dict) else {}
        properties = component.get("properties")
        self._properties: Mapping[str, Any] = properties if isinstance(properties, dict) else {}

    def read(self, fields: tuple[Field, ...]) -> Field | None:
        kind = self._kind()
        if kind is None:
            return None
        self._refuse_what_is_not_kept(kind)
        field = self._field(kind, fields)
        for sentence in unanswerable(field):
            self._note(sentence)
        return replace(field, public=self._for_public(field))

    def _field(self, kind: FieldKind, fields: tuple[Field, ...]) -> Field:
        return Field(
            id=self._id,
            kind=kind,
            key="" if kind in SHOWN_ONLY else self._key(kind),
            label=self._label,
            hint=self._text("description"),
            is_required=kind is FieldKind.YES_NO or self._validate.get("required") is True,
            is_read_only=self._component.get("readonly") is True or self._component.get("disabled") is True,
            options=self._options(kind),
            options_from=self._expression("valuesExpression") if kind in _CHOOSING else None,
            offered_when=self._offered_when(kind),
            hidden_if=self._hidden_if(),
            minimum=self._number("min"),
            maximum=self._number("max"),
            **day_settings(self._properties, kind, self._parsed, self._note_kind),
            decimal_digits=self._length(self._component, "decimalDigits"),
            min_length=self._length(self._validate, "minLength"),
            max_length=self._length(self._validate, "maxLength"),
            pattern=self._pattern(),
            looks_like=self._looks_like(),
            accept=self._accept(kind),
            is_multiple=self._is_multiple(kind),
            picked_from=picked_from(self._properties, self._note) if kind is FieldKind.PERSON else (),
            email_from=self._property("email") if kind is FieldKind.PERSON else None,
            otherwise=self._property("otherwise"),
            is_off_page=is_off_page(self._properties, self._note, is_required=self._validate.get("required") is True),
            default=self._component.get("defaultValue"),
            text=self._text("text"),
            visible_to=self._visible_to(),
            clauses=tuple(str(self._properties.get("clause", "")).replace(",", " ").split()),
            is_of_case=self._is_of_case(),
            is_receipt=self._is_receipt(kind),
            fields=fields,
        )

    def _note(self, sentence: str) -> None:
        self._note_of(self._id, self._label or self._text("key"), sentence)

    def _note_kind(self, sentence: str) -> None:
        """Something stands with the question that is for questions of another kind: perhaps that is wrong."""
        key = self._text("key")
        lost = Thing(kind=ThingKind.KIND, name=key) if key else None
        self._note_of(self._id, self._label or key, sentence, lost)

    def _text(self, name: str) -> str:
        value = self._component.get(name)
        return value.strip() if isinstance(value, str) else ""

    def _kind(self) -> FieldKind | None:
        name = self._component.get("type")
        if "person" in self._properties or name == FieldKind.PERSON:
            return person_kind(self._component, self._note)
        if "asked_as" in self._properties or name == FieldKind.YES_NO:
            return self._yes_no()
        if name == "datetime":
            name = self._component.get("subtype", "date")
        try:
            return FieldKind(str(name))
        except ValueError:
            instead = _INSTEAD.get(str(name), "Use another component.")
            self._note(f"A component of the kind “{str(name)[:40]}” is not shown. {instead}")
            return None

    def _yes_no(self) -> FieldKind:
        if self._component.get("type") != FieldKind.CHECKBOX:
            self._note("asked_as stands where no box is to be ticked. Make it a checkbox, or take the property out.")
        elif self._properties.get("asked_as") != "yes or no":
            self._note(f"asked_as says “{str(self._properties.get('asked_as'))[:40]}”. Write yes or no.")
        return FieldKind.YES_NO

    def _key(self, kind: FieldKind) -> str:
        place, words = ("path", "Path") if kind is FieldKind.LIST else ("key", "Key")
        key = self._text(place)
        if _KEY.fullmatch(key) and key not in _TAKEN:
            return key
        shown = f"has the {place} “{key[:60]}”, which cannot name a fact" if key else f"has no {place}"
        self._note(f"This component {shown}. Set its {words} to small letters, digits and _, such as reported_on.")
        return ""

    def _refuse_what_is_not_kept(self, kind: FieldKind) -> None:
        """Settings that the modeller offers and that would silently do nothing here."""
        component = self._component
        if kind is FieldKind.GROUP and component.get("path"):
            self._note("This group has a path. Leave it empty: answers in a group are facts like any other.")
        if kind in _CHOOSING and component.get("valuesKey"):
            self._note("Its choices come from input data. Write them as a list, or as an expression.")
        if component.get("disallowPassedDates") is True:
            self._note("“Disallow past dates” is not kept to. Take it off, and say in the hint what is asked for.")
        for name in ("label", "description", "text"):
            if self._text(name).startswith("=") or "{{" in self._text(name):
                self._note(f"Its {name} holds an expression, which is not worked out. Write plain text.")

    def _options(self, kind: FieldKind) -> tuple[Option, ...]:
        if kind is FieldKind.YES_NO:
            return YES_OR_NO
        if kind not in _CHOOSING or self._component.get("valuesExpression"):
            return ()
        found: dict[str, Option] = {}
        written = self._component.get("values")
        for item in written if isinstance(written, list) else []:
            value, label = (item.get("value"), item.get("label")) if isinstance(item, dict) else (None, None)
            if not isinstance(value, str) or not value.strip() or value in found:
                self._note("One of its choices has no value of its own. Give each a different value, as text.")
                continue
            found[value] = Option(value=value, label=label if isinstance(label, str) and label else value)
        if not written and not self._component.get("valuesKey") and _CHOICES_FROM not in self._properties:
            self._note("It has no choices. Add them.")
        return tuple(found.values())

    def _hidden_if(self) -> Expression | None:
        conditional = self._component.get("conditional")
        hide = conditional.get("hide") if isinstance(conditional, dict) else None
        return self._parsed(hide, "The condition for hiding it") if hide else None

    def _offered_when(self, kind: FieldKind) -> Expression | None:
        written = self._properties.get("offered_when")
        if written is None:
            return None
        if kind not in _CHOOSING or self._component.get("valuesExpression"):
            self._note("offered_when says which choices of a list are offered, and here is none. Take it out.")
            return None
        return self._parsed(written, "offered_when")

    def _expression(self, name: str) -> Expression | None:
        written = self._component.get(name)
        return self._parsed(written, "The expression for its choices") if written else None

    def _property(self, name: str) -> Expression | None:
        written = self._properties.get(name)
        return self._parsed(written, f"The property {name}") if written is not None else None

    def _parsed(self, written: object, what: str) -> Expression | None:
        if not isinstance(written, str) or not written.startswith("="):
            self._note(f"{what} is no expression. Write it with = in front.")
            return None
        try:
            return parse(written[1:].strip())
        except FeelError as error:
            self._note(f"{what} cannot be read: {error}")
            return None

    def _number(self, name: str) -> Decimal | None:
        value = self._validate.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, int | float | str) and re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,12})?", str(value)):
            return Decimal(str(value))
        self._note(f"Its {name}imum is no number. Write a number.")
        return None

    def _length(self, source: Mapping[str, Any], name: str) -> int | None:
        value = source.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, int | str) and re.fullmatch(r"[0-9]{1,6}", str(value)):
            return int(value)
        self._note(f"“{name}” is no whole number. Write a whole number.")
        return None

    def _pattern(self) -> Pattern | None:
        written = self._validate.get("pattern")
        if not written or self._looks_like() is not None:
            return None
        options = re2.Options()
        options.log_errors = False
        options.max_mem = 1 << 20
        try:
            if not isinstance(written, str) or len(written) > _LONGEST_PATTERN:
                raise re2.error("too long")
            pattern: Pattern = re2.compile(written, options)
        except re2.error:
            self._note("Its regular expression cannot be read. Use a simpler one.")
            return None
        return pattern

    def _looks_like(self) -> str | None:
        kind = self._validate.get("validationType")
        if kind in (None, "", "custom"):
            return None
        if kind in ("email", "phone"):
            return str(kind)
        self._note(f"The validation “{str(kind)[:40]}” is not known. Use email, phone or a regular expression.")
        return None

    def _visible_to(self) -> tuple[str, ...]:
        written = self._properties.get("visible_to")
        if written is None:
            return ("officers",)
        named = tuple(part.strip() for part in str(written).split(",") if part.strip())
        unknown = [part for part in named if part not in AUDIENCES]
        if unknown:
            self._note(f"visible_to names “{unknown[0][:40]}”. Write some of: {', '.join(AUDIENCES)}.")
        return tuple(part for part in named if part in AUDIENCES) or ("officers",)

    def _is_receipt(self, kind: FieldKind) -> bool:
        written = self._properties.get("receipt")
        if written is not None and (written != "yes" or kind is not FieldKind.DATE):
            self._note_kind("receipt is for a day, and says yes. Write it so, or take it out.")
            return False
        return written is not None

    def _is_of_case(self) -> bool:
        written = self._properties.get("fact_of")
        if written not in (None, "case"):
            self._note(f"fact_of says “{str(written)[:40]}”. Write case, or take it out.")
        return written == "case"

    def _accept(self, kind: FieldKind) -> tuple[str, ...]:
        written = self._text("accept") if kind is FieldKind.FILES else ""
        if written.startswith("="):
            self._note("Which files it takes is an expression, which is not worked out. Write endings, such as .pdf.")
            return ()
        return tuple(part.strip().lower() for part in written.split(",") if part.strip())

    def _is_multiple(self, kind: FieldKind) -> bool:
        written = self._component.get("multiple")
        if kind is FieldKind.FILES and isinstance(written, str) and written:
            self._note("Whether it takes several files is an expression, which is not worked out. Tick it or not.")
        return kind is FieldKind.FILES and written is True

    def _for_public(self, field: Field) -> ForPublic:
        """What its custom properties say of how the public is asked."""
        written = {name: self._properties.get(name) for name in _PUBLIC}
        if all(value is None for value in written.values()):
            return ForPublic()
        if not field.key:
            self._note("Nothing is answered here, so nothing of it is for the public. Take the property out.")
            return ForPublic()
        answer, label, hint, options, entry = (str(value or "").strip() for value in written.values())
        return ForPublic(
            answer=self._public_answer(field, answer) if written["for_public"] is not None else None,
            label=label,
            hint=hint,
            options=self._public_options(field, options) if written["public_options"] is not None else (),
            entry=entry,
        )

    def _public_answer(self, field: Field, written: str) -> Expression | str | None:
        if field.kind is FieldKind.LIST:
            self._note("for_public stands on a list. A list can only be asked; take it out.")
            return None
        if written.startswith("="):
            return self._parsed(written, "for_public")
        try:
            if not written:
                raise BadInputError("It says nothing. Write the answer, or an expression with = in front.")
            if field.options_from is None:
                read_value(field, written, field.options)
        except BadInputError as error:
            self._note_kind(f"for_public cannot answer it with “{written[:40]}”: {error}")
            return None
        return written

    def _public_options(self, field: Field, written: str) -> tuple[str, ...]:
        named = tuple(part.strip() for part in written.split(",") if part.strip())
        there_are = [option.value for option in field.options]
        if field.kind not in _CHOOSING or field.options_from is not None:
            self._note_kind("public_options stands where there are no written choices. Take it out.")
            return ()
        if not named:
            self._note(f"public_options names none. Write some of: {', '.join(there_are)}.")
        for value in named:
            if value not in there_are:
                self._note(f"public_options names “{value[:40]}”. Write some of: {', '.join(there_are)}.")
        return tuple(value for value in named if value in there_are)
