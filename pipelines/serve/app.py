"""The application: routes of all endpoints, the page, and openapi.json, behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from pipelines.serve.endpoints import ENDPOINTS, Endpoint
from pipelines.serve.guard import Application, Guard, accepts_html
from pipelines.serve.openapi import openapi
from pipelines.serve.page import ERROR_POLICY, SHEET_POLICY, page, page_policy
from pipelines.serve.parameters import from_body, from_query
from pipelines.serve.request_errors import HTML, JSON, TITLES, Reply, RequestError, error_reply
from pipelines.serve.workers import Answerers

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

DESCRIPTION = "/openapi.json"


def application(answerers: Answerers, allowed_hosts: Iterable[str] = ()) -> Application:
    """The whole application as ASGI.

    Args:
        answerers: who answer the questions; started and stopped with the application.
        allowed_hosts: names by which this machine may be asked for, beside loopback ones.
    """
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.routing import Route

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        answerers.start()
        try:
            yield
        finally:
            answerers.stop()

    start, description = page().encode(), openapi()
    routes = [
        Route("/", _fixed(Reply(200, HTML, start), page_policy()), methods=["GET"]),
        Route(DESCRIPTION, _fixed(Reply(200, JSON, description)), methods=["GET"]),
        *(
            Route(endpoint.path, _answered(endpoint, answerers), methods=[endpoint.method])
            for endpoint in ENDPOINTS
        ),
    ]
    application = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused, RequestError: _failed, Exception: _broken},
    )
    application.router.redirect_slashes = False
    return Guard(application, allowed_hosts)


def _fixed(reply: Reply, policy: str | None = None) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_: Request) -> Response:
        return _response(reply, policy)

    return endpoint


def _answered(endpoint: Endpoint, answerers: Answerers) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if endpoint.method == "POST":
            if request.scope["query_string"]:
                raise RequestError(400, "bad-request", "parameters stand in the body")
            media_type = request.headers.get("content-type", "")
            values = from_body(endpoint, media_type, await request.body())
        else:
            values = from_query(endpoint, request.scope["query_string"])
        reply = await answerers.answer(endpoint.name, values)
        return _response(reply, SHEET_POLICY if reply.media_type == HTML else None)

    return answer


async def _refused(request: Request, error: Exception) -> Response:
    """What Starlette itself refuses: an address or a method that it does not know."""
    status = getattr(error, "status_code", 500)
    known = ", ".join(["/", DESCRIPTION, *(endpoint.path for endpoint in ENDPOINTS)])
    message = f"{TITLES.get(status, 'The request failed')}; there are: {known}"
    refused = RequestError(status, "method" if status == 405 else "address", message)
    response = await _failed(request, refused)
    for name, value in (getattr(error, "headers", None) or {}).items():
        response.headers[name] = value  # which methods there are
    return response


async def _failed(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestError):
        raise error
    reply = error_reply(error, accepts_html(request.scope))
    return _response(reply, ERROR_POLICY if reply.media_type == HTML else None)


async def _broken(request: Request, error: Exception) -> Response:
    """A fault of ours: uvicorn logs it, the client is told that it is one."""
    failed = RequestError(500, "failed", f"the question failed ({type(error).__name__})")
    return _response(error_reply(failed, accepts_html(request.scope)))


def _response(reply: Reply, policy: str | None = None) -> Response:
    from starlette.responses import Response

    headers = {"content-type": reply.media_type}
    if policy:
        headers["content-security-policy"] = policy
    if reply.status == 503:
        headers["retry-after"] = "2"
    return Response(reply.body, reply.status, headers)
