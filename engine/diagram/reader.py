"""Reads a .bpmn file of any tool into a `Diagram`. What is not in the dialect is kept as an oddity, never refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from engine.diagram.allow_list import ARTIFACTS, DATA, DEFINITIONS
from engine.diagram.connections import connect, judge_associations, read_lanes
from engine.diagram.events import Referenced, read_referenced
from engine.diagram.extensions import read_properties
from engine.diagram.interchange import read_interchange
from engine.diagram.levels import ProcessParts, documentation_of, read_artifact, read_association, read_level
from engine.diagram.model import Annotation, Association, Diagram, Element, Participant, Process
from engine.diagram.names import BPMN, attribute, bpmn_children, fold, is_bpmn, line_of, split, tag_of
from engine.diagram.oddities import DANGLING, DUPLICATE_ID, OddityBook, owner_of
from engine.diagram.strays import note_strays
from engine.errors import DiagramError, XmlRefusedError
from engine.xml import read_xml


def read_diagram(data: bytes, *, file: str) -> Diagram:
    """The diagram in `data`; `file` is its name, for sentences.

    Raises DiagramError where it is no BPMN 2.0 at all: no XML, refused XML, or XML of another kind.
    """
    try:
        root = read_xml(data, name=file)
    except XmlRefusedError as error:
        raise DiagramError(str(error)) from None
    if str(root.tag) != f"{{{BPMN}}}definitions":
        raise DiagramError(
            f"{file} is XML, but no BPMN 2.0 diagram: it begins with <{split(str(root.tag))[1]}>. "
            "Save it from the modeller as BPMN."
        )
    return _Reader(root, file).read()


class _Reader:
    def __init__(self, root: etree._Element, file: str) -> None:
        self._root = root
        self._file = file
        self._book = OddityBook()
        self._annotations: list[Annotation] = []
        self._associations: list[Association] = []

    def read(self) -> Diagram:
        duplicates = self._duplicate_ids()
        self._note_top()
        referenced = read_referenced(self._root, self._book)
        processes = self._read_processes(referenced)
        participants = self._read_collaborations(processes)
        shapes, edges = read_interchange(self._root, self._book)
        tags = {str(node.get("id")): tag_of(node) for node in self._root.iter() if is_bpmn(node) and node.get("id")}
        data_ids = frozenset(a.id for a in self._annotations if a.tag in DATA)
        judge_associations(self._associations, data_ids, tags, self._book)
        exporter = f"{self._root.get('exporter') or ''} {self._root.get('exporterVersion') or ''}"
        return Diagram(
            file=self._file,
            processes=processes,
            participants=participants,
            annotations=tuple(self._annotations),
            associations=tuple(self._associations),
            shapes=shapes,
            edges=edges,
            oddities=self._book.all(),
            duplicate_ids=duplicates,
            exporter=fold(exporter),
        )

    def _duplicate_ids(self) -> tuple[str, ...]:
        nodes = [node for node in self._root.iter() if is_bpmn(node) and attribute(node, "id")]
        counts = Counter(attribute(node, "id") for node in nodes)
        twice = dict.fromkeys(id for id, count in counts.items() if id is not None and count > 1)
        for node in nodes:
            if attribute(node, "id") in twice:
                self._book.add(owner_of(node, process_id=None), DUPLICATE_ID, tag_of(node))
        return tuple(twice)

    def _note_top(self) -> None:
        for node in self._root:
            if is_bpmn(node) and tag_of(node) not in DEFINITIONS:
                self._book.add(owner_of(node, process_id=None), tag_of(node))

    def _read_processes(self, referenced: Mapping[str, Referenced]) -> dict[str, Process]:
        levels: dict[str, tuple[etree._Element, ProcessParts]] = {}
        for node in bpmn_children(self._root, "process"):
            process_id = attribute(node, "id") or f"without-id-in-line-{line_of(node)}"
            level = ProcessParts(process_id=process_id)
            note_strays(node, owner_of(node, process_id=process_id), self._book)
            read_level(node, level, referenced, self._book)
            levels.setdefault(process_id, (node, level))
        everything: dict[str, Element] = {}
        for _, level in levels.values():
            everything.update(level.elements)
        processes: dict[str, Process] = {}
        for process_id, (node, level) in levels.items():
            lanes = read_lanes(node, process_id)
            owner = owner_of(node, process_id=process_id)
            processes[process_id] = Process(
                id=process_id,
                name=owner.name,
                is_executable=attribute(node, "isExecutable") == "true",
                elements=connect(level, lanes, everything, self._book),
                flows=level.flows,
                lanes=lanes,
                properties=read_properties(node, owner, self._book, harmless=frozenset({"versionTag"})),
                documentation=documentation_of(node),
                line=owner.line,
            )
            self._annotations.extend(level.annotations)
            self._associations.extend(level.associations)
        return processes

    def _read_collaborations(self, processes: Mapping[str, Process]) -> tuple[Participant, ...]:
        participants: list[Participant] = []
        for collaboration in bpmn_children(self._root, "collaboration"):
            note_strays(collaboration, owner_of(collaboration, process_id=None), self._book)
            for node in collaboration:
                if not is_bpmn(node):
                    continue
                if tag_of(node) == "participant":
                    participants.append(self._read_participant(node, processes))
                elif tag_of(node) in ("messageFlow", "association"):
                    self._associations.append(read_association(node))
                elif tag_of(node) in ARTIFACTS:
                    self._annotations.append(read_artifact(node, process_id=None))
        return tuple(participants)

    def _read_participant(self, node: etree._Element, processes: Mapping[str, Process]) -> Participant:
        owner = owner_of(node, process_id=None)
        note_strays(node, owner, self._book)
        process_id = (attribute(node, "processRef") or "").rpartition(":")[2] or None
        if process_id is not None and process_id not in processes:
            self._book.add(owner, DANGLING, f"processRef {process_id}")
            process_id = None
        return Participant(id=owner.id, name=owner.name, process_id=process_id)
