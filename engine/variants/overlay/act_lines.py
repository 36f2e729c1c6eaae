"""What of the Act stays as a base gives it: its clauses, floors, what is owed and published by it, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.variants.folder import POLICY_FILE
from engine.variants.overlay.sheet import Sheet
from engine.variants.policy import clause_tables, is_of_the_act, without_clauses

_WHOLE = ("floors", "owed", "published")
_FIGURES, _CLAUSES = "figures", "clauses"


def keep_the_acts(sheet: Sheet, before: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Lay a folder's floors, figures and what is owed over those of its base, which `before` holds; the sheet says
    which it cannot change."""
    for key in (*_WHOLE, _FIGURES):
        base, own = before.get(key), settings.get(key, {})
        if not isinstance(base, Mapping):
            continue
        if not isinstance(own, Mapping):
            sheet.complain(f"[{key}]", f"This is no table, so that the base's {key} hold. Write each as [{key}.name].")
            sheet.settings[key] = base
            continue
        lay = _figure if key == _FIGURES else _line
        sheet.settings[key] = {
            **base,
            **{name: lay(sheet, key, name, base.get(name), told) for name, told in own.items()},
        }


def own_clauses(sheet: Sheet, clauses: Mapping[str, Any]) -> Mapping[str, Any]:
    """The clauses of a folder without those of the Act that are inherited: the sheet names each that says otherwise."""
    acts = {clause: table for clause, table in clause_tables(sheet.clauses) if is_of_the_act(clause)}
    own = [(clause, table) for clause, table in clause_tables(clauses) if clause in acts]
    for clause, table in own:
        if table != acts[clause]:
            sheet.complain(
                clause,
                f"{clause} is the Act's, and no council can say it in other words. Take it out of the folder; the "
                "base's holds. How the council carries it out is a clause of its own.",
                POLICY_FILE,
            )
    return without_clauses(clauses, {clause for clause, _ in own})


def _line(sheet: Sheet, key: str, name: str, held: Any, told: Any) -> Any:
    """A floor, or something owed or published: the base's, where that is of the Act."""
    if not isinstance(held, Mapping) or not is_of_the_act(held.get("clause")):
        return told
    sheet.complain(
        f'[{key}."{name[:60]}"]',
        f"This is of the Act ({held['clause']}), and no council can change it. Take it out of the folder; the base's "
        "holds.",
    )
    return held


def _figure(sheet: Sheet, key: str, name: str, held: Any, told: Any) -> Any:
    """A figure as both say it: how it is counted is each council's, and that the Act asks for it is not."""
    if not isinstance(held, Mapping):
        return told
    acts = [clause for clause in _listed(held) if is_of_the_act(clause)]
    if not acts or isinstance(told, Mapping):
        both = {**held, **told} if isinstance(told, Mapping) else told
        return {**both, _CLAUSES: list(dict.fromkeys([*acts, *_listed(both)]))} if acts else both
    sheet.complain(
        f"[{key}.{name[:60]}]",
        f"The Act asks for this figure ({acts[0]}). Write what you count otherwise below [{key}.{name[:60]}], or take "
        "it out; the base's holds.",
    )
    return held


def _listed(figure: Mapping[str, Any]) -> list[str]:
    clauses = figure.get(_CLAUSES)
    return [each for each in clauses if isinstance(each, str)] if isinstance(clauses, list) else []
