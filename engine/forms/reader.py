"""Reading a form: form-js JSON, as the modeller's form editor saves it.

What the screens cannot show or the server cannot check is not passed over: it becomes a `Problem`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.errors import BadInputError
from engine.forms.components import read_component
from engine.forms.form import Form
from engine.forms.model import Field, questions_of
from engine.problems import Problem, Thing, ThingKind

#: Largest form read, in bytes; most components in it; deepest nesting of groups and lists.
MAX_BYTES = 1_000_000
MAX_COMPONENTS = 500
MAX_DEPTH = 6

#: The oldest form-js schema whose components mean what they mean here.
OLDEST_SCHEMA = 16

_FORM_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,62}")


def read_form(data: bytes, *, file: str) -> Form:
    """The form in `data`. `file` is what the reader calls it.

    Raises BadInputError where nothing can be made of it; everything else that is wrong is in `Form.problems`.
    """
    return _Reader(file).read(_read_json(data, file))


def _read_json(data: bytes, file: str) -> Mapping[str, Any]:
    if len(data) > MAX_BYTES:
        raise BadInputError(f"{file} has {len(data):,} bytes; at most {MAX_BYTES:,} are read. Make it smaller.")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadInputError(f"{file} is no readable form. Save it again from the modeller.") from None
    if not isinstance(content, dict) or not isinstance(content.get("components"), list):
        raise BadInputError(f"{file} is no form: it has no list of components. Save it again from the modeller.")
    if not isinstance(content.get("id"), str) or not _FORM_ID.fullmatch(content["id"]):
        raise BadInputError(f"{file} has no usable form id. Write letters, digits, - and _, such as application.")
    return content


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._count = 0

    def read(self, content: Mapping[str, Any]) -> Form:
        version = content.get("schemaVersion")
        if type(version) is not int or version < OLDEST_SCHEMA:
            self._note("", "", f"It is saved in an old form of forms ({version}). Open and save it in the modeller.")
        fields = self._fields(content["components"], depth=1)
        title = content.get("title")
        return Form(
            id=content["id"],
            file=self._file,
            title=title if isinstance(title, str) else "",
            fields=fields,
            problems=tuple(self._problems),
        )

    def _note(self, field_id: str, label: str, sentence: str, loses: Thing | None = None) -> None:
        self._problems.append(
            Problem(
                file=self._file, element_id=field_id, element_name=label, sentence=sentence, loses=loses, lacks=loses
            )
        )

    def _lose(self, key: object) -> None:
        """Of the component that was looked at last no question comes, and so no fact."""
        if isinstance(key, str) and key and self._problems:
            self._problems[-1] = replace(self._problems[-1], loses=Thing(kind=ThingKind.FACT, name=key))

    def _fields(self, components: list[Any], *, depth: int) -> tuple[Field, ...]:
        if depth > MAX_DEPTH:
            self._note("", "", f"Groups and lists stand in each other deeper than {MAX_DEPTH}. Make the form flatter.")
            return ()
        fields = []
        for component in components:
            self._count += 1
            if self._count == MAX_COMPONENTS + 1:
                self._note("", "", f"It has more than {MAX_COMPONENTS} components. Divide it into several forms.")
            if self._count > MAX_COMPONENTS:
                break
            if not isinstance(component, dict):
                self._note("", "", "One of its components cannot be read. Save the form again from the modeller.")
            else:
                inner = component.get("components")
                nested = self._fields(inner, depth=depth + 1) if isinstance(inner, list) else ()
                field = read_component(component, nested, self._note)
                if field is None:
                    self._lose(component.get("key"))
                fields += [field] if field is not None else []
        found = tuple(fields)
        self._refuse_twins(found)
        return found

    def _refuse_twins(self, fields: tuple[Field, ...]) -> None:
        # A group's own level was looked at when the group was read; a pair across groups is seen here.
        seen: set[str] = set()
        for question in questions_of(fields):
            key = question.field.key
            sentence = f"Two questions have the key “{key}”. Give one of them another key."
            if key in seen and not any(problem.sentence == sentence for problem in self._problems):
                self._note(question.field.id, question.field.name, sentence)
            seen.add(key)
