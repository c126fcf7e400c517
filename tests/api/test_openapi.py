"""The description of the API says what the API does."""

from typing import Any

import pytest

from tests.api.programs import Program, program
from tests.api.test_pages import NEW
from tests.world import World

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None), "boolean": bool}


def description(client: Program) -> dict[str, Any]:
    answer = client.call("GET", "/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: dict[str, Any] = answer.json  # type: ignore[assignment]
    return found


def faults(whole: dict[str, Any], schema: dict[str, Any], value: Any, where: str = "") -> list[str]:
    """Where a value differs from a schema."""
    if "$ref" in schema:
        return faults(whole, whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]], value, where)
    if "allOf" in schema:
        return [fault for part in schema["allOf"] for fault in faults(whole, part, value, where)]
    named = schema.get("type", [])
    allowed = tuple(TYPES[one] for one in ([named] if isinstance(named, str) else named))
    if allowed and not isinstance(value, allowed):
        return [f"{where}: {value!r} is no {named}"]
    found = []
    if isinstance(value, dict):
        found += [f"{where}.{key} is missing" for key in schema.get("required", []) if key not in value]
        for key, part in schema.get("properties", {}).items():
            if key in value:
                found += faults(whole, part, value[key], f"{where}.{key}")
    if isinstance(value, list):
        found += [fault for one in value for fault in faults(whole, schema.get("items", {}), one, f"{where}[]")]
    return found


def check(whole: dict[str, Any], path: str, method: str, status: int, value: Any) -> None:
    operation = whole["paths"][path][method.lower()]
    assert str(status) in operation["responses"], f"{method} {path} does not tell of {status}"
    answer = operation["responses"][str(status)]
    if "$ref" in answer:
        answer = whole["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    schema = answer["content"]["application/json"]["schema"]
    assert faults(whole, schema, value) == []


def test_it_works(lone_world: World) -> None:
    client = program(lone_world, "ada")
    whole = description(client)
    page, pages = "/api/v1/pages/{space}/{slug}", "/api/v1/pages"
    tides = "/pages/paper-coast/tides"
    calls: list[tuple[str, str, str, Any, int]] = [
        ("POST", pages, "/pages", NEW, 201),
        ("POST", pages, "/pages", {**NEW, "title": ""}, 422),
        ("POST", pages, "/pages", {**NEW, "space": "directory"}, 403),
        ("POST", pages, "/pages", {**NEW, "space": "nowhere"}, 404),
        ("GET", pages, "/pages", None, 200),
        ("GET", pages, "/pages?limit=x", None, 422),
        ("GET", page, tides, None, 200),
        ("GET", page, "/pages/paper-coast/nothing", None, 404),
        ("PUT", page, tides, {"base": 1, "body": "One.\n\nTwo."}, 200),
        ("PUT", page, tides, {"base": 1, "body": "Other."}, 409),
        ("PUT", page, tides, {}, 422),
        ("GET", f"{page}/revisions", f"{tides}/revisions", None, 200),
        ("GET", f"{page}/revisions/{{revision}}", f"{tides}/revisions/1", None, 200),
        ("GET", f"{page}/revisions/{{revision}}", f"{tides}/revisions/9", None, 404),
        ("GET", "/api/v1/search", "/search?q=two", None, 200),
        ("GET", "/api/v1/search", "/search?q=tow", None, 200),
    ]
    for method, path, url, body, status in calls:
        answer = client.call(method, url, body)
        assert answer.status_code == status, (method, url, answer.text)
        check(whole, path, method, status, answer.json)
    refused = program(lone_world, "visitor").call("POST", "/pages", NEW)
    check(whole, pages, "POST", 401, refused.json)


def test_every_address_of_the_api_is_described(lone_world: World) -> None:
    whole = description(program(lone_world, "visitor"))
    described = {
        (path, method.upper())
        for path, methods in whole["paths"].items()
        for method in methods
        if method != "parameters"
    }
    served = {
        (rule.rule.replace("<int:", "<").replace("<", "{").replace(">", "}"), method)
        for rule in lone_world.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.unknown"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == served


@pytest.mark.parametrize(
    ("schema", "path"), [("NewPage", "/api/v1/pages"), ("PageUpdate", "/api/v1/pages/{space}/{slug}")]
)
def test_every_key_that_is_described_is_understood(lone_world: World, schema: str, path: str) -> None:
    lone_world.page("ada", "paper-coast", "article", "Ebb")
    client = program(lone_world, "ada")
    whole = description(client)
    assert path in whole["paths"]
    samples = {
        "space": "paper-coast",
        "title": "T",
        "slug": "t",
        "kind": "article",
        "body": "b",
        "fields": {},
        "note": "n",
    }
    keys = whole["components"]["schemas"][schema]["properties"]
    body = {key: {**samples, "base": 1, "weight": "small"}[key] for key in keys}
    answer = (
        client.call("POST", "/pages", body)
        if schema == "NewPage"
        else client.call("PUT", "/pages/paper-coast/ebb", body)
    )
    assert answer.status_code in (200, 201), answer.text
