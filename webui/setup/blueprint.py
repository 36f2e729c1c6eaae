"""The part of the screens in which administrators say who works here; its views stand in the modules beside."""

from flask import Blueprint

blueprint = Blueprint("setup", __name__)
