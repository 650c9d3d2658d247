"""What stands before every question: who may ask, how much, how long, and what every answer says.

A page of another site can make a browser send requests here. Such a page that lets its own name
lead to this machine (DNS rebinding) could read the answers too: so the name that is asked for has
to be this machine's, or one that was allowed.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from ipaddress import ip_address
from typing import Any

from pipelines.serve.request_errors import Reply, RequestError, error_reply

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 1_000_000
"""Bytes of a request; a text of endpoints.LONGEST_TEXT in any script, escaped, fits."""
READ_AWAY = 8_000_000
"""Bytes that are read and dropped of a larger one: who sends first and reads then gets the error,
and no broken connection."""
BODY_S = 10.0
"""How long a body may take to arrive."""
LONGEST_QUERY = 16_000
"""Bytes behind the question mark."""
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")
_FETCHED_HERE = ("same-origin", "none")
SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
NO_CONTENT = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The policy of answers that bring none of their own."""


class Guard:
    """Answers by an application what may be asked, and says no to everything else.

    Args:
        application: what answers.
        allowed_hosts: names by which this machine may be asked for, beside loopback ones.
    """

    def __init__(self, application: Application, allowed_hosts: Iterable[str] = ()) -> None:
        self._application = application
        self._allowed = frozenset(host.lower().rstrip(".") for host in allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # the server speaks nothing else
        headers = dict(scope["headers"])
        try:
            self._check(scope, headers)
            body = await asyncio.wait_for(_body(headers, receive), BODY_S)
        except TimeoutError:
            error = RequestError(408, "too-slow", f"the body did not arrive within {BODY_S:g} s")
            await send_reply(error_reply(error, accepts_html(scope)), send, is_last=True)
            return
        except RequestError as error:
            await send_reply(error_reply(error, accepts_html(scope)), send, is_last=True)
            return
        await self._application(scope, _replayed(body), _with_headers(send))

    def _check(self, scope: Scope, headers: dict[bytes, bytes]) -> None:
        """Whether it may be asked at all.

        Raises:
            RequestError: it may not.
        """
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            raise RequestError(
                403,
                "host",
                "the Host asked for is no name of this machine; `--allow-host NAME` allows one",
            )
        origin = headers.get(b"origin")
        if origin is not None and origin.partition(b"://")[2] != hosts[0]:
            raise RequestError(403, "origin", "a page of another site asked")
        fetched = headers.get(b"sec-fetch-site", b"none").decode("latin-1")
        is_opened = headers.get(b"sec-fetch-mode") == b"navigate"
        if fetched not in _FETCHED_HERE and not (is_opened and scope["method"] == "GET"):
            raise RequestError(403, "origin", "a page of another site asked")
        if len(scope["query_string"]) > LONGEST_QUERY:
            raise RequestError(400, "bad-request", "the address is too long")

    def _is_ours(self, host: bytes) -> bool:
        shown = _HOST.fullmatch(host.decode("latin-1"))
        if shown is None:
            return False
        name = shown[1].lower().rstrip(".")
        return name in self._allowed or is_loopback(name)


def is_loopback(name: str) -> bool:
    """Whether a host name or address is that of this machine itself.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("localhost.example")
    (True, True, False)
    """
    if name == "localhost":
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


async def _body(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    """The whole body.

    Raises:
        RequestError: it is too large, or the client went away.
    """
    error = RequestError(413, "too-large", f"a request has at most {LARGEST_BODY:,} bytes")
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length[:20]) > READ_AWAY:
        raise error
    body = bytearray()
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise RequestError(400, "gone", "the client went away")
        part = message.get("body", b"")
        size += len(part)
        if size <= LARGEST_BODY:
            body += part
        if size > READ_AWAY or (size > LARGEST_BODY and not message.get("more_body")):
            raise error
        if not message.get("more_body"):
            return bytes(body)


def _replayed(body: bytes) -> Receive:
    """The body for who asks for it, in one piece."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


def _with_headers(send: Send) -> Send:
    """Adds to every answer what browsers shall not do with it."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            if b"content-security-policy" not in {name.lower() for name, _ in headers}:
                headers.append((b"content-security-policy", NO_CONTENT))
            message = {**message, "headers": [*headers, *SAFE]}
        await send(message)

    return sent


def accepts_html(scope: Scope) -> bool:
    """Whether a browser shows the answer as a page."""
    accepted = dict(scope["headers"]).get(b"accept", b"")
    return b"text/html" in accepted and not scope["path"].startswith("/api/")


async def send_reply(reply: Reply, send: Send, is_last: bool = False) -> None:
    """Sends a reply; after the last one the connection is closed, whatever is still coming."""
    headers = [
        (b"content-type", reply.media_type.encode()),
        (b"content-length", str(len(reply.body)).encode()),
        *([(b"connection", b"close")] if is_last else []),
    ]
    safe = _with_headers(send)
    await safe({"type": "http.response.start", "status": reply.status, "headers": headers})
    await safe({"type": "http.response.body", "body": reply.body})
