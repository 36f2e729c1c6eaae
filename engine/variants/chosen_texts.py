"""The texts that a decision table can choose, where a diagram reads its result."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.diagram import Process
from engine.dmn import Definitions

#: A cell that holds one text.
_TEXT = re.compile(r'"[^"\\]+"')


def chosen_texts(source: str, process: Process, decisions: Mapping[str, Definitions]) -> tuple[str, ...]:
    """What a table can give as `=result` or `=result.column`, each once; nothing where it is not so simple.

    `decisions` gives the file of decisions that holds each decision, by id.
    """
    variable, _, column = source.removeprefix("=").strip().partition(".")
    for element in process.elements.values():
        definitions = decisions.get(element.decision_id or "")
        if not source.startswith("=") or element.result_variable != variable or definitions is None:
            continue
        table = definitions.decisions[element.decision_id or ""].table
        outputs = table.outputs if table is not None else ()
        position = next((n for n, output in enumerate(outputs) if output.name == column or len(outputs) == 1), None)
        if table is None or position is None:
            return ()
        cells = [rule.output_entries[position].text.strip() for rule in table.rules]
        if all(_TEXT.fullmatch(cell) for cell in cells):
            return tuple(dict.fromkeys(cell[1:-1] for cell in cells))
    return ()
