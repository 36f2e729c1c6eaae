"""A phone number that the base leaves to its councils: not said, and said."""

from tests.check.builders import SETTINGS, plain
from tests.check.example import Example, Side

_LEFT = '\n[left_to_councils]\n"contact.email" = "The address that applicants write to"\n'


def _saying(email: str) -> Side:
    excerpt = f'[contact]\nphone = "01234 567890"\n{email}'.strip()
    return Side(
        file="variant.toml",
        excerpt=excerpt,
        settings=SETTINGS.replace('phone = "01234 567890"\n', f'phone = "01234 567890"\n{email}\n') + _LEFT,
        others=(plain(),),
        extends="base",
        says="The base leaves contact.email to its councils.",
    )


EXAMPLE = Example(wrong=_saying(""), right=_saying('email = "review@somewhere.example"'))
