"""A question for a person: a choice of those who are known, and what is asked of somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.forms import Field, FieldKind, Option
from engine.forms.people import ASKED, SOMEBODY_ELSE
from engine.person import is_person
from webui.policyforms.components import FormLook, component_of
from webui.policyforms.defaults import as_answer

_LABELS = {"name": "Name", "role": "Role", "email": "Email address", "phone": "Telephone", "agency": "Agency"}
_INPUTS = tuple(
    Field(
        id=name,
        kind=FieldKind.TEXT_FIELD,
        key=name,
        label=_LABELS[name],
        is_required=name == "name",
        looks_like=name if name in ("email", "phone") else None,
    )
    for name in ASKED
)


def is_somebody_else(answer: Any) -> bool:
    """Whether the answer describes a person instead of choosing one."""
    return isinstance(answer, Mapping) and not is_person(answer)


def people_to_choose(options: tuple[Option, ...], known: Any, *, takes_others: bool) -> tuple[Option, ...]:
    """The choices: whoever may be picked, whoever stands on record already, and perhaps somebody else."""
    if is_person(known) and known["id"] not in {option.value for option in options}:
        options = (*options, Option(value=known["id"], label=known["name"]))
    return (*options, Option(value=SOMEBODY_ELSE, label="Somebody else")) if takes_others else options


def somebody_else(field: Field, answer: Mapping[str, Any], name: str, look: FormLook) -> dict[str, Any]:
    """The part of the page that asks for the name, role and addresses of somebody who is not known yet."""
    parts = []
    for each in _INPUTS:
        macro, params = component_of(each, f"{name}-{each.key}", answer.get(each.key), (), look)
        part = {"part": "question", "macro": macro, "params": params, "name": f"{name}-{each.key}", "files": []}
        parts.append({"place": f"{name}-{each.key}", "controls": False, **part})
    return {
        "place": f"{name}-{SOMEBODY_ELSE}",
        "controls": False,
        "part": "group",
        "legend": f"{field.name.rstrip('?')}: somebody else",
        "parts": parts,
    }


def read_choice(texts_of: Callable[[str], str | None], name: str) -> Any:
    """The answer as a browser sends it; None where the question was not on the page."""
    chosen = texts_of(name)
    if chosen != SOMEBODY_ELSE:
        return chosen
    return {key: (texts_of(f"{name}-{key}") or "") for key in ASKED}


def kept_person(answer: Any, name: str) -> Iterator[tuple[str, str]]:
    """Hidden inputs that keep what was chosen or typed."""
    if not is_somebody_else(answer):
        yield name, str(as_answer(answer))
        return
    yield name, SOMEBODY_ELSE
    yield from ((f"{name}-{key}", str(answer.get(key) or "")) for key in ASKED)
