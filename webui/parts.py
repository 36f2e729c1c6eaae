"""The parts of the screens: each is a blueprint in a package of its own."""

from flask import Blueprint

from webui.access.views import blueprint as access
from webui.applicant import blueprint as applicant
from webui.apply import blueprint as apply
from webui.case import blueprint as case
from webui.explanations import blueprint as explanations
from webui.inbox import absences
from webui.inbox import blueprint as inbox
from webui.overview import blueprint as overview
from webui.parcels.views import blueprint as parcels
from webui.policy import blueprint as policy
from webui.published import blueprint as published
from webui.setup.address_book import blueprint as address_book
from webui.setup.views import blueprint as setup
from webui.shell.views import blueprint as shell
from webui.task.views import blueprint as task

BLUEPRINTS: tuple[Blueprint, ...] = (
    shell,
    access,
    inbox,
    absences,
    policy,
    setup,
    address_book,
    task,
    case,
    overview,
    parcels,
    apply,
    explanations,
    applicant,
    published,
)
