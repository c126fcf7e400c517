"""The areas of the interface, each a blueprint."""

from flask import Flask
from flask_wtf import CSRFProtect

from wiki.attachments.routes import attachments
from wiki.lifecycle.routes import lifecycle
from wiki.pages.routes import pages
from wiki.people.routes import people
from wiki.web.basics import basics


def register(app: Flask, csrf: CSRFProtect) -> None:
    for blueprint in (basics, people, lifecycle, attachments, pages):
        app.register_blueprint(blueprint)
