"""The page that describes the API: the OpenAPI description as plain HTML, without a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, Template


def page(openapi: Mapping[str, Any]) -> str:
    """The description as a page of its own.

    Args:
        openapi: As the app gives it at `/openapi.json`.
    """
    schemas = openapi.get("components", {}).get("schemas", {})
    return _template().render(
        info=openapi["info"],
        operations=list(_operations(openapi)),
        schemas={name: _fields(schema, schemas) for name, schema in sorted(schemas.items())},
        descriptions={name: schema.get("description", "") for name, schema in schemas.items()},
    )


@cache
def _template() -> Template:
    source = (files("lhassist.server") / "reference.html.j2").read_text("utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


def _operations(openapi: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in openapi["paths"].items():
        for method, one in methods.items():
            bodies = one.get("requestBody", {}).get("content", {})
            yield {
                "method": method.upper(),
                "path": path,
                "tag": one.get("tags", [""])[0],
                "description": one.get("description", ""),
                "parameters": [
                    {
                        "name": parameter["name"],
                        "place": parameter["in"],
                        "type": _type(parameter["schema"]),
                        "description": parameter.get("description", ""),
                    }
                    for parameter in one.get("parameters", ())
                ],
                "bodies": {kind: _type(body["schema"]) for kind, body in bodies.items()},
                "responses": {
                    status: [
                        (kind, _type(content.get("schema", {})))
                        for kind, content in response.get("content", {}).items()
                    ]
                    for status, response in one["responses"].items()
                },
            }


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[dict[str, str]]:
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "type": _type(field),
            "needed": "required" if name in required else "",
            "description": field.get("description", ""),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: the name of another, or what kind of value it is."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return " or ".join(_type(one) for one in schema[word])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("type", "any value"))
