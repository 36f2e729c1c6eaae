"""The languages in which the public is spoken to, and the words of the screens and letters in each.

English is what the code says. The words of every other language stand in a catalogue (gettext's .po) beside this file.
What a council itself says stands in its folder.
"""

from engine.language.languages import ENGLISH, LANGUAGES, Language
from engine.language.speech import catalogue, say, say_counted, speak, speaking, spoken

__all__ = ["ENGLISH", "LANGUAGES", "Language", "catalogue", "say", "say_counted", "speak", "speaking", "spoken"]
