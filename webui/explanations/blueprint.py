"""The blueprint that the views of the log hang on."""

from flask import Blueprint

blueprint = Blueprint("explanations", __name__, url_prefix="/second-reports")
