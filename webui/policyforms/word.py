"""A form as a Word document to fill in on a screen or on paper: each question with its hint and room to answer."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from engine.casework.applications.form import ApplicationForm
from engine.forms import Field, FieldKind, Option
from engine.language import say, spoken
from engine.letters.values import plain
from engine.letters.word import keep_rows_whole, make_header, new_document
from engine.variants import Variant

#: How often what can be said several times stands in the document.
TIMES = 3
_ONE_LINE = 1
_SEVERAL_LINES = 4
_ROOM = {FieldKind.TEXT_AREA: _SEVERAL_LINES}
_CHOSEN = frozenset({FieldKind.RADIO, FieldKind.SELECT, FieldKind.YES_NO})
#: Where Word keeps a box that can be ticked.
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def as_word(form: ApplicationForm, variant: Variant) -> bytes:
    """The form as the public is asked it, with the council's contact: the bytes of a .docx."""
    council = variant.settings.said(variant.name, spoken())
    document = new_document(title=_title(form, variant), author=council, language=spoken())
    answer = document.styles.add_style("Answer", WD_STYLE_TYPE.PARAGRAPH)
    answer.base_style = document.styles["Normal"]
    answer.element.get_or_add_pPr().append(_framed())
    _Written(document, form).write(variant)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Written:
    """A document while it is written."""

    def __init__(self, document: WordDocument, form: ApplicationForm) -> None:
        self._document = document
        self._form = form
        self._shown = form.shown({})
        self._numbers = {field.key: number for number, field in enumerate(form.fields, 1)}

    def write(self, variant: Variant) -> None:
        self._document.add_heading(plain(_title(self._form, variant)), level=1)
        self._say(variant.settings.said(variant.name, spoken()))
        self._document.add_heading(say("Where to send it"), level=2)
        for label, value in _contact(variant.settings.council_in(spoken())):
            self._say(f"{label}: {value}")
        self._say(
            say(
                "Fill it in on a computer or by hand. Tick the box of what is right: ☐. What is optional you may leave "
                "out."
            )
        )
        self._fields(self._form.form.fields, level=2)

    def _fields(self, fields: tuple[Field, ...], level: int) -> None:
        for field in fields:
            match field.kind:
                case FieldKind.GROUP:
                    if field.label:
                        self._document.add_heading(plain(field.label), level=level)
                    self._fields(field.fields, level + 1 if field.label else level)
                case FieldKind.TEXT:
                    self._say(field.text)
                case FieldKind.SEPARATOR | FieldKind.SPACER:
                    pass
                case _ if field.key in self._numbers:
                    self._question(field, level)

    def _question(self, field: Field, level: int) -> None:
        self._document.add_heading(plain(f"{self._numbers[field.key]}. {_asked(field)}"), level=level)
        for line in (self._only_if(field), _hint(field)):
            if line:
                self._say(line, keep=True)
        if field.kind is FieldKind.LIST:
            self._entries(field)
        elif boxes := self._boxes(field):
            for option in boxes:
                _tick(self._document.add_paragraph(), option.label)
        elif field.kind is not FieldKind.FILES:
            _write_here(self._document.add_paragraph(style="Answer"), field)

    def _entries(self, field: Field) -> None:
        for number in range(1, TIMES + 1):
            self._document.add_heading(
                plain(say("%(name)s %(number)s of %(of)s", name=field.name, number=number, of=TIMES)), level=3
            )
            self._entry(field)
        self._say(say("If there is more, go on in the same way on another sheet, and send it with this form."))

    def _entry(self, field: Field) -> None:
        asked = [inner for inner in field.fields if inner.key and not inner.is_read_only]
        table = self._document.add_table(rows=1, cols=2, style="Table Grid")
        make_header(table, (say("Question"), say("Your answer")))
        for inner in asked:
            question, answer = table.add_row().cells
            _fill(question, _asked(inner), _hint(inner))
            boxes = self._boxes(inner)
            for number, option in enumerate(boxes):
                _tick(answer.paragraphs[0] if number == 0 else answer.add_paragraph(), option.label)
            if not boxes:
                _write_here(answer.paragraphs[0], inner)
        for row in table.rows:
            row.cells[0].width, row.cells[1].width = Cm(6), Cm(10.5)
        keep_rows_whole(table)
        self._document.add_paragraph()

    def _boxes(self, field: Field) -> tuple[Option, ...]:
        if field.kind is FieldKind.CHECKBOX:
            return (Option(value="true", label=say("Yes")),)
        if field.kind in _CHOSEN or field.kind is FieldKind.CHECKLIST:
            return field.options or self._shown.options_of(field)
        return ()

    def _only_if(self, field: Field) -> str:
        """Of whom it is asked, where an earlier answer decides that."""
        hidden = next((q.hidden_if for q in self._form.form.questions if q.field.key == field.key), ())
        if not hidden:
            return ""
        names = {name for condition in hidden for name in condition.names}
        other = self._form.field(next(iter(names))) if len(names) == 1 else None
        if other is not None and other.key != field.key:
            number = self._numbers[other.key]
            if other.kind is FieldKind.CHECKBOX:
                return say("Leave this out if you ticked the box of question %(number)s.", number=number)
            asked = [o.label for o in other.options if field.key in self._form.shown({other.key: o.value}).keys]
            if asked and len(asked) == len(other.options):
                return ""
            if asked:
                answers = say("” or “").join(asked)
                return say(
                    "Only if your answer to question %(number)s is “%(answers)s”.", number=number, answers=answers
                )
        return say("Leave this out if it does not concern you.")

    def _say(self, text: str, *, keep: bool = False) -> None:
        self._document.add_paragraph(plain(text)).paragraph_format.keep_with_next = keep


def _asked(field: Field) -> str:
    is_said = not field.is_required and field.kind is not FieldKind.CHECKBOX
    return say("%(name)s (optional)", name=field.name) if is_said else field.name


def _title(form: ApplicationForm, variant: Variant) -> str:
    return variant.settings.said(form.form.title, spoken()) or say("Application")


def _example(kind: FieldKind) -> str:
    match kind:
        case FieldKind.DATE:
            return say("For example, 27 March 2026.")
        case FieldKind.TIME:
            return say("For example, 14:30.")
        case FieldKind.DATE_TIME:
            return say("For example, 27 March 2026 at 14:30.")
    return ""


def _hint(field: Field) -> str:
    said = [field.hint or _example(field.kind)]
    if field.spread is not None:
        said.append(say("If you do not know the day, write what you know, such as “about 27 March” or “early March”."))
    if field.kind is FieldKind.FILES:
        said.append(say("Send it with this form."))
    if field.kind is FieldKind.CHECKLIST:
        said.append(say("Tick all that are right."))
    return " ".join(each for each in said if each)


def _contact(contact: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, label in (
        ("address", say("By post")),
        ("email", say("By email")),
        ("phone", say("Questions, or help with the form")),
    ):
        if contact.get(key):
            yield label, contact[key]


def _framed() -> Any:
    frame = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "505A5F")):
            edge.set(qn(f"w:{name}"), value)
        frame.append(edge)
    return frame


def _fill(cell: _Cell, question: str, hint: str) -> None:
    cell.paragraphs[0].add_run(plain(question)).bold = True
    if hint:
        cell.add_paragraph(plain(hint))


def _tick(paragraph: Paragraph, label: str) -> None:
    """A box that can be ticked on a screen and on paper, and what it stands for."""
    box, properties, content = _control(label)
    ticked = properties.makeelement(f"{{{_W14}}}checkbox", nsmap={"w14": _W14})
    for name, value in (("checked", {"val": "0"}), ("checkedState", {"val": "2612", "font": "MS Gothic"}),
                        ("uncheckedState", {"val": "2610", "font": "MS Gothic"})):  # fmt: skip
        part = ticked.makeelement(f"{{{_W14}}}{name}")
        for key, said in value.items():
            part.set(f"{{{_W14}}}{key}", said)
        ticked.append(part)
    properties.append(ticked)
    content.append(_run("☐"))
    paragraph._p.append(box)
    paragraph.add_run(f" {plain(label)}")


def _write_here(paragraph: Paragraph, field: Field) -> None:
    """A place to write that a screen reader calls by its question, as high as the answer is long."""
    place, properties, content = _control(field.name)
    text = OxmlElement("w:text")
    text.set(qn("w:multiLine"), "1")
    properties.append(text)
    run = _run(" ")
    for _ in range(_ROOM.get(field.kind, _ONE_LINE) - 1):
        run.append(OxmlElement("w:br"))
    content.append(run)
    paragraph._p.append(place)


def _control(name: str) -> tuple[Any, Any, Any]:
    """A content control called `name`: the whole, its properties, and what stands in it."""
    control, properties, content = (OxmlElement(f"w:{part}") for part in ("sdt", "sdtPr", "sdtContent"))
    alias = OxmlElement("w:alias")
    alias.set(qn("w:val"), plain(name)[:64])
    properties.append(alias)
    control.append(properties)
    control.append(content)
    return control, properties, content


def _run(text: str) -> Any:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run
