"""The blueprint that the views of applying hang on."""

from flask import Blueprint

blueprint = Blueprint("apply", __name__)
