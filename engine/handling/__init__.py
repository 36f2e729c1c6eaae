"""The handler contract: what stands behind service tasks, send tasks and message events."""

from engine.handling.contract import BusinessFault, Handler, HandlerContext, HandlerResult, Output, handler
from engine.handling.documents import LETTERS, POST, Channel, Document, LetterWriter, Post
from engine.handling.element_templates import element_template, template_json
from engine.handling.inputs import Choice, Email, Input, LetterName, Lines, Text
from engine.handling.port import Effect, Note, Port

__all__ = [
    "LETTERS",
    "POST",
    "BusinessFault",
    "Channel",
    "Choice",
    "Document",
    "Effect",
    "Email",
    "Handler",
    "HandlerContext",
    "HandlerResult",
    "Input",
    "LetterName",
    "LetterWriter",
    "Lines",
    "Note",
    "Output",
    "Port",
    "Post",
    "Text",
    "element_template",
    "handler",
    "template_json",
]
