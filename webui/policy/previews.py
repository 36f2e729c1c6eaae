"""A letter or a page of a draft as people will get it: with samples, or with the facts of a worked example."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache, cached
from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.errors import BadInputError, DatabaseUnusableError, EngineError
from engine.letters import Letter, read_letter
from engine.variants import MAX_FILE_BYTES, Variant
from engine.workshop.differences import language_of, letter_in, sample_pdf, sample_text
from engine.workshop.examples import played_examples
from engine.workshop.letter_previews import LetterPreviews, preview_letter
from engine.workshop.playback import scenario_named
from webui.access import Right, allow
from webui.policy.blueprint import blueprint
from webui.policy.drafts import found_draft
from webui.policyforms.markdown import to_html
from webui.shell.office import office, settings, today

_LETTERS, _PAGES = "letters/", "pages/"


@blueprint.get("/drafts/<int:draft>/preview/<path:file>")
@allow(Right.PUBLISH_POLICY)
def preview(draft: int, file: str) -> ResponseReturnValue:
    """As it is saved. `example` in the address is a worked example; with `pdf` it is the PDF of that copy, from 1."""
    return _preview(draft, file, None)


@blueprint.post("/drafts/<int:draft>/preview/<path:file>")
@allow(Right.PUBLISH_POLICY)
def preview_unsaved(draft: int, file: str) -> ResponseReturnValue:
    """With the text that is sent in place of the file's, which is not saved."""
    text = request.form.get("text")
    sent = text.replace("\r\n", "\n").encode() if text is not None else request.stream.read(MAX_FILE_BYTES + 1)
    return _preview(draft, file, sent)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    draft: int
    file: str
    variant: Variant
    example: str  #: name of a worked example; "" for samples
    unsaved: str | None


def _preview(number: int, file: str, unsaved: bytes | None) -> ResponseReturnValue:
    if not file.startswith((_LETTERS, _PAGES)) or not file.endswith(".md"):
        abort(404)
    draft, problem = found_draft(number), ""
    try:
        root = settings().variants
        policy = draft.policy(root) if unsaved is None else draft.with_file(file, unsaved, root)
        if file not in policy.variant.files:
            abort(404)
        asked = _Asked(
            draft=number, file=file, variant=policy.variant, example=request.values.get("example", ""),
            unsaved=unsaved.decode("utf-8", "replace") if unsaved is not None else None,
        )  # fmt: skip
        return _page_preview(asked) if file.startswith(_PAGES) else _letter_preview(asked)
    except DatabaseUnusableError:
        raise
    except EngineError as error:
        problem = str(error)
    page = render_template(
        "policy/preview.html", draft=draft.row, file=file, problem=problem, has_errors=True, previews=None,
        examples=(), asked=None, choose_again=bool(request.values.get("example")) and unsaved is None,
    )  # fmt: skip
    return page, 422


def _page_preview(asked: _Asked) -> str:
    page = next((each for each in asked.variant.pages.values() if each.file == asked.file), None)
    values = asked.variant.page_values(asked.variant.settings.languages[0])
    if page is None:
        for code, translated in asked.variant.translations.items():
            page = next((each for each in translated.pages.values() if each.file == asked.file), None)
            if page is not None:
                values = asked.variant.page_values(code)
                break
    if page is None:
        raise BadInputError(f"{asked.file} cannot be read as a page. “What the check finds” says why.")
    return _rendered(asked, None, title=page.title, text=to_html(page.filled(values)), problems=page.problems)


def _letter_preview(asked: _Asked) -> ResponseReturnValue:
    letter = letter_in(asked.variant, asked.file)
    if letter is None:
        letter = read_letter(asked.variant.files[asked.file], file=asked.file)  # which says what is wrong
        raise BadInputError(f"{asked.file} is no letter of the policy: another has its id, {letter.id}.")
    copy = request.values.get("pdf", type=int)
    if not asked.example:
        if copy is not None:
            return pdf_of(sample_pdf(asked.variant, letter, today()), f"{letter.id}-draft-{asked.draft}")
        text = sample_text(asked.variant, letter, today())
        return _rendered(asked, None, title=letter.title, text=text, problems=letter.problems, letter=letter)
    previews = previews_in(asked.variant, letter, asked.example)
    if copy is not None:
        if not 1 <= copy <= len(previews.letters):
            abort(404)
        return pdf_of(previews.letters[copy - 1].pdf, f"{letter.id}-draft-{asked.draft}-{copy}")
    return _rendered(asked, previews, title=letter.title, text="", problems=letter.problems, letter=letter)


def _told_apart(variant: Variant, letter: Letter, example: str) -> Hashable:
    return (variant.digest, variant.files.get(letter.file, b""), letter.file, example)


@cached(LRUCache(8), key=_told_apart, lock=Lock())
def previews_in(variant: Variant, letter: Letter, example: str) -> LetterPreviews:
    """The letter as the worked example sends it; the last ones are kept, for their PDFs are asked for one by one."""
    return preview_letter(variant, letter, scenario_named(variant, example), language=language_of(variant, letter))


def examples_to_choose(variant: Variant, letter: Letter | None) -> list[tuple[str, str, bool]]:
    """Name, title, and whether it was seen to send the letter; those that do first."""
    played = played_examples(office(), variant)
    sending = {
        name
        for name, each in played.played.items()
        if letter is not None and any(letter_id == letter.id for letter_id, _ in each.letters)
    }
    listed = [(each.name, each.title or each.name, each.name in sending) for each in played.scenarios]
    return sorted(listed, key=lambda each: not each[2])


def _rendered(
    asked: _Asked,
    previews: LetterPreviews | None,
    *,
    title: str,
    text: str | Markup,
    problems: tuple[str, ...],
    letter: Letter | None = None,
) -> str:
    return render_template(
        "policy/preview.html", draft=found_draft(asked.draft).row, file=asked.file, asked=asked, previews=previews,
        title=title, text=text, problems=problems, is_letter=letter is not None, problem="",
        examples=examples_to_choose(asked.variant, letter) if letter is not None else (),
    )  # fmt: skip


def pdf_of(content: bytes, name: str) -> Response:
    response = Response(content, content_type="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    # The reader that browsers have for PDFs draws with styles of its own, which our policy for pages would stop.
    response.headers["Content-Security-Policy"] = "script-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    return response
