"""A limit on the uploaded files that are kept for a visitor: Streamlit has none."""

from __future__ import annotations

from typing import cast

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

MOST_FILES = 4


class FewUploads:
    """Keep only the last few uploaded files of each visitor. Streamlit keeps any number of them, even unasked ones.

    The app reads a file when it arrives, so older ones are not needed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; before an upload is answered, remove the oldest files."""
        path = scope.get("path", "").split("/")

        async def send_with_few_left(message: Message) -> None:
            if message["type"] == "http.response.start":
                visitor = path[-2]
                files = cast(MemoryUploadedFileManager, runtime.get_instance().uploaded_file_mgr)
                for oldest in list(files.file_storage.get(visitor, ()))[:-MOST_FILES]:
                    files.remove_file(visitor, oldest)
            await send(message)

        if scope.get("method") != "PUT" or path[-4:-2] != ["_stcore", "upload_file"]:
            await self.app(scope, receive, send)
        elif "content-length" not in Headers(scope=scope):  # every browser sends it, and Streamlit checks it
            await Response("Length required", 411)(scope, receive, send)
        else:
            await self.app(scope, receive, send_with_few_left)
