"""The page on which a class is marked, as an ASGI application for one person on this machine.

Only who has the token in the address gets in: it becomes a cookie that other sites' requests do not carry. A page of
another site that has its name pointed at this machine is turned away by the host that it asks for.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from grader.errors import GraderError, UsageError
from grader.marking.marking import choice_of
from grader.marking.papers import Pile
from grader.marking.view import Desk

COOKIE = "grader-mark"
MOST_FORM = 64 << 10  # bytes
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{script}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
Next = Callable[[Request], Awaitable[Response]]


def application(desk: Desk, token: str, hosts: tuple[str, ...]) -> Starlette:
    """The application.

    Args:
        token: what the address must have.
        hosts: what it may be asked as, with the port.
    """

    async def guard(request: Request, proceed: Next) -> Response:
        """Who is not meant to be here gets nothing, and nothing is cached, framed or read by others."""
        response = _refusal(request, token, hosts) or await proceed(request)
        response.headers.update(
            {
                "Content-Security-Policy": POLICY.format(script=desk.script),
                "Cache-Control": "no-store",
                "Referrer-Policy": "same-origin",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin",
            }
        )
        return response

    async def home(request: Request) -> Response:
        """With the token: a cookie in its place. Then the first answer that waits, or the overview."""
        if "token" in request.query_params:
            response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
            response.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
            return response
        first = next(desk.marking.waiting(), None)
        return _to(first) if first and "all" not in request.query_params else HTMLResponse(desk.overview())

    async def names(request: Request) -> Response:
        """Hide names, or show them again."""
        desk.hidden = not desk.hidden
        return _to(_pile(desk, request))

    async def show(request: Request) -> Response:
        pile = _pile(desk, request)
        return HTMLResponse(desk.page(pile)) if pile else PlainTextResponse("There is no such answer.", 404)

    async def mark(request: Request) -> Response:
        """Write a choice; only then comes the next answer."""
        pile, body = _pile(desk, request), await request.body()
        if pile is None:
            return PlainTextResponse("There is no such answer.", 404)
        if len(body) > MOST_FORM:
            return HTMLResponse(desk.page(pile, "That comment is too long."), 413)
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        points, text = (form.get(name, [""])[0] for name in ("points", "text"))
        try:
            desk.marking.mark(pile, choice_of(pile.question, form.get("line", []), points, text))
        except GraderError as error:
            status = HTTPStatus.BAD_REQUEST if isinstance(error, UsageError) else HTTPStatus.CONFLICT
            return HTMLResponse(desk.page(pile, f"Nothing was written: {error}"), status)
        return _to(desk.marking.after(pile))

    place = "/{question}/{pile}"
    routes = [
        Route("/", home),
        Route(f"/answer{place}", show),
        Route(f"/answer{place}", mark, methods=["POST"]),
        Route(f"/names{place}", names, methods=["POST"]),
    ]
    return Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)])


def _refusal(request: Request, token: str, hosts: tuple[str, ...]) -> Response | None:
    """Why a request is not answered."""
    if request.headers.get("host", "") not in hosts:
        return PlainTextResponse("Open the address that `grader mark` printed.", HTTPStatus.MISDIRECTED_REQUEST)
    origin = request.headers.get("origin")
    if request.method != "GET" and origin not in {f"http://{host}" for host in hosts}:
        return PlainTextResponse("This came from another page.", HTTPStatus.FORBIDDEN)
    given = request.cookies.get(COOKIE, "")
    if request.url.path == "/" and request.method == "GET":
        given = request.query_params.get("token", given)
    if not hmac.compare_digest(given.encode(), token.encode()):
        return PlainTextResponse("Open the address that `grader mark` printed.", HTTPStatus.FORBIDDEN)
    return None


def _pile(desk: Desk, request: Request) -> Pile | None:
    return desk.marking.stack.pile(request.path_params["question"], request.path_params["pile"])


def _to(pile: Pile | None) -> Response:
    return RedirectResponse(f"/answer/{pile.question.id}/{pile.id}" if pile else "/?all=1", HTTPStatus.SEE_OTHER)
