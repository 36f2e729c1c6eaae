"""The handlers behind service tasks, send tasks and message events. What is not listed here does not exist."""

from engine.handler import Handler
from handlers.call_service import call_service
from handlers.hand_over import hand_over
from handlers.send_invitation import send_invitation
from handlers.send_letter import send_letter

HANDLERS: tuple[Handler, ...] = (call_service, hand_over, send_invitation, send_letter)
