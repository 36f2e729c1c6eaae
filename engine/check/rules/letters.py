"""Every letter that is sent is there, and each of its placeholders is known where it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.named_facts import lacking_fact
from engine.check.policy import Policy, quoted
from engine.check.readable_names import KnownNames
from engine.check.rule import Rule
from engine.check.suggestions import meant, nearest
from engine.diagram import Element, Process
from engine.handler import Handler, LetterName
from engine.letters import Letter, prints_of
from engine.problems import Problem, Thing, ThingKind
from engine.variants import chosen_texts


def look(policy: Policy) -> Iterator[Problem]:
    letters = policy.variant.letters
    handlers = {handler.name: handler for handler in policy.known_handlers or ()}
    known = policy.known
    nowhere = {letter.id: _known_nowhere(letter, policy) for letter in letters.values()}
    used: set[str] = set()
    computed = False
    for element, process, place in policy.elements():
        for source in _letters_named(element, process, policy, handlers):
            if source.startswith("="):
                computed = True
                continue
            used.add(source)
            letter = letters.get(source)
            if letter is None:
                hint = meant(source, list(letters))
                sentence = f"{quoted(element)} sends the letter “{source}”, which is not in letters/. {hint}"
                yield error(place, sentence, lacks=Thing(kind=ThingKind.LETTER, name=source))
            else:
                if not letter.roles and not any(mapping.target == "to" for mapping in element.inputs):
                    yield error(
                        place,
                        f"{quoted(element)} sends the letter {letter.id}, and nothing says to whom. Add an input"
                        ' mapping “to”, or let the letter say which people of the case it is for: to = ["applicant"].',
                    )
                for path in _unknown(letter, element, process, known) if not nowhere[letter.id] else ():
                    yield error(
                        place,
                        f"{quoted(element)} sends the letter {letter.id}, and nothing gives its placeholder (({path}))."
                        " Add an input mapping of this name, or correct the letter.",
                        lacks=lacking_fact(path),
                    )
    for letter in letters.values():
        yield from problems_in(letter, letter.file)
        yield from _lost(letter, nowhere[letter.id], policy)
        if policy.processes and handlers and not computed and letter.id not in used:
            yield warning(
                Place(file=letter.file, element_id=letter.id, element_name=letter.title),
                f"No diagram sends the letter “{letter.id}”. Draw where it is sent, or delete it.",
            )


def problems_in(letter: Letter, file: str) -> list[Problem]:
    """What is wrong in a letter by itself."""
    return [
        error(Place(file=file, element_id=letter.id, element_name=letter.title), sentence)
        for sentence in letter.problems
    ]


def _letters_named(element: Element, process: Process, policy: Policy, handlers: dict[str, Handler]) -> Iterator[str]:
    """What is written for those inputs of an element's handler that name letters.

    Where a decision table chooses the letter, each that it can choose; any other expression stands as it is.
    """
    handler = handlers.get(element.job.handler) if element.job is not None else None
    names = {each.name for each in handler.inputs if isinstance(each, LetterName)} if handler is not None else set()
    for mapping in element.inputs:
        if mapping.target in names and mapping.source:
            yield from chosen_texts(mapping.source, process, policy.variant.decisions) or (mapping.source,)


def _known_nowhere(letter: Letter, policy: Policy) -> tuple[str, ...]:
    """What it prints or goes by, and no process of the folder could give it, whoever sends it.

    A base without diagrams is not judged: what its letters read is given by those that extend it. Nor is a detail that
    a council may give, and that is printed only where it does: ((council.appeals_page??… ((council.appeals_page)))).
    """
    if not policy.processes:
        return ()
    given = _given_to_letters(policy)
    optional = {printed.path for printed in prints_of(letter) if printed.path in printed.only_if}
    asked = (condition.path for condition, _ in letter.titles)
    unknown: dict[str, None] = {}
    for path in (*letter.placeholders, *asked):
        root, *entries = path.split(".")
        problem = policy.known.problem((root, *entries), "") if root not in given else None
        if problem is not None and not (root == "council" and path in optional):
            unknown[problem] = None
    return tuple(unknown)


def _given_to_letters(policy: Policy) -> frozenset[str]:
    """What letters read besides the facts: what any process keeps, any step hands over, and variant.toml works out."""
    settings = policy.variant.settings
    handed = {mapping.target for element, _, _ in policy.elements() for mapping in element.inputs}
    roles = settings.addressees.asked(())
    return frozenset({*handed, *settings.letter_conditions, *roles}.union({"to"}, *policy.known.variables.values()))


def _lost(letter: Letter, paths: tuple[str, ...], policy: Policy) -> Iterator[Problem]:
    place = Place(file=letter.file, element_id=letter.id, element_name=letter.title)
    of_case = sorted({*policy.known.facts, *_given_to_letters(policy)})
    for path in paths:
        root, _, entry = path.partition(".")
        there_are = sorted(policy.known.council) if entry and root == "council" else of_case
        close = nearest(entry or root, there_are)
        within = path.removesuffix(entry or root)
        hint = f"Is “{within}{close}” meant?" if close is not None else "Correct the name, or ask for it in a form."
        nobody = f"which no form, mapping or setting gives. {hint}"
        if path in letter.conditions:
            yield warning(place, f"It goes by ((…{path}??…)), {nobody}", lacks=lacking_fact(path))
        else:
            yield error(place, f"It prints (({path})), {nobody}", lacks=lacking_fact(path))


def _unknown(letter: Letter, element: Element, process: Process, known: KnownNames) -> Iterator[str]:
    given = {mapping.target for mapping in element.inputs} | {"to"}
    for path in letter.placeholders:
        if path in letter.conditions:
            continue
        root = path.partition(".")[0]
        if root not in given and known.problem(tuple(path.split(".")), process.id) is not None:
            yield path


RULE = Rule(
    name="letters", summary="Every letter sent is there, and its placeholders are known.", look=look, needs_variant=True
)
