"""Reading a letter's Markdown: headings, paragraphs, lists, bold, italic, links, quotes, tables, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from engine.letters.blocks import (
    Block,
    Emphasis,
    Fill,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    OnlyIf,
    Paragraph,
    Quote,
    Strong,
    TableBlock,
    Words,
)
from engine.letters.placeholders import END_IF, FILL, IF, MARKS, Marked

#: Deepest nesting of lists and quotes.
MAX_DEPTH = 8

_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_MARKS_IN_URL = re.compile(f"[{FILL}-{END_IF}]|%EE%80%8[0-3]", re.IGNORECASE)

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable(["html_block"])
# A link that markdown-it does not trust would stay in the letter as brackets; here it becomes a problem instead.
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - the name is markdown-it's

_REFUSED = {
    "code_block": "A line that begins with four blanks reads as computer code. Take the blanks out.",
    "code_inline": "Text between backticks reads as computer code. Take the backticks out.",
    "fence": "Text between lines of backticks reads as computer code. Take them out.",
    "hr": "A line of dashes draws a rule, which letters do not have. Take it out.",
    "image": "Letters have no pictures. Take it out.",
}


class MarkdownReader:
    """Reads one text; what is wrong is in `problems`."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked
        self.problems: list[str] = list(marked.problems)

    def read(self) -> tuple[Block, ...]:
        """The blocks of the text."""
        tree = SyntaxTreeNode(_MARKDOWN.parse(self._marked.text))
        return self._blocks(tree.children, 1)

    def _blocks(self, nodes: Iterable[SyntaxTreeNode], depth: int) -> tuple[Block, ...]:
        if depth > MAX_DEPTH:
            self._problem(f"Lists and quotes stand in each other deeper than {MAX_DEPTH}. Make the letter flatter.")
            return ()
        found = (self._block(node, depth) for node in nodes)
        return tuple(block for block in found if block is not None)

    def _block(self, node: SyntaxTreeNode, depth: int) -> Block | None:
        match node.type:
            case "heading" if depth > 1:
                self._problem("A heading stands in a list or quote. Put it above.")
                return None
            case "heading":
                return Heading(level=int(node.tag[1:]), inner=self._inline_of(node))
            case "paragraph":
                return Paragraph(inner=self._inline_of(node))
            case "bullet_list" | "ordered_list":
                items = tuple(self._blocks(item.children, depth + 1) for item in node.children)
                start = node.attrs.get("start", 1)
                return ListBlock(is_numbered=node.type == "ordered_list", start=int(start), items=items)
            case "blockquote":
                return Quote(inner=self._blocks(node.children, depth + 1))
            case "table":
                rows = [row for part in node.children for row in part.children]
                cells = [tuple(self._inline_of(cell) for cell in row.children) for row in rows]
                return TableBlock(heading=cells[0], rows=tuple(cells[1:]))
        self._problem(_REFUSED.get(node.type, f"“{node.type}” is no part of a letter. Write it as plain text."))
        return None

    def _inline_of(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        inline = next((child for child in node.children if child.type == "inline"), None)
        return self._inlines(inline.children) if inline is not None else ()

    def _inlines(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Inline, ...]:
        """The inlines of one level. A conditional that opens here has to end here, else half a markup would be left."""
        levels: list[tuple[int, list[Inline]]] = [
            (-1, [])
        ]  #: the number of the mark that opens each, and what it holds
        for node in nodes:
            if node.type != "text":
                levels[-1][1].extend(self._inline(node))
                continue
            for piece in _pieces(node.content):
                if isinstance(piece, str):
                    levels[-1][1].append(Words(text=piece))
                elif piece.group().startswith(FILL):
                    levels[-1][1].append(Fill(path=self._marked.paths[int(piece.group(1))]))
                elif piece.group().startswith(IF):
                    levels.append((int(piece.group(2)), []))
                elif len(levels) > 1:
                    mark, inner = levels.pop()
                    levels[-1][1].append(self._only_if(mark, tuple(inner)))
                else:
                    self._straddles()
        if len(levels) > 1:
            self._straddles()
        return tuple(levels[0][1])

    def _straddles(self) -> None:
        self._problem(
            "A conditional ((name??words)) begins and ends in different places. Keep it in one paragraph, "
            "and bold, italic or a link wholly inside or wholly outside it."
        )

    def _only_if(self, mark: int, inner: tuple[Inline, ...]) -> OnlyIf:
        return OnlyIf(path=self._marked.paths[mark], is_negated=mark in self._marked.negated, inner=inner)

    def _inline(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        match node.type:
            case "softbreak" | "hardbreak":  # a new line is a new line, as in GOV.UK Notify
                return (LineBreak(),)
            case "strong":
                return (Strong(inner=self._inlines(node.children)),)
            case "em":
                return (Emphasis(inner=self._inlines(node.children)),)
            case "link":
                return self._link(node)
        self._problem(_REFUSED.get(node.type, f"“{node.type}” is no part of a letter. Write it as plain text."))
        return ()

    def _link(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        url, inner = str(node.attrs.get("href", "")), self._inlines(node.children)
        if _MARKS_IN_URL.search(url):
            self._problem("A link's address holds a placeholder. Write the whole address out.")
            return inner
        if not url.startswith(_SCHEMES):
            self._problem(f"The link to “{url[:60]}” leads nowhere. Begin it with https://, mailto: or tel:.")
            return inner
        return (Link(url=url, inner=inner),)

    def _problem(self, sentence: str) -> None:
        if sentence not in self.problems:
            self.problems.append(sentence)


def _pieces(text: str) -> list[str | re.Match[str]]:
    """The text between the marks, and the marks."""
    pieces: list[str | re.Match[str]] = []
    position = 0
    for found in MARKS.finditer(text):
        if found.start() > position:
            pieces.append(text[position : found.start()])
        pieces.append(found)
        position = found.end()
    return [*pieces, text[position:]] if position < len(text) else pieces
