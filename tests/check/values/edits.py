"""Edits of Hertsmere's folder as a policy owner makes them: slips of the hand, and such as change the policy and harm
nothing."""

from __future__ import annotations

from dataclasses import dataclass

from engine.check.policy import Policy
from engine.check.values.slip import SlipKind
from engine.variants import Variant, load_variant
from handlers import HANDLERS
from tests.check.mutations import HERTSMERE, Files

_HERTSMERE = load_variant(HERTSMERE)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A text of a file that is written otherwise."""

    words: str  #: what is done, in words
    file: str
    was: str
    becomes: str

    def apply(self, files: Files) -> None:
        """Write it into the files; the old text must be there."""
        assert self.was.encode() in files[self.file], f"{self.file} does not say {self.was!r} any more"
        files[self.file] = files[self.file].replace(self.was.encode(), self.becomes.encode(), 1)


def found(files: Files) -> list[str]:
    """What the analysis of values says of the folder."""
    variant = Variant.from_files(
        files, "hertsmere", origin=_HERTSMERE.origin, bases=_HERTSMERE.bases, untold=_HERTSMERE.untold
    )
    values = Policy(diagrams=variant.diagrams, folder=variant, known_handlers=HANDLERS).values
    of_places = (*values.misfits(SlipKind.CALL), *values.misfits(SlipKind.VALUE))
    misfits = (*of_places, *values.rows, *values.dead_ways, *values.given)
    return [misfit.slip.sentence for misfit in misfits]


def edit(words: str, file: str, was: str, becomes: str) -> Edit:
    return Edit(words=words, file=file, was=was, becomes=becomes)


_FORM = "forms/acknowledge_application.form"
_RISK = '"value": "no"\n        }\n      ],'

SLIPS: tuple[Edit, ...] = (
    edit("an answer is renamed", _FORM, '"value": "yes"', '"value": "y"'),
    edit("a day is asked for as a text", "forms/application.form", '"subtype": "date"', '"subtype": "time"'),
    edit("what hides calls no function", _FORM, '=immediate_risk != \\"yes\\"', '=isnot(immediate_risk, \\"yes\\")'),
    edit("what hides is a bare choice", _FORM, '=immediate_risk != \\"yes\\"', "=immediate_risk"),
    edit("what hides is always true", _FORM, '=immediate_risk != \\"yes\\"', "=1 = 1"),
    edit(
        "an entry of whoever did something",
        "appeal.bpmn",
        "person.id = appeal_decider.id",
        "person.idx = appeal_decider.id",
    ),
    edit(
        "a choice that is carried over is compared with true",
        "application.bpmn",
        'consent_confirmed != "yes")',
        "consent_confirmed != true)",
    ),
    edit(
        "a team is whatever somebody types",
        "agency_response.bpmn",
        "if agency_team = null then &#34;partner_agency&#34; else agency_team",
        "victim_name",
    ),
    edit(
        "a choice that is compared after it was flattened",
        "appeal.bpmn",
        "[-1] != &#34;met&#34;)",
        "[-1] != &#34;mte&#34;)",
    ),
    edit("a cell holds another choice", "unsuitable.dmn", '<text>"anonymous"</text>', '<text>"anonymus"</text>'),
    edit("a cell holds a number as text", "escalation.dmn", "<text>2</text>", '<text>"2"</text>'),
    edit("a cell holds a truth as text", "escalation.dmn", "<text>true</text>", '<text>"true"</text>'),
    edit("a cell asks something else", "escalation.dmn", "<text>2</text>", "<text>count([rung]) = 1</text>"),
    edit("an output names no letter", "escalation.dmn", '"escalation-chief-executive"', '"escalation-chief"'),
    edit("a column's type is changed", "escalation.dmn", 'typeRef="number"', 'typeRef="string"'),
    edit("a column of a result is misspelt", "action.bpmn", "=escalation.letter", "=escalation.leter"),
    edit("a function is misspelt", "panel.dmn", "count(", "cuont("),
    edit("a due date is a text", "application.bpmn", "=due(&#34;acknowledge&#34;)", "=applicant_name"),
    edit(
        "a due date has too many values",
        "application.bpmn",
        "=due(&#34;acknowledge&#34;)",
        "=due(&#34;acknowledge&#34;, today(), 1)",
    ),
    edit(
        "a script gives a text",
        "action.bpmn",
        '<zeebe:script expression="=2"',
        '<zeebe:script expression="=&#34;2&#34;"',
    ),
    edit("a channel is misspelt", "action.bpmn", "then &#34;hand&#34; else", "then &#34;handed&#34; else"),
    edit("a recipient is a day", "action.bpmn", "=assigned_to.name", "=today()"),
    edit("an entry of an item is misspelt", "review.bpmn", "actions[item.action_outcome", "actions[item.action_outcom"),
    edit("a choice is misspelt in a condition", "contact.bpmn", '=victim_reached = "yes"', '=victim_reached = "Yes"'),
    edit("a condition is a choice", "contact.bpmn", '=victim_reached = "yes"', "=victim_reached"),
    edit("a choice is put in an order", "contact.bpmn", '=victim_reached = "yes"', "=victim_reached &gt; 1"),
    edit("allowed_when is no truth", "case_review.bpmn", "=csio_name != null and threshold_met = null", "=csio_name"),
    edit(
        "allowed_when misspells a choice",
        "appeal.bpmn",
        "=case.status = &#34;closed&#34;",
        "=case.status = &#34;close&#34;",
    ),
    edit(
        "a figure misspells a value",
        "variant.toml",
        'applicant_role != \\"senior_manager\\"',
        'applicant_role != \\"senior\\"',
    ),
    edit("a figure compares with a number", "variant.toml", 'plan_is != \\"draft\\"', "plan_is != 1"),
    edit(
        "a letter prints what may be left out", "letters/ct1.md", "((csio_name))", "((csio_name)) ((applicant_phone))"
    ),
    edit("a letter prints a collection", "letters/ct1.md", "((csio_name))", "((csio_name)) ((reports))"),
)

HARMLESS: tuple[Edit, ...] = (
    edit(
        "an answer is added",
        _FORM,
        _RISK,
        _RISK.replace("\n      ]", ', {"label": "Unknown", "value": "unknown"}\n      ]'),
    ),
    edit("a label is changed", _FORM, "Is there an immediate risk of harm?", "Is anybody at risk?"),
    edit("what hides is said otherwise", _FORM, '=immediate_risk != \\"yes\\"', '=not(immediate_risk = \\"yes\\")'),
    edit(
        "a due date is counted by hand",
        "application.bpmn",
        "=due(&#34;acknowledge&#34;)",
        "=working days after(application_date, 2)",
    ),
    edit("a condition lists its answers", "contact.bpmn", '=victim_reached = "yes"', '=victim_reached in ("yes")'),
    edit(
        "a condition asks for more",
        "case_review.bpmn",
        '=application_result = "met"',
        '=application_result = "met" and csio_name != null',
    ),
    edit("a condition is turned round", "contact.bpmn", '=after_efforts = "go_on"', '="go_on" = after_efforts'),
    edit("a script computes", "action.bpmn", '<zeebe:script expression="=2"', '<zeebe:script expression="=1 + 1"'),
    edit(
        "a channel is chosen otherwise",
        "action.bpmn",
        "if assigned_to.email = null then",
        "if assigned_to.email = null or assigned_to.email = &#34;&#34; then",
    ),
    edit(
        "a letter prints what is there",
        "letters/ct1.md",
        "((csio_name))",
        "((csio_name))((applicant_phone??, ((applicant_phone))))",
    ),
    edit("the words of a table are changed", "escalation.dmn", "<text>H13.3</text>", "<text>H13.3, H13.2</text>"),
    edit("a limit is longer", "time_limits.dmn", "<text>30</text>", "<text>35</text>"),
    edit(
        "a figure counts less", "variant.toml", '"applicant_role != ', '"applicant_role != null and applicant_role != '
    ),
)
