"""Functions of contexts (DMN 1.5, 10.3.4.11)."""

from __future__ import annotations

from typing import Any

from engine.feel.builtins.signature import ANY, CONTEXT, LIST, STRING, Builtin, form, forms, one_form, parameter
from engine.feel.run import Run

_M = parameter("m", CONTEXT)
_CONTEXT = parameter("context", CONTEXT)
_VALUE = parameter("value", ANY)


def _get_value(_run: Run, context: dict[str, Any], key: str) -> Any:
    return context.get(key)


def _get_value_along(_run: Run, context: dict[str, Any], keys: list[Any]) -> Any:
    value: Any = context
    for key in keys:
        if type(value) is not dict or type(key) is not str:
            return None
        value = value.get(key)
    return value


def _get_entries(run: Run, context: dict[str, Any]) -> list[dict[str, Any]]:
    run.hold(3 * len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(run: Run, entries: list[Any]) -> dict[str, Any] | None:
    run.hold(len(entries))
    made: dict[str, Any] = {}
    for entry in entries:
        if type(entry) is not dict or type(entry.get("key")) is not str or "value" not in entry:
            run.warn("'context' takes a list of contexts, each with a key and a value.")
            return None
        if entry["key"] in made:
            run.warn(f"'context' was given the key '{entry['key'][:60]}' twice.")
            return None
        made[entry["key"]] = entry["value"]
    return made


def _put(run: Run, context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    run.hold(len(context) + 1)
    return {**context, key: value}


def _put_along(run: Run, context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any] | None:
    if not keys or any(type(key) is not str for key in keys):
        return None
    contexts = [context]
    for key in keys[:-1]:
        inner = contexts[-1].get(key, {})
        if type(inner) is not dict:
            return None
        contexts.append(inner)
    made = value
    for holder, key in zip(reversed(contexts), reversed(keys), strict=True):
        made = _put(run, holder, key, made)
    return made  # type: ignore[no-any-return]  # `keys` is not empty, so the last one made is a context


def _merge(run: Run, contexts: list[Any]) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    for context in contexts:
        if type(context) is not dict:
            return None
        run.hold(len(context))
        made.update(context)
    return made


CONTEXT_FUNCTIONS: tuple[Builtin, ...] = (
    forms(
        "get value",
        form(_get_value, _M, parameter("key", STRING), gives=ANY),
        form(_get_value_along, _M, parameter("keys", LIST), gives=ANY),
        form(_get_value, _CONTEXT, parameter("key", STRING), gives=ANY),
    ),
    one_form("get entries", _get_entries, _M, gives=LIST),
    one_form("context", _context, parameter("entries", LIST), gives=CONTEXT),
    forms(
        "context put",
        form(_put, _CONTEXT, parameter("key", STRING), _VALUE, gives=CONTEXT),
        form(_put_along, _CONTEXT, parameter("keys", LIST), _VALUE, gives=CONTEXT),
    ),
    one_form("context merge", _merge, parameter("contexts", LIST), gives=CONTEXT),
)
