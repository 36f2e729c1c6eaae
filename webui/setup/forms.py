"""The forms about people, teams and agencies."""

from __future__ import annotations

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovSelect
from wtforms import BooleanField, SelectField

from webui.shell.forms import checkboxes_field, entered, password_field, text_field


class SetUpCodeForm(FlaskForm):  # type: ignore[misc]  # the package says nothing of its types
    code = text_field(
        "Set-up code", hint="Like 7KQ2-M9XD-4TRB. The command asb serve printed it when it started.",
        needed="Enter the set-up code",
    )  # fmt: skip


class FirstForm(FlaskForm):  # type: ignore[misc]
    name = text_field(
        "Your name", hint="As colleagues and the record of each case will call you.", needed="Enter your name"
    )
    email = text_field("Your e-mail address", needed="Enter your e-mail address")
    password = password_field(
        "Choose a password",
        hint="At least 12 characters. Any are allowed; three random words make a good one.",
        needed="Enter a password",
    )
    roles = checkboxes_field(
        "What else do you do?", hint="You will be an administrator. Select nothing if that is all."
    )


class PersonForm(FlaskForm):  # type: ignore[misc]
    name = text_field("Name", hint="As colleagues and the record of each case call them. It cannot be changed later.")
    email = text_field("E-mail address", hint="They sign in with it.", needed="Enter their e-mail address")
    roles = checkboxes_field("What do they do?", needed="Select at least one role")
    teams = checkboxes_field(
        "Which teams are they in?", hint="Select all that apply. A team’s tasks are for everybody in it."
    )
    line_manager = SelectField("Line manager", widget=GovSelect(), choices=[], default="")
    head_of_service = SelectField("Head of service", widget=GovSelect(), choices=[], default="")


class EntryForm(FlaskForm):  # type: ignore[misc]
    name = text_field("Name", needed="Enter the person’s name")
    role = text_field("Role", hint="What they do, such as Station Manager.")
    agency = text_field("Agency", hint="For whom they work. Leave it empty if there is none.")
    email = text_field("E-mail address", hint="Leave it empty if there is none.")
    phone = text_field("Phone")


class TeamForm(FlaskForm):  # type: ignore[misc]
    name = text_field("Name", needed="Enter the team’s name")
    substitute = SelectField(
        "Which team acts in its stead?",
        description="Its people can do this team’s tasks too, for example for agencies without people here.",
        widget=GovSelect(),
        choices=[],
        default="",
    )


class AgencyForm(FlaskForm):  # type: ignore[misc]
    name = text_field("Name", needed="Enter the agency’s name")
    team = SelectField(
        "Which team answers for it?", widget=GovSelect(), choices=[], validators=[entered("Select a team")]
    )
    email = text_field("E-mail address", hint="Leave it empty if there is none.")
    is_public_body = BooleanField(
        "It carries out public functions, so it must have regard to recommendations", widget=GovCheckboxInput()
    )
    is_relevant_body = BooleanField("It is a relevant body, which carries out case reviews", widget=GovCheckboxInput())
