"""The code of invocations and of function literals (DMN 1.5, 10.3.2.12 and 10.3.2.13)."""

from __future__ import annotations

from typing import Any

from engine.errors import FeelError
from engine.feel import syntax
from engine.feel.builtins import BUILTIN_FUNCTIONS
from engine.feel.builtins.signature import Builtin
from engine.feel.compiler import Code, Compiler, StaticScope
from engine.feel.run import MAX_CALLS, Frame, Run
from engine.feel.syntax import TypeOf
from engine.feel.types import fitted, type_of
from engine.feel.values import FeelFunction, kind_of


def compile_invocation(compiler: Compiler, node: syntax.Invocation, scope: StaticScope) -> Code:
    """A call: of a bound name, of the host's function, of a built-in one, else of what the scope holds."""
    arguments = [compiler.compile(argument, scope) for argument in node.arguments]
    compiler.weight += 4
    names = node.names
    function = node.function
    dynamic = _call_value(compiler.compile(function, scope), function, arguments, names)
    if not isinstance(function, syntax.Name):
        return dynamic
    name = function.name
    builtin = BUILTIN_FUNCTIONS.get(name)
    fixed = dynamic if builtin is None else _call_builtin(builtin, arguments, names)
    host_call = _call_host(name, arguments, names)
    if scope.is_local(name):
        return _call_bound_or(name, dynamic, fixed, host_call, node.position)
    position = node.position

    def call(run: Run, frame: Frame | None) -> Any:
        try:
            return (host_call if name in run.functions else fixed)(run, frame)
        except FeelError as error:
            raise run.place(error, position) from error.__cause__

    return call


def _call_host(name: str, arguments: list[Code], names: tuple[str, ...] | None) -> Code:
    def call(run: Run, frame: Frame | None) -> Any:
        values = [argument(run, frame) for argument in arguments]
        host = run.functions[name]
        if names is None:
            return run.host(name, host, values, {})
        return run.host(name, host, [], dict(zip(names, values, strict=True)))

    return call


def _call_bound_or(name: str, dynamic: Code, fixed: Code, host_call: Code, position: int) -> Code:
    """The call of a name that may be bound here to a function, to something else, or (in a filter) not at all."""

    def chosen(run: Run, frame: Frame | None) -> Code:
        while frame is not None:
            if name in frame.values:
                return dynamic if type(frame.values[name]) is FeelFunction else fixed
            frame = frame.parent
        return host_call if name in run.functions else fixed

    def call(run: Run, frame: Frame | None) -> Any:
        try:
            return chosen(run, frame)(run, frame)
        except FeelError as error:
            raise run.place(error, position) from error.__cause__

    return call


def _call_builtin(builtin: Builtin, arguments: list[Code], names: tuple[str, ...] | None) -> Code:
    if not arguments and names is None:
        return lambda run, _: builtin.call(run, [])
    if names is not None:
        named = names
        return lambda run, frame: builtin.call_named(
            run, dict(zip(named, [argument(run, frame) for argument in arguments], strict=True))
        )
    if len(arguments) == 1:
        only = arguments[0]
        return lambda run, frame: builtin.call(run, [only(run, frame)])
    return lambda run, frame: builtin.call(run, [argument(run, frame) for argument in arguments])


def _call_value(function: Code, node: syntax.Node, arguments: list[Code], names: tuple[str, ...] | None) -> Code:
    called = f"'{node.name}'" if isinstance(node, syntax.Name) else "This"

    def call(run: Run, frame: Frame | None) -> Any:
        callee = function(run, frame)
        values = [argument(run, frame) for argument in arguments]
        if type(callee) is not FeelFunction:
            if callee is not None:
                run.warn(f"{called} is a {kind_of(callee)} and no function.")
            return None
        if names is not None:
            ordered = _in_order(run, callee, dict(zip(names, values, strict=True)))
            if ordered is None:
                return None
            values = ordered
        return callee.invoke(run, values)

    return call


def _in_order(run: Run, function: FeelFunction, named: dict[str, Any]) -> list[Any] | None:
    if function.parameters is None or set(named) != set(function.parameters):
        run.warn(f"The function '{function.name}' has no parameters of these names: {', '.join(named)}.")
        return None
    return [named[parameter] for parameter in function.parameters]


def compile_function(compiler: Compiler, node: syntax.FunctionOf, scope: StaticScope) -> Code:
    """A function literal: it sees what is bound around it."""
    names = tuple(name for name, _ in node.parameters)
    # the place of each parameter that has a type, with it, and the kind of value that needs no second look
    typed = [
        (place, type_, type_.name if type_.own is None and type_ == TypeOf(name=type_.name) else None)
        for place, (_, type_) in enumerate(node.parameters)
        if type_ is not None
    ]
    body, weight = compiler.measured(node.body, scope.with_names(*names))

    function_type = type_of(node)

    def make(maker: Run, frame: Frame | None) -> FeelFunction:
        home = maker.home()

        def invoke(run: Run, arguments: list[Any]) -> Any:
            if len(arguments) != len(names):
                run.warn(f"A function of {len(names)} parameters was called with {len(arguments)}.")
                return None
            for place, type_, kind in typed:
                given = arguments[place]
                if given is None or kind_of(given) == kind:
                    continue
                value = fitted(run, given, type_)
                if value is None:
                    return None  # a call with an argument that does not conform has no value
                if value is not given:
                    arguments = [*arguments[:place], value, *arguments[place + 1 :]]
            run.calls += 1
            if run.calls > MAX_CALLS:
                run.limit(f"Functions call each other more than {MAX_CALLS} deep here.", node.position)
            run.spend(weight)
            inner = Frame(dict(zip(names, arguments, strict=True)), frame)
            # what the body reads outside of itself is what stood there when the function was made
            value = body(run, inner) if run.home() is home else run.at_home(home, body, inner)
            run.calls -= 1
            return value

        return FeelFunction(name="function", parameters=names, invoke=invoke, type=function_type)

    return make
