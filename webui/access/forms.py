"""The forms of signing in and of one's own account."""

from __future__ import annotations

from flask_wtf import FlaskForm

from webui.shell.forms import password_field, text_field

_CHOOSE = "At least 12 characters. Any are allowed; three random words make a good one."


class SignInForm(FlaskForm):  # type: ignore[misc]  # the package says nothing of its types
    email = text_field("E-mail address", needed="Enter your e-mail address")
    password = password_field("Password", needed="Enter your password")


class AuthenticatorCodeForm(FlaskForm):  # type: ignore[misc]
    code = text_field(
        "Code", hint="The six digits that your authenticator app shows for this service.", needed="Enter the code"
    )


class InvitationForm(FlaskForm):  # type: ignore[misc]
    password = password_field("Choose a password", hint=_CHOOSE, needed="Enter a password")


class PasswordForm(FlaskForm):  # type: ignore[misc]
    current = password_field("Your password now", needed="Enter the password that you have now")
    new = password_field("New password", hint=_CHOOSE, needed="Enter a new password")
