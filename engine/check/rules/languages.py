"""What a council says to the public in one of its languages, it says in each: letters, pages, the form, sentences."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.forms import Form, PublicForm
from engine.language import LANGUAGES
from engine.letters import Letter
from engine.problems import Problem
from engine.variants import Variant, is_base
from engine.variants.translated_files import language_of


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    for code in variant.settings.languages[1:]:
        yield from _letters(variant, code)
        yield from _pages(variant, code)
        yield from _application(policy, code)
        yield from _stages(policy, code)
    yield from _names_of_nothing(policy)
    yield from _not_spoken(variant)
    yield from _other_first_language(policy)


def _letters(variant: Variant, code: str) -> Iterator[Problem]:
    spoken_to = {role.id for role in variant.settings.addressees if role.language}
    for letter in variant.letters.values():
        is_asked = not spoken_to.isdisjoint(letter.roles) or f"letters.{letter.id}" in variant.settings.translated
        if is_asked and letter.id not in variant.translations[code].letters:
            yield _missing(variant, code, "letter", letter, f"letters.{letter.id}")


def _pages(variant: Variant, code: str) -> Iterator[Problem]:
    for page in variant.pages.values():
        if page.id not in variant.translations[code].pages:
            yield _finding(
                variant, f"pages.{page.id}", Place(file=page.file, element_id=page.id, element_name=page.title),
                f"The page “{page.title}” is not there in {LANGUAGES[code].name}: who chose it reads "
                f"{_first(variant)}. Write {_beside(page.file, code)}.",
            )  # fmt: skip


def _missing(variant: Variant, code: str, what: str, one: Letter | Form, name: str) -> Problem:
    return _finding(
        variant, name, Place(file=one.file, element_id=one.id, element_name=one.title),
        f"The {what} “{one.id}” is not there in {LANGUAGES[code].name}: who asked for it gets it in "
        f"{_first(variant)}. Write {_beside(one.file, code)}.",
    )  # fmt: skip


def _application(policy: Policy, code: str) -> Iterator[Problem]:
    """The form that the public fills in, and each of its texts."""
    variant = policy.variant
    start = policy.main_process.plain_start if policy.main_process is not None else None
    form = variant.forms.get(start.form_id or "") if start is not None else None
    words = variant.words_of_form(form.id, code) if form is not None else None
    if form is None or words is None:
        return
    name = f"forms.{form.id}"
    if not words.fields:
        yield _missing(variant, code, "form", form, name)
        return
    for each in PublicForm(form).untranslated(words):
        place = Place(file=_beside(form.file, code), element_id=each.field.id, element_name=each.field.name)
        yield _finding(
            variant, name, place,
            f"“{each.field.name}” has no {each.what} in {LANGUAGES[code].name}: “{each.text[:80]}” is asked in "
            f"{_first(variant)}. Write it there, or in [translations.{code}] of variant.toml.",
        )  # fmt: skip


def _stages(policy: Policy, code: str) -> Iterator[Problem]:
    """What diagrams tell the applicant."""
    said = policy.variant.settings.translations.get(code, {})
    seen: set[str] = set()
    for element, _, place in policy.elements():
        words = " ".join(element.properties.get("told_to_applicant", "").split())
        if words and words not in said and words not in seen:
            seen.add(words)
            yield warning(
                place,
                f"The applicant is told “{words[:120]}”, which is not said in {LANGUAGES[code].name}. Write it in "
                f"[translations.{code}] of variant.toml.",
            )


def _names_of_nothing(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    there = {
        *(f"letters.{each}" for each in variant.letters), *(f"pages.{each}" for each in variant.pages),
        *(f"forms.{each}" for each in variant.forms),
    }  # fmt: skip
    for name in variant.settings.translated:
        if name not in there and not variant.bases:  # what a council does without need not be translated
            yield error(
                policy.place_in_settings(), f"“translated” names “{name}”, and there is none of this name. Correct it."
            )


def _not_spoken(variant: Variant) -> Iterator[Problem]:
    """Files of a council's own in a language that it does not speak; a base has them for those that do."""
    if is_base(variant):
        return
    for file, folder in variant.origin.items():
        code = language_of(file)
        if folder == variant.id and code and code not in variant.settings.languages[1:]:
            spoken = ", ".join(f'"{each}"' for each in (*variant.settings.languages, code))
            yield warning(
                Place(file=file, element_id="", element_name=""),
                f"The council does not speak {LANGUAGES[code].name} besides {_first(variant)}, so nobody reads this. "
                f"Write languages = [{spoken}] in variant.toml, or delete it.",
            )


def _other_first_language(policy: Policy) -> Iterator[Problem]:
    """What is inherited is in the first language of the base."""
    variant = policy.variant
    for base in variant.bases:
        told = base.settings.get("languages")
        first = told[0] if isinstance(told, list) and told else "en"
        if first != variant.settings.languages[0]:
            yield error(
                policy.place_in_settings(),
                f"The first language is {_first(variant)}, and what is inherited from {base.folder} is written in "
                f"“{first}”. Begin “languages” with “{first}”; the public chooses between all of them.",
            )
            return


def _finding(variant: Variant, name: str, place: Place, sentence: str) -> Problem:
    return (error if name in variant.settings.translated else warning)(place, sentence)


def _first(variant: Variant) -> str:
    return LANGUAGES[variant.settings.languages[0]].name


def _beside(file: str, code: str) -> str:
    folder, _, name = file.rpartition("/")
    return f"{folder}/{code}/{name}"


RULE = Rule(
    name="languages",
    summary="What a council says to the public in one of its languages, it says in each.",
    look=look,
    needs_variant=True,
)
