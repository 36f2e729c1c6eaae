"""The parts of the screens: each is a blueprint in a package of its own."""

from flask import Blueprint

from webui.access.views import blueprint as access
from webui.policy.views import blueprint as policy
from webui.shell.views import blueprint as shell

BLUEPRINTS: tuple[Blueprint, ...] = (shell, access, policy)
