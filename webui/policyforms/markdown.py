"""A form's texts, which are Markdown, as HTML with GOV.UK's classes. HTML in them stays text."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markupsafe import Markup

#: Pictures would be fetched from elsewhere, which the content security policy refuses.
_READER = MarkdownIt("commonmark", {"html": False}).disable("image")

_CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "link_open": "govuk-link",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
    "blockquote_open": "govuk-inset-text",
}
_HEADINGS = {"h2": "govuk-heading-m", "h3": "govuk-heading-s"}


def to_html(text: str) -> Markup:
    """The text as HTML that is safe to show. Its headings start below the page's own."""
    tokens = _READER.parse(text)
    for token in (each for top in tokens for each in (top, *(top.children or ()))):
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag == "h1" else "h3"
        named = _HEADINGS.get(token.tag) if token.type == "heading_open" else _CLASSES.get(token.type)
        if named:
            token.attrSet("class", named)
    # The reader escapes every text, and has no HTML and only links of harmless kinds.
    return Markup(_READER.renderer.render(tokens, _READER.options, {}))  # noqa: S704 - see above
