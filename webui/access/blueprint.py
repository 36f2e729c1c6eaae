"""The part of the screens that lets people in; its views stand in the modules beside."""

from flask import Blueprint

blueprint = Blueprint("access", __name__)
