"""openapi.json: the endpoints, their parameters, and what they answer, made of the records."""

import json
import types
from dataclasses import fields
from datetime import datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from pipelines.index.answer import Match
from pipelines.index.part import IndexedArticle
from pipelines.index.search import Hit
from pipelines.serve.endpoints import ENDPOINTS, Endpoint, Parameter
from pipelines.serve.request_errors import JSON, TITLES

FREE = {"type": "object", "additionalProperties": True}
STRING, INTEGER, BOOLEAN = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
NUMBER_OR_NULL = {"type": ["number", "null"]}
STRING_OR_NULL = {"type": ["string", "null"]}
STRINGS = {"type": "array", "items": STRING}
REFUSED = (400, 403, 404, 405, 408, 413, 415, 422, 500, 503, 504)


def openapi() -> bytes:
    """The description as JSON; the same bytes for the same code."""
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    content = {
        "openapi": "3.1.0",
        "info": {
            "title": "copytrail",
            "version": "1",
            "description": (
                "Where has this text been before? Read only, over the published runs of a folder. "
                "The earliest copy in a crawl is not the original."
            ),
        },
        "paths": paths,
        "components": {"schemas": _schemas()},
    }
    return json.dumps(content, sort_keys=True).encode()


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{endpoint.name}"}
    answered = {"schema": schema if endpoint.media_type == JSON else STRING}
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}}
    if not endpoint.path.startswith("/api/"):
        refused["text/html"] = {"schema": STRING}
    responses = {
        str(status): {"description": TITLES[status], "content": refused} for status in REFUSED
    }
    media_type = endpoint.media_type.partition(";")[0]
    responses["200"] = {"description": "The answer", "content": {media_type: answered}}
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "responses": responses,
    }
    if endpoint.method == "POST":
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _body(endpoint)}},
        }
    elif endpoint.parameters:
        operation["parameters"] = [
            {
                "name": parameter.name,
                "in": "query",
                "required": parameter.is_required,
                "description": parameter.description,
                "schema": _parameter(parameter),
            }
            for parameter in endpoint.parameters
        ]
    return operation


def _body(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            parameter.name: _parameter(parameter) | {"description": parameter.description}
            for parameter in endpoint.parameters
        },
        "required": [each.name for each in endpoint.parameters if each.is_required],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    if parameter.kind == "integer":
        bounds = {"minimum": 1, "maximum": parameter.most}
        return INTEGER | bounds | {"default": parameter.default}
    if parameter.kind == "day":
        return STRING | {"format": "date"}
    return STRING | {"maxLength": parameter.longest, "minLength": int(parameter.is_required)}


def _schemas() -> dict[str, Any]:
    article = {
        field.name: _of_type(get_type_hints(IndexedArticle)[field.name])
        for field in fields(IndexedArticle)
        if field.name != "text"
    }
    return {
        "error": _object(error=_object(code=STRING, message=STRING)),
        "runs": _object(
            runs=_list(
                _object(
                    run=STRING,
                    days=STRING_OR_NULL,
                    articles=INTEGER,
                    outlets=INTEGER,
                    stories=INTEGER,
                    is_indexed=BOOLEAN,
                )
            )
        ),
        "match": _object(
            title=STRING_OR_NULL,
            article_id=STRING_OR_NULL,
            searched_runs=INTEGER,
            count=INTEGER,
            notes=STRINGS,
            matches=_list(_object(**article, **_own(Match))),
        ),
        "search": _object(
            count=INTEGER,
            is_cut=BOOLEAN,
            notes=STRINGS,
            hits=_list(_object(**article, **_own(Hit))),
        ),
        "outlets": _object(
            count=INTEGER,
            is_cut=BOOLEAN,
            outlets=_list(
                _object(
                    id=STRING,
                    name=STRING_OR_NULL,
                    hosts=STRINGS,
                    n_hosts=INTEGER,
                    run=STRING,
                    articles=INTEGER,
                    runs=INTEGER,
                )
            ),
        ),
        "outlet": _object(run=STRING, min_n=INTEGER, outlets=FREE, mirrors=FREE, network=FREE),
        "outlet_history": _object(
            source_id=STRING,
            is_cut=BOOLEAN,
            measures=_list(_object(name=STRING, description=STRING, of=STRING)),
            runs=_list(
                _object(
                    run=STRING,
                    days=STRING_OR_NULL,
                    articles=INTEGER,
                    min_n=INTEGER,
                    shares={
                        "type": "object",
                        "additionalProperties": {
                            "type": "array",
                            "items": NUMBER_OR_NULL,
                            "minItems": 5,
                            "maxItems": 5,
                        },
                    },
                )
            ),
        ),
        "story": _object(run=STRING, story=FREE, detail=FREE),
    }


def _own(record: type) -> dict[str, Any]:
    """The fields of a record beside its article."""
    hints = get_type_hints(record)
    return {
        field.name: _of_type(hints[field.name])
        for field in fields(record)
        if field.name != "article"
    }


def _of_type(kind: Any) -> dict[str, Any]:
    """The JSON of a field of this type."""
    if get_origin(kind) in (Union, types.UnionType):
        [inner] = [each for each in get_args(kind) if each is not type(None)]
        schema = _of_type(inner)
        return schema | {"type": [schema["type"], "null"]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of_type(get_args(kind)[0])}
    if kind is datetime:
        return STRING | {"format": "date-time"}
    named: dict[Any, dict[str, Any]] = {
        str: STRING,
        int: INTEGER,
        float: {"type": "number"},
        bool: BOOLEAN,
    }
    return named[kind]


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
