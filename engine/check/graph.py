"""Ways through a graph that is given as “what follows what”, in time that grows with its size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def closure(seeds: Iterable[str], following: Mapping[str, Sequence[str]]) -> set[str]:
    """Everything that can be reached from `seeds`, these included."""
    found: set[str] = set()
    todo = list(seeds)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo.extend(following.get(name, ()))
    return found


def circles(names: Iterable[str], following: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The sets of names each of which can be reached from each other, or from itself (Tarjan's strong components).

    A name alone that does not lead back to itself is a set of one. Each set comes after those that it leads to.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_names: dict[str, None] = {}
    found: list[list[str]] = []
    for start in names:
        if start in order:
            continue
        order[start] = lowest[start] = len(order)
        open_names[start] = None
        path = [(start, iter(following.get(start, ())))]
        while path:
            name, rest = path[-1]
            for following_name in rest:
                if following_name not in order:
                    order[following_name] = lowest[following_name] = len(order)
                    open_names[following_name] = None
                    path.append((following_name, iter(following.get(following_name, ()))))
                    break
                if following_name in open_names:
                    lowest[name] = min(lowest[name], order[following_name])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[name])
                if lowest[name] == order[name]:
                    found.append(_close(name, open_names))
    return found


def _close(name: str, open_names: dict[str, None]) -> list[str]:
    circle: list[str] = []
    while not circle or circle[-1] != name:
        circle.append(open_names.popitem()[0])
    return circle


def leads_back(circle: Sequence[str], following: Mapping[str, Sequence[str]]) -> bool:
    """Whether a set found by `circles` is more than a name alone that does not lead to itself."""
    return len(circle) > 1 or circle[0] in following.get(circle[0], ())
