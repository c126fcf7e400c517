"""The areas of the interface, each a blueprint; and the names that their routes take."""

from flask import Flask
from flask_wtf import CSRFProtect

from wiki.people.routes import people
from wiki.web.basics import basics


def register(app: Flask, csrf: CSRFProtect) -> None:
    for blueprint in (basics, people):
        app.register_blueprint(blueprint)
    app.extensions["holdfast"].notes["reserved"] = reserved_names(app)


def reserved_names(app: Flask) -> frozenset[str]:
    """First parts of all addresses: a space cannot have one of these names. Second parts below a space: nor can a page."""
    firsts = set()
    for rule in app.url_map.iter_rules():
        parts = rule.rule.strip("/").split("/")
        if parts[0] and not parts[0].startswith("<"):
            firsts.add(parts[0].split(".")[0])
        elif len(parts) > 1 and not parts[1].startswith("<"):
            firsts.add(parts[1].split(".")[0])
    return frozenset(firsts)
