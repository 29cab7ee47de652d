"""The address of history files: a file is sent while it is written, and never held whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route


def history_route(base: str, text_of: Callable[[str], Iterator[str] | None]) -> Route:
    """Make the route of the files.

    Parameters
    ----------
    base : str
        What the addresses of this server begin with, as "/app"; may be empty.
    text_of : callable
        Gives the text of the file of a name, piece by piece, or None if there is none.
    """

    def serve(request: Request) -> Response:
        text = text_of(request.path_params["name"])
        if text is None:
            return PlainTextResponse("This file is not offered any more. Open Share again.", 404)
        headers = {"Content-Disposition": 'attachment; filename="history.csv"', "Cache-Control": "no-store"}
        return StreamingResponse(text, media_type="text/csv; charset=utf-8", headers=headers)

    return Route(f"{base}/history/{{name}}.csv", serve)
