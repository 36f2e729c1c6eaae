"""Every page for the public can be read, each of its placeholders is known, and what is to be published is there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.problems import Problem, Thing, ThingKind
from engine.variants.policy import is_of_the_act


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    names = {**variant.page_values(variant.settings.languages[0]), "council": variant.settings.council_names}
    given = [f"{group}.{name}" for group, of_group in names.items() for name in of_group]
    # What a base leaves to those who take it over has no number yet, and is asked for by itself.
    left = [key for key in variant.settings.left_to_councils if key.startswith("limits.")]
    given += [key.replace(" ", "_") for key in left]
    for page in variant.pages.values():
        place = Place(file=page.file, element_id=page.id, element_name=page.title)
        for sentence in page.problems:
            yield error(place, sentence)
        for path in page.placeholders:
            if path not in given:
                otherwise = "Add it to [contact] in variant.toml or to time_limits.dmn, or correct the name."
                yield error(
                    place,
                    f"The page “{page.title or page.id}” prints (({path})), which nothing gives. "
                    f"{meant(path, given, otherwise=otherwise)}",
                    lacks=_asked_for(path),
                )
    if policy.main_process is not None:  # a base without diagrams is nobody's procedure
        yield from _not_published(policy)


def _asked_for(path: str) -> Thing | None:
    """The limit that a placeholder such as `limits.panel_meeting` prints."""
    group, _, name = path.partition(".")
    return Thing(kind=ThingKind.LIMIT, name=name.replace("_", " ")) if group == "limits" else None


def _not_published(policy: Policy) -> Iterator[Problem]:
    """What the public has to be able to read, and finds on no page."""
    printed = {path for page in policy.variant.pages.values() for path in page.placeholders}
    for published in policy.variant.settings.published:
        if printed.isdisjoint(published.prints_one_of):
            say = error if is_of_the_act(published.clause) else warning
            whichever = " or ".join(f"(({path}))" for path in published.prints_one_of)
            yield say(
                policy.place_in_settings(),
                f"No page for the public prints {whichever} ({published.clause}): {published.sentence} Write it on "
                "one.",
            )


RULE = Rule(
    name="pages",
    summary="Every page for the public can be read, its placeholders are known, and what is to be published is there.",
    look=look,
    needs_variant=True,
)
