"""The parts of the screens: each is a blueprint in a package of its own."""

from flask import Blueprint

from webui.access.views import blueprint as access
from webui.case import blueprint as case
from webui.manage import blueprint as manage
from webui.policy.views import blueprint as policy
from webui.setup.views import blueprint as setup
from webui.shell.views import blueprint as shell
from webui.task.views import blueprint as task

BLUEPRINTS: tuple[Blueprint, ...] = (shell, access, policy, setup, task, case, manage)
