"""openapi.json says what the routes do: every address, parameter and field."""

import json
from typing import Any

import pytest

from pipelines.serve.endpoints import ENDPOINTS
from pipelines.serve.openapi import openapi
from tests.pipelines.serve.conftest import DAYS, Served, rows_of


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(openapi())
    return content


def fits(value: Any, schema: dict[str, Any], described: dict[str, Any]) -> None:
    """Fails where a value is not as its schema says; knows what openapi.py uses."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    kinds: dict[str, tuple[type, ...]] = {"string": (str,), "integer": (int,), "boolean": (bool,)}
    kinds |= {"number": (int, float), "object": (dict,), "array": (list,), "null": (type(None),)}
    names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    assert any(isinstance(value, kinds[name]) for name in names), (value, schema)
    if isinstance(value, dict) and "properties" in schema:
        assert value.keys() == schema["properties"].keys()
        assert sorted(value) == schema["required"]
        for name, inner in schema["properties"].items():
            fits(value[name], inner, described)
    if isinstance(value, list):
        for item in value:
            fits(item, schema["items"], described)


def test_it_is_served_as_it_is_made(served: Served, described: dict[str, Any]) -> None:
    assert served.get("/openapi.json") == described


def test_every_endpoint_stands_in_it_with_its_parameters(described: dict[str, Any]) -> None:
    assert described["paths"].keys() == {endpoint.path for endpoint in ENDPOINTS}
    for endpoint in ENDPOINTS:
        operation = described["paths"][endpoint.path][endpoint.method.lower()]
        if endpoint.method == "GET":
            names = [parameter["name"] for parameter in operation.get("parameters", ())]
        else:
            body = operation["requestBody"]["content"]["application/json"]["schema"]
            names = list(body["properties"])
        assert sorted(names) == sorted(parameter.name for parameter in endpoint.parameters)


def test_every_answer_fits_its_schema(served: Served, described: dict[str, Any]) -> None:
    hit = served.get("/api/search", since=DAYS[0])["hits"][0]
    values = {"words": "headline", "name": "lake", "id": "lakeside.example"}
    for endpoint in ENDPOINTS:
        if endpoint.name == "evidence":
            continue
        schema = {"$ref": f"#/components/schemas/{endpoint.name}"}
        if endpoint.name == "match":
            content = served.post("/api/match", {"text": rows_of(DAYS[0], 0)[0]["text"]})[1]
        elif endpoint.name == "story":
            content = served.get("/api/story", id=hit["cluster_id"])
        else:
            names = {parameter.name for parameter in endpoint.parameters}
            given = {name: value for name, value in values.items() if name in names}
            content = served.get(endpoint.path, **given)
        fits(content, schema, described)
    refused = json.loads(served.ask("/api/story")[1])
    fits(refused, {"$ref": "#/components/schemas/error"}, described)
