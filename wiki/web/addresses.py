"""What the parts of an address can be: text that a database can hold, numbers that it can count to."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, PathConverter, UnicodeConverter, ValidationError

#: The largest number that an id or a revision can have.
MOST = 2**31 - 1


class Text(UnicodeConverter):
    def to_python(self, value: str) -> str:
        return _storable(super().to_python(value))


class Path(PathConverter):
    def to_python(self, value: str) -> str:
        return _storable(super().to_python(value))


class Number(IntegerConverter):
    def to_python(self, value: str) -> int:
        number = int(super().to_python(value[:20]))
        if number > MOST:
            raise ValidationError
        return number


def _storable(value: str) -> str:
    if "\0" in value:
        raise ValidationError
    return value


def _refuse_questions() -> None:
    if b"%00" in request.query_string:
        abort(400)


def setup(app: Flask) -> None:
    app.before_request(_refuse_questions)
    app.url_map.converters.update(default=Text, string=Text, path=Path, int=Number)
