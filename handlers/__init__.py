"""The handlers behind service tasks, send tasks and message events. What is not listed here does not exist."""

from engine.handling import Handler
from handlers.send_letter import send_letter

HANDLERS: tuple[Handler, ...] = (send_letter,)
