"""Reading a DMN file: what stands in it, what requires what, and everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from dataclasses import replace

from lxml import etree

from engine.dmn.cells import cells
from engine.dmn.definitions import Definitions
from engine.dmn.elements import attribute, child, children, kind, type_of
from engine.dmn.free_names import free_calls, free_names
from engine.dmn.logic_reader import LogicReader
from engine.dmn.model import Decision, InputData, KnowledgeModel, Logic
from engine.dmn.problems import Problems
from engine.dmn.requirements import check_circles, in_order, required
from engine.dmn.services import ServiceReader
from engine.dmn.types import TypeTable
from engine.errors import DmnError, XmlRefusedError
from engine.feel import Call
from engine.problems import Severity
from engine.xml import read_xml


def load(data: bytes, *, name: str = "decision table") -> Definitions:
    """The decisions in a DMN file (1.1 to 1.5), as Camunda Modeler, dmn-js and other tools save them.

    `name` is what the reader calls the file. Raises DmnError where nothing can be read: no XML, or no DMN. Everything
    else that is wrong is in `Definitions.problems`, and only the decisions concerned are refused.
    """
    try:
        root = read_xml(data, name=name)
    except XmlRefusedError as error:
        raise DmnError(str(error)) from None
    _require_dmn(root, name)
    return _DefinitionsReader(root, name).read(hashlib.sha256(data).hexdigest())


def _require_dmn(root: etree._Element, name: str) -> None:
    tag = etree.QName(root)
    if kind(root) == "definitions":
        return
    if tag.localname == "definitions" and "DMN" in (tag.namespace or ""):
        raise DmnError(
            f"{name} is saved in a version of DMN that is not read ({tag.namespace}); 1.1 to 1.5 are. "
            "Save it again as one of these."
        )
    raise DmnError(f"{name} holds no DMN decisions: its outermost element is “{tag.localname}”.")


class _DefinitionsReader:
    def __init__(self, root: etree._Element, name: str) -> None:
        self._root = root
        self._name = name
        self._problems = Problems()
        self._types = TypeTable(self._problems)
        self._inputs: dict[str, InputData] = {}
        self._decision_names: frozenset[str] = frozenset()
        self._model_names: frozenset[str] = frozenset()
        self._common_names: frozenset[str] = frozenset()
        self._callable: dict[str, etree._Element] = {}
        self._elements: dict[str, dict[str, etree._Element]] = {
            kind_: {} for kind_ in ("decision", "businessKnowledgeModel", "decisionService")
        }

    def read(self, digest: str) -> Definitions:
        self._check_file()
        self._types.read(self._root)
        for element in children(self._root, "inputData"):
            self._read_input(element)
        for kind_, found in self._elements.items():
            for element in children(self._root, kind_):
                found.setdefault(_id_of(element), element)
        self._decision_names = frozenset(one for i in self._elements["decision"] for one in self._known_as(i))
        self._callable = {**self._elements["businessKnowledgeModel"], **self._elements["decisionService"]}
        self._model_names = frozenset(map(self._variable, self._callable.values()))
        self._common_names = self._names_with_signs()
        models = {model_id: self._knowledge_model(model_id) for model_id in self._elements["businessKnowledgeModel"]}
        reader = ServiceReader(self._elements["decision"], self._inputs, self._types, self._problems)
        services = {
            i: reader.read(element, i, self._variable(element))
            for i, element in self._elements["decisionService"].items()
        }
        decisions = self._with_all_names({i: self._decision(i) for i in self._elements["decision"]})
        check_circles(decisions, models, services, self._problems)
        self._check_unique_names(decisions)
        return Definitions(
            name=self._name,
            digest=digest,
            inputs=self._inputs,
            decisions=decisions,
            knowledge_models=models,
            services=services,
            problems=self._problems.found,
            types=self._types,
        )

    def _check_file(self) -> None:
        language = attribute(self._root, "expressionLanguage")
        if language and "feel" not in language.lower():
            self._problems.add(
                f"{self._name} is written in “{language}”. Only FEEL is run; choose FEEL as its language.",
                element_id=attribute(self._root, "id"),
            )
        for element in children(self._root, "import"):
            self._problems.add(
                f"{self._name} imports “{attribute(element, 'namespace')}”. Imports are not read; "
                "copy what is needed into this file.",
                element_id=attribute(element, "id"),
            )
        seen: set[str] = set()
        for element in self._root.iter():
            element_id = attribute(element, "id")
            if kind(element) is None or not element_id:
                continue
            if element_id in seen:
                self._problems.add(
                    f"The id “{element_id}” is given twice. Give one of the two elements another id.",
                    element_id=element_id,
                    element_name=attribute(element, "name") or attribute(element, "label"),
                )
            seen.add(element_id)
        if not any(True for _ in children(self._root, "decision")):
            self._problems.add(f"{self._name} holds no decision. Draw one.", element_id=attribute(self._root, "id"))

    def _read_input(self, element: etree._Element) -> None:
        variable = child(element, "variable")
        name = (attribute(variable, "name") if variable is not None else "") or attribute(element, "name")
        type_name = None if variable is None else self._types.known(type_of(variable), variable, f"“{name}”")
        element_id = _id_of(element)
        self._inputs.setdefault(element_id, InputData(element_id=element_id, name=name, type_name=type_name))

    def _knowledge_model(self, model_id: str) -> KnowledgeModel:
        element = self._elements["businessKnowledgeModel"][model_id]
        name = self._variable(element)
        with self._problems.concerning(model_id):
            knowledge = self._required(element, "requiredKnowledge", self._callable, name)
            # a model may call itself
            callable_ = frozenset({name, *(self._variable(self._callable[i]) for i in knowledge)})
            logic = child(element, "encapsulatedLogic")
            function = None
            if logic is None:
                self._problems.add(
                    f"“{name}” holds no logic. Write an expression or a decision table in it.",
                    element_id=model_id,
                    element_name=name,
                )
            else:
                reader = LogicReader(self._types, self._problems)
                function = reader.function(logic, name, callable_ | self._common_names)
            variable = child(element, "variable")
            type_name = None if variable is None else self._types.known(type_of(variable), variable, f"“{name}”")
            unknown = frozenset() if function is None else free_names(function) - callable_
            if unknown:
                listed = ", ".join(f"“{one}”" for one in sorted(unknown))
                self._problems.add(
                    f"“{name}” reads {listed}, which is none of its parameters. Add a parameter for it.",
                    element_id=model_id,
                    element_name=name,
                )
        return KnowledgeModel(
            element_id=model_id,
            name=name,
            function=function,
            type_name=self._types.given_by(type_name),
            requires_knowledge=knowledge,
            calls=() if function is None else _calls(function),
            calls_outside=frozenset() if function is None else free_calls(function) - callable_,
        )

    def _decision(self, decision_id: str) -> Decision:
        element = self._elements["decision"][decision_id]
        name = attribute(element, "name") or decision_id
        with self._problems.concerning(decision_id):
            inputs = self._required(element, "requiredInput", self._inputs, name)
            decisions = self._required(element, "requiredDecision", self._elements["decision"], name)
            knowledge = self._required(element, "requiredKnowledge", self._callable, name)
            given: set[str] = {self._variable(self._callable[i]) for i in knowledge}
            for other_id in decisions:
                given |= self._known_as(other_id)
            logic = LogicReader(self._types, self._problems).inside(element, name, self._common_names | given)
            variable = child(element, "variable")
            type_name = None if variable is None else self._types.known(type_of(variable), variable, f"“{name}”")
            if logic is not None:
                self._check_arrows(decision_id, name, logic, given)
        return Decision(
            element_id=decision_id,
            name=name,
            variable=self._variable(element),
            type_name=type_name,
            logic=logic,
            requires_inputs=tuple(self._inputs[i].name for i in inputs),
            requires_decisions=decisions,
            requires_knowledge=knowledge,
            names=frozenset() if logic is None else free_names(logic) - given,
            calls=() if logic is None else _calls(logic),
            calls_outside=frozenset() if logic is None else free_calls(logic) - given - self._told_names,
        )

    @property
    def _told_names(self) -> frozenset[str]:
        """Names of the input data, which may be functions too."""
        return frozenset(data.name for data in self._inputs.values())

    def _check_arrows(self, decision_id: str, name: str, logic: Logic, given: set[str]) -> None:
        """What stands in the file under a name that is read, and is not drawn into the decision, is not seen by it."""
        told = self._told_names
        own = self._known_as(decision_id)
        missing = [("decision", one) for one in sorted((free_names(logic) & self._decision_names) - given - told - own)]
        called = {call.function for call in _calls(logic)}
        missing += [("knowledge model", one) for one in sorted((called & self._model_names) - given)]
        for words, one in missing:
            self._problems.add(
                f"“{name}” uses “{one}”, and no arrow leads to it from the {words} of that name. Draw the arrow.",
                element_id=decision_id,
                element_name=name,
                severity=Severity.WARNING,
            )

    def _required(self, element: etree._Element, reference: str, known: Container[str], name: str) -> tuple[str, ...]:
        return required(element, reference, known, name, self._problems)

    def _variable(self, element: etree._Element) -> str:
        variable = child(element, "variable")
        written = "" if variable is None else attribute(variable, "name")
        return written or attribute(element, "name") or attribute(element, "id")

    def _known_as(self, decision_id: str) -> set[str]:
        """What the decisions that require this one may call it: the standard says the variable, modellers use all."""
        element = self._elements["decision"][decision_id]
        return {self._variable(element), attribute(element, "name"), decision_id} - {""}

    def _names_with_signs(self) -> frozenset[str]:
        """Names with blanks or signs that every expression may speak of: of input data, components, output columns.

        An output column's name stands behind a dot where one decision reads another's result. Plain words are left
        out: reading an expression does not depend on them.
        """
        found = {data.name for data in self._inputs.values()} | self._types.component_names
        for table in self._root.iter("{*}decisionTable"):
            found |= {attribute(output, "name") for output in children(table, "output")}
        return frozenset(name for name in found if name and not name.isidentifier())

    def _with_all_names(self, decisions: Mapping[str, Decision]) -> dict[str, Decision]:
        """Each decision with the names that it and those it requires read from outside."""
        requires = {decision.element_id: decision.requires_decisions for decision in decisions.values()}
        complete: dict[str, Decision] = {}
        for decision_id in in_order(decisions, requires):
            decision = decisions[decision_id]
            names = decision.names.union(*(complete[i].names for i in decision.requires_decisions if i in complete))
            complete[decision_id] = replace(decision, names=names)
        return {decision_id: complete[decision_id] for decision_id in decisions}

    def _check_unique_names(self, decisions: Mapping[str, Decision]) -> None:
        seen: dict[str, str] = {}
        for decision in decisions.values():
            if decision.name in seen:
                self._problems.add(
                    f"Two decisions are named “{decision.name}”. Rename one.",
                    element_id=decision.element_id,
                    element_name=decision.name,
                )
            seen[decision.name] = decision.element_id


def _calls(logic: Logic) -> tuple[Call, ...]:
    return tuple(call for cell in cells(logic) for call in cell.parsed.calls)


def _id_of(element: etree._Element) -> str:
    """The standard lets the id of an element be left out; its name then stands for it."""
    return attribute(element, "id") or attribute(element, "name")
