"""The areas of the interface, each a blueprint."""

from flask import Flask
from flask_wtf import CSRFProtect

from wiki.people.routes import people
from wiki.web.basics import basics


def register(app: Flask, csrf: CSRFProtect) -> None:
    for blueprint in (basics, people):
        app.register_blueprint(blueprint)
