"""One question as the GOV.UK macro that draws it and the macro's parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as member
from typing import Any

from engine.forms import Field, FieldKind, Option
from engine.forms.people import SOMEBODY_ELSE
from engine.language import ENGLISH, say, spoken
from webui.policyforms.days import split_day_or_about, split_moment, split_time
from webui.policyforms.defaults import as_answer

#: A macro's parameters, by the names that GOV.UK Frontend documents.
Params = dict[str, Any]

#: The two options of a question stand side by side where their labels are no longer than this.
_SHORT = 12


def _example(kind: FieldKind) -> str:
    match kind:
        case FieldKind.DATE:
            return say("For example, 27 3 2026")
        case FieldKind.TIME:
            return say("For example, 14:30")
        case FieldKind.DATE_TIME:
            return say("For example, 27 3 2026 at 14:30")
    return ""


def _not_exact() -> str:
    return say(
        "If you do not know the day, write “about 27”, “early”, “mid” or “late” in its place, or leave it empty. It is "
        "then counted in the applicant's favour."
    )


@dataclass(kw_only=True)
class FormLook:
    """How the questions of one page are to look."""

    errors: dict[str, str] = member(default_factory=dict)  #: by the name of the input: what is wrong with the answer
    is_page: bool = False  #: the question is the only one of its page, and its label the page's heading
    is_about_reader: bool = False  #: the browser may fill in what it knows of the person who sits before it
    focus: str | None = None  #: the first input whose name starts so takes the focus

    def takes_focus(self, name: str) -> Params:
        """The attributes that an input of this name has, once for each page."""
        if self.focus is None or not name.startswith(self.focus):
            return {}
        self.focus = None
        return {"autofocus": ""}


def component_of(
    field: Field, name: str, answer: Any, options: tuple[Option, ...], look: FormLook
) -> tuple[str, Params]:
    """The macro's name and parameters for a question that is asked; `name` is that of its input."""
    params: Params = {"id": name, "name": name}
    if name in look.errors:
        params["errorMessage"] = {"text": look.errors[name]}
    hint = field.hint or _example(field.kind)
    if field.spread is not None:
        hint = f"{hint.rstrip('.')}. {_not_exact()}"
    if hint:
        params["hint"] = {"text": hint}
    match field.kind:
        case FieldKind.DATE | FieldKind.DATE_TIME:
            return "date", params | _date(field, name, answer, look)
        case FieldKind.CHECKBOX:
            if not look.is_page:
                # Under the box's own label: there is no legend for it to stand under.
                params.pop("hint", None)
            return "checkboxes", params | _checkbox(field, name, answer, look)
        case FieldKind.YES_NO:
            chosen = {True: "true", False: "false"}.get(answer, answer) if isinstance(answer, bool) else answer
            said = tuple(replace(option, label=say(option.label)) for option in options)
            return "radios", params | _radios(field, name, chosen, said, look)
        case FieldKind.RADIO:
            return "radios", params | _radios(field, name, answer, options, look)
        case FieldKind.CHECKLIST:
            return "checkboxes", params | _checklist(field, name, answer, options, look)
    params |= {"label": _heading(field, look, "govuk-label"), "attributes": look.takes_focus(name)}
    match field.kind:
        case FieldKind.PERSON:
            items = [{"value": "", "text": say("Choose one")}]
            items += [{"value": option.value, "text": option.label} for option in options]
            chosen = SOMEBODY_ELSE if isinstance(as_answer(answer), Mapping) else _text(answer)
            return "select", params | {"items": items, "value": chosen}
        case FieldKind.SELECT:
            items = [{"value": "", "text": say("Choose one")}]
            items += [{"value": option.value, "text": option.label} for option in options]
            return "select", params | {"items": items, "value": _text(answer)}
        case FieldKind.FILES:
            accept = {"accept": ",".join(field.accept)} if field.accept else {}
            multiple = {"multiple": ""} if field.is_multiple else {}
            return "file", params | {"attributes": {**params["attributes"], **accept, **multiple}}
        case FieldKind.TEXT_AREA:
            counted = {"maxlength": field.max_length} if field.max_length is not None else {}
            # Browsers drop a line end that starts a text area.
            text = _text(answer)
            shown = {"value": f"\n{text}" if text.startswith(("\n", "\r")) else text, "rows": "5"}
            return "count" if counted else "textarea", params | shown | (counted | _count_words() if counted else {})
    return "input", params | _input(field, answer, look)


def _count_words() -> Params:
    """What is said of the characters that are left, in another language than the component's own."""
    if spoken() == ENGLISH:
        return {}
    left, over = say("You have %{count} characters remaining"), say("You have %{count} characters too many")
    return {
        "textareaDescriptionText": say("You can enter up to %{count} characters"),
        "charactersUnderLimitText": {"one": left, "other": left},
        "charactersAtLimitText": say("You have 0 characters remaining"),
        "charactersOverLimitText": {"one": over, "other": over},
    }


def _heading(field: Field, look: FormLook, css: str) -> Params:
    """A label or a legend."""
    is_said = not field.is_required and field.kind is not FieldKind.CHECKBOX
    size = "l" if look.is_page else "s"
    return {
        "text": say("%(name)s (optional)", name=field.name) if is_said else field.name,
        "classes": f"{css}--{size}",
        "isPageHeading": look.is_page,
    }


def _input(field: Field, answer: Any, look: FormLook) -> Params:
    params: Params = {"value": _text(answer)}
    if field.kind is FieldKind.NUMBER:
        return params | {
            "classes": "govuk-input--width-10",
            "inputmode": "numeric" if field.decimal_digits == 0 else "decimal",
        }
    if field.kind is FieldKind.TIME:
        return params | {"classes": "govuk-input--width-5", "value": split_time(answer)}
    if field.looks_like == "email":
        filled = "email" if look.is_about_reader else "off"
        return params | {"type": "email", "autocomplete": filled, "spellcheck": False}
    if field.looks_like == "phone":
        filled = "tel" if look.is_about_reader else "off"
        return params | {"type": "tel", "autocomplete": filled, "classes": "govuk-input--width-20"}
    if field.max_length is not None and field.max_length <= 20:
        return params | {"classes": f"govuk-input--width-{10 if field.max_length <= 10 else 20}"}
    return params


def _date(field: Field, name: str, answer: Any, look: FormLook) -> Params:
    wrong = "govuk-input--error" if name in look.errors else ""
    parts = [("day", say("Day"), 2), ("month", say("Month"), 2), ("year", say("Year"), 4)]
    if field.kind is FieldKind.DATE_TIME:
        parts.append(("time", say("Time"), 5))
    if field.spread is not None:  # “about 5” has to fit in the place of the day, and to be typed on a telephone
        parts[0] = ("day", say("Day"), 10)
    values = split_moment(answer) if field.kind is FieldKind.DATE_TIME else split_day_or_about(answer)
    return {
        "namePrefix": name,
        "fieldset": {"legend": _heading(field, look, "govuk-fieldset__legend")},
        "items": [
            {
                "name": part,
                "label": label,
                "value": value,
                "classes": f"govuk-input--width-{width} {wrong}".rstrip(),
                "inputmode": "text" if part == "time" or width == 10 else "numeric",
                "attributes": look.takes_focus(f"{name}-{part}"),
            }
            for (part, label, width), value in zip(parts, values, strict=True)
        ],
    }


def _checkbox(field: Field, name: str, answer: Any, look: FormLook) -> Params:
    is_ticked = answer is True or answer in ("true", "on")
    item: Params = {"value": "true", "text": field.name, "checked": is_ticked, "attributes": look.takes_focus(name)}
    params: Params = {"idPrefix": name, "items": [item]}
    if not look.is_page:
        item["hint"] = {"text": field.hint}
    else:
        item["text"] = say("I confirm this") if field.is_required else say("Yes")
        params["fieldset"] = {"legend": _heading(field, look, "govuk-fieldset__legend")}
    return params


def _checklist(field: Field, name: str, answer: Any, options: tuple[Option, ...], look: FormLook) -> Params:
    chosen = answer if isinstance(answer, list) else [answer]
    return {
        "idPrefix": name,
        "fieldset": {"legend": _heading(field, look, "govuk-fieldset__legend")},
        "items": [
            {
                "value": option.value,
                "text": option.label,
                "checked": option.value in chosen,
                "attributes": look.takes_focus(name),
            }
            for option in options
        ],
    }


def _radios(field: Field, name: str, answer: Any, options: tuple[Option, ...], look: FormLook) -> Params:
    is_inline = len(options) == 2 and all(len(option.label) <= _SHORT for option in options)
    return {
        "idPrefix": name,
        "classes": "govuk-radios--inline" if is_inline else "",
        "fieldset": {"legend": _heading(field, look, "govuk-fieldset__legend")},
        "items": [
            {
                "value": option.value,
                "text": option.label,
                "checked": option.value == answer,
                "attributes": look.takes_focus(name),
            }
            for option in options
        ],
    }


def _text(answer: Any) -> str:
    """What stands in a text input; whatever is no text or number is no answer to show again."""
    value = as_answer(answer)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
