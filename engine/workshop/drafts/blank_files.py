"""What a new file of a draft begins with: as a modeller makes an empty diagram, table or form, and the lines that a
letter needs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from xml.sax.saxutils import quoteattr

from engine.errors import BadInputError
from engine.variants import misplaced
from engine.workshop.drafts.file_kinds import FileKind, kind_of

_MODELER = (
    'xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Cloud" '
    'modeler:executionPlatformVersion="8.7.0"'
)


def blank_file(file: str) -> bytes:
    """The content of a new file of this name. Raises BadInputError for what is no file of a policy."""
    kind = kind_of(file)
    if kind is None or kind not in _BLANK:
        place = misplaced(file) or "Name it as letters/….md, forms/….form, ….bpmn, ….dmn or scenarios/….toml."
        raise BadInputError(f"“{file[:100]}” cannot be begun here. {place}")
    stem = PurePosixPath(file).stem
    return _BLANK[kind](re.sub(r"\W", "_", stem, flags=re.ASCII), stem.replace("_", " ").capitalize()).encode()


def _diagram(identity: str, title: str) -> str:
    name = quoteattr(title)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" {_MODELER} id="definitions_{identity}" \
targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="{identity}" name={name} isExecutable="true">
    <bpmn:startEvent id="{identity}_begins" name="It begins" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram_{identity}">
    <bpmndi:BPMNPlane id="plane_{identity}" bpmnElement="{identity}">
      <bpmndi:BPMNShape id="{identity}_begins_di" bpmnElement="{identity}_begins">
        <dc:Bounds x="180" y="100" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="176" y="143" width="44" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""


def _table(identity: str, title: str) -> str:
    name = quoteattr(title)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" \
{_MODELER} id="{identity}_definitions" name={name} namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="{identity}" name={name}>
    <variable id="{identity}_variable" name="{identity}" />
    <decisionTable id="{identity}_table" hitPolicy="UNIQUE">
      <input id="{identity}_input_1" label="">
        <inputExpression id="{identity}_expression_1" typeRef="string">
          <text></text>
        </inputExpression>
      </input>
      <output id="{identity}_output_1" label="" name="{identity}" typeRef="string" />
      <annotation name="Clause" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="{identity}_diagram">
      <dmndi:DMNShape id="{identity}_di" dmnElementRef="{identity}">
        <dc:Bounds height="80" width="180" x="160" y="80" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""


def _form(identity: str, _title: str) -> str:
    form = {
        "components": [], "type": "default", "id": identity, "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.7.0", "schemaVersion": 19,
    }  # fmt: skip
    return json.dumps(form, indent=2) + "\n"


def _letter(identity: str, title: str) -> str:
    return f'+++\nid = "{identity}"\ntitle = {json.dumps(title)}\nto = ["applicant"]\nclauses = []\n+++\nDear ((to))\n'


def _page(_identity: str, title: str) -> str:
    return f"# {title}\n"


def _nothing(_identity: str, _title: str) -> str:
    return ""


_BLANK: Mapping[FileKind, Callable[[str, str], str]] = {
    FileKind.DIAGRAM: _diagram,
    FileKind.TABLE: _table,
    FileKind.FORM: _form,
    FileKind.LETTER: _letter,
    FileKind.PAGE: _page,
    FileKind.CLAUSES: _nothing,
    FileKind.EXAMPLE: _nothing,
}
