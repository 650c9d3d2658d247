"""What can be wrong with a request, and how that is said: in JSON, or on a page in a browser."""

import json
from dataclasses import dataclass
from html import escape

JSON, HTML = "application/json", "text/html; charset=utf-8"
TITLES = {
    400: "The request is not understood",
    403: "This server does not answer that",
    404: "There is no such thing",
    405: "That method is not known here",
    408: "The request came too slowly",
    413: "The request is too large",
    415: "The body is of another kind",
    422: "There is no answer to that",
    431: "The head of the request is too large",
    500: "The question failed",
    503: "Too many questions at once",
    504: "The question took too long",
}


class RequestError(Exception):
    """A request that gets no answer.

    Args:
        status: of HTTP.
        code: for programs.
        message: what was got, what was wanted, and the way out.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes over the wire."""

    status: int
    media_type: str
    body: bytes


def error_reply(error: RequestError, accepts_html: bool) -> Reply:
    """The error as a page where a browser shows it, else as JSON."""
    if not accepts_html:
        content = {"error": {"code": error.code, "message": error.message}}
        return Reply(error.status, JSON, json.dumps(content).encode())
    title = escape(TITLES.get(error.status, "The request failed"))
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
        f"<main><h1>{title}</h1><p>{escape(error.message)}</p>"
        f'<p>{error.status} {escape(error.code)}. <a href="/">To the start</a></p></main></html>'
    )
    return Reply(error.status, HTML, page.encode("utf-8", "replace"))
