"""Which slips are tried: drawn by a seed, the same number of each kind, from all the shipped councils' folders."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.bench.mutations import diagrams, expressions_in_diagrams, forms, harmless, stated_times, tables, texts
from engine.bench.mutations.edits import PolicyFile
from engine.bench.mutations.kind import EditKind
from engine.language.languages import LANGUAGES
from engine.variants import LIMITS_FILE, POLICY_FILE, SETTINGS_FILE, Variant, is_base, load_variant

#: Folders of translations, which the originals stand for.
_TRANSLATIONS = frozenset(LANGUAGES)

SLIPS = (
    *expressions_in_diagrams.KINDS, *diagrams.KINDS, *tables.KINDS, *forms.KINDS, *texts.KINDS, *stated_times.KINDS,
)  # fmt: skip
HARMLESS = (*harmless.KINDS, *stated_times.HARMLESS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutation:
    """One edit of one file of one folder, and the council whose cases it concerns. Goes to another process as it is."""

    kind: str
    is_harmless: bool
    council: str
    folder: str
    file: str
    data: bytes  #: of the file after the edit
    words: str
    elements: frozenset[str]  #: where it was made
    named: frozenset[str]  #: what a finding elsewhere may name instead
    #: councils in which cases go through the file, for their worked examples: the one above first, unless it is a base
    players: tuple[str, ...]


def councils_in(root: Path) -> dict[str, Variant]:
    """The variants that have worked examples of their own, by folder."""
    folders = sorted(settings.parent for settings in root.glob(f"*/{SETTINGS_FILE}"))
    return {folder.name: load_variant(folder) for folder in folders if any((folder / "scenarios").glob("*.toml"))}


def draw_mutations(root: Path, *, kinds: Sequence[EditKind], number: int, seed: int) -> Iterator[Mutation]:
    """About `number` of them, the same number of each kind; fewer of a kind that has fewer places."""
    sources = _sources(root)
    each = -(-number // len(kinds))
    for kind in kinds:
        chance = random.Random(f"{seed} {kind.name}")  # noqa: S311  # what is tried is to be the same again
        places = [(at, edit) for at in sources if at[1].file.endswith(kind.ending) for edit in kind.look(at[1])]
        for (folder, source, councils), edit in chance.sample(places, min(each, len(places))):
            council = chance.choice(list(councils))
            players = sorted((name for name, is_played in councils.items() if is_played), key=lambda it: it != council)
            yield Mutation(
                kind=kind.name, is_harmless=kind.is_harmless, council=council, folder=folder,
                file=source.file, data=edit.apply(source.data), words=edit.words, elements=edit.elements,
                named=edit.named, players=tuple(players),
            )  # fmt: skip


def _sources(root: Path) -> list[tuple[str, PolicyFile, dict[str, bool]]]:
    """Each file of a folder, with the councils that use it as it stands there, and whether cases are opened there."""
    used: dict[tuple[str, str], dict[str, bool]] = {}
    for council, variant in councils_in(root).items():
        for folder in [council, *(base.folder for base in variant.bases)]:
            for file in (each for each in variant.files if _is_used(each, variant)):
                if (variant.origin[file] == folder or file == SETTINGS_FILE) and _counts(root / folder / file):
                    used.setdefault((folder, file), {})[council] = not is_base(variant)
    return [
        (
            folder,
            PolicyFile(file=file, data=(root / folder / file).read_bytes(), beside=_beside(root / folder)),
            councils,
        )
        for (folder, file), councils in sorted(used.items())
    ]


def _is_used(file: str, variant: Variant) -> bool:
    """Whether the council goes by the file: tables stay in a folder where nothing asks for a decision of theirs."""
    definitions = variant.definitions.get(file)
    if definitions is None or file == LIMITS_FILE:
        return True
    asked = {element.decision_id for element in variant.elements}
    settings = variant.files[SETTINGS_FILE].decode()
    return any(decision in asked or f'"{decision}"' in settings for decision in definitions.decisions)


def _beside(folder: Path) -> dict[str, bytes]:
    names = (SETTINGS_FILE, POLICY_FILE, LIMITS_FILE)
    return {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}


def _counts(path: Path) -> bool:
    """Not the worked examples, and not the translations, which the originals stand for."""
    return path.is_file() and path.parent.name not in ("scenarios", *_TRANSLATIONS)
