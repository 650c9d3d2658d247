"""The parameters of a request, checked against what its endpoint takes."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from pipelines.serve.endpoints import Endpoint, Parameter
from pipelines.serve.request_errors import RequestError

MOST_GIVEN = 20
"""Parameters of a request."""


def from_query(endpoint: Endpoint, query: bytes) -> dict[str, Any]:
    """The parameters in an address, with defaults for those not given.

    Raises:
        RequestError: one is not known, missing, given twice, or out of bounds.
    """
    try:
        pairs = parse_qsl(
            query.decode("ascii"),
            True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_GIVEN,
        )
    except ValueError as error:
        raise _wrong(f"the address cannot be read: {error}") from error
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise _wrong("a parameter is given twice; give each once")
    numbers = {each.name for each in endpoint.parameters if each.kind == "integer"}
    return _checked(
        endpoint, {name: _number(value) if name in numbers else value for name, value in pairs}
    )


def from_body(endpoint: Endpoint, media_type: str, body: bytes) -> dict[str, Any]:
    """The parameters in a body, which is one JSON object; defaults for those not given.

    Raises:
        RequestError: it is none, or one of them is not known, missing, or out of bounds.
    """
    if media_type.partition(";")[0].strip().lower() != "application/json":
        # no page of another site can send this kind without asking first
        raise RequestError(415, "media-type", "the body must be application/json")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _wrong(f"the body is no JSON: {type(error).__name__}") from error
    if not isinstance(content, dict):
        raise _wrong('the body must be one JSON object, {"text": "..."}')
    return _checked(endpoint, content)


def _checked(endpoint: Endpoint, given: Mapping[str, Any]) -> dict[str, Any]:
    known = {parameter.name: parameter for parameter in endpoint.parameters}
    if unknown := sorted(str(name)[:40] for name in given.keys() - known.keys()):
        names = ", ".join(known) or "none"
        raise _wrong(f"{', '.join(unknown[:5])!a} is no parameter; there are: {names}")
    values: dict[str, Any] = {}
    for name, parameter in known.items():
        if name in given:
            values[name] = _value(parameter, given[name])
        elif parameter.is_required:
            raise _wrong(f"{name} is missing: {parameter.description}")
        else:
            values[name] = parameter.default
    return values


def _value(parameter: Parameter, value: Any) -> Any:
    if parameter.kind == "integer":
        if isinstance(value, bool) or not isinstance(value, int):
            raise _wrong(f"{parameter.name} must be a whole number")
        if not 1 <= value <= parameter.most:
            raise _wrong(f"{parameter.name} must lie in 1..{parameter.most}, got {value!s:.20}")
        return value
    if not isinstance(value, str):
        raise _wrong(f"{parameter.name} must be a string")
    if len(value) > parameter.longest:
        raise _wrong(
            f"{parameter.name} has {len(value):,} characters; "
            f"at most {parameter.longest:,} are read"
        )
    if not value.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _wrong(f"{parameter.name} holds half of a character")
    if parameter.is_required and not value:
        raise _wrong(f"{parameter.name} is empty: {parameter.description}")
    return _day(parameter, value) if parameter.kind == "day" else value


def _day(parameter: Parameter, value: str) -> date | None:
    if not value:
        return None  # an empty field of a form
    try:
        if len(value) != len("2026-03-02"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise _wrong(f"{parameter.name} must be a day as 2026-03-02, got {value[:40]!a}") from None


def _number(value: str) -> int | str:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else value


def _wrong(message: str) -> RequestError:
    return RequestError(400, "bad-request", message)
