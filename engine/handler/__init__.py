"""The handler contract: what stands behind service tasks, send tasks and message events."""

from engine.handler.contract import (
    BusinessFault,
    Ended,
    Handler,
    HandlerContext,
    HandlerResult,
    Output,
    UnderWay,
    handler,
)
from engine.handler.element_templates import element_template, template_json
from engine.handler.inputs import Choice, Context, Email, Input, LetterName, Lines, Moment, Recipients, Text, Value
from engine.handler.invitations import CALENDAR, Invitation, Invitations
from engine.handler.letters import LETTERS, POST, Addressee, Channel, LetterWriter, Post, WrittenLetter
from engine.handler.parcels import PARCELS, NotReceived, Parcel, ParcelReceipt, Parcels, ParcelUnderWay
from engine.handler.port import Effect, Note, Port
from engine.handler.services import HTTP, Method, ServiceAnswer, ServiceRequest, Services

__all__ = [
    "CALENDAR",
    "HTTP",
    "LETTERS",
    "PARCELS",
    "POST",
    "Addressee",
    "BusinessFault",
    "Channel",
    "Choice",
    "Context",
    "Effect",
    "Email",
    "Ended",
    "Handler",
    "HandlerContext",
    "HandlerResult",
    "Input",
    "Invitation",
    "Invitations",
    "LetterName",
    "LetterWriter",
    "Lines",
    "Method",
    "Moment",
    "NotReceived",
    "Note",
    "Output",
    "Parcel",
    "ParcelReceipt",
    "ParcelUnderWay",
    "Parcels",
    "Port",
    "Post",
    "Recipients",
    "ServiceAnswer",
    "ServiceRequest",
    "Services",
    "Text",
    "UnderWay",
    "Value",
    "WrittenLetter",
    "element_template",
    "handler",
    "template_json",
]
