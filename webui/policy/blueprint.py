"""The blueprint of the pages of a policy."""

from flask import Blueprint

blueprint = Blueprint("policy", __name__, url_prefix="/policy")
