"""Every page for the public can be read, and each of its placeholders is known."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.problems import Problem


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
                )


RULE = Rule(
    name="pages",
    summary="Every page for the public can be read, and its placeholders are known.",
    look=look,
    needs_variant=True,
)
