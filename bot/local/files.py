"""Files of the loopback workspace: an address to send bytes to, then a file in a conversation. Hides where they lie.

The two steps are Slack's: files.getUploadURLExternal, a POST of the bytes, files.completeUploadExternal.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.local.state import BOT_USER, WorkspaceState

PNG = b"\x89PNG\r\n\x1a\n"
"""How such a picture begins; its width and height follow at bytes 16 and 20."""
MOST_BYTES = 4_000_000
"""Bytes of one file; ours, the workspace keeps files in memory."""


@dataclass
class StoredFile:
    """One file: announced with its `length` in bytes, filled by an upload, shared with a `title`; `alt` says what it
    shows."""

    id: str
    name: str
    length: int
    address: str
    title: str = ""
    alt: str = ""
    content: bytes | None = None

    @property
    def mimetype(self) -> str:
        """What its name says that it is."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def shown(self) -> dict[str, Any]:
        """As a message carries it."""
        title = self.title or self.name
        shown: dict[str, Any] = {"id": self.id, "name": self.name, "title": title, "mimetype": self.mimetype,
                                 "size": self.length, "user": BOT_USER, "mode": "hosted"}  # fmt: skip
        if self.alt:
            shown["alt_txt"] = self.alt
        if self.content is not None and self.content.startswith(PNG) and len(self.content) >= 24:
            wide, high = (int.from_bytes(self.content[at : at + 4], "big") for at in (16, 20))
            shown |= {"original_w": wide, "original_h": high}
        return shown


class Files:
    """All files of one workspace. `origin` is where uploads are sent, known once the workspace listens."""

    def __init__(self, state: WorkspaceState) -> None:
        self.origin = ""
        self.kept: dict[str, StoredFile] = {}
        self._state = state

    def reserve(self, name: str, length: str, alt: str = "") -> StoredFile | str:
        """A file to be sent, with the address for it; or the error name."""
        if not name or not length.isdigit() or int(length) == 0:
            return "invalid_arguments"
        if int(length) > MOST_BYTES:
            return "file_upload_size_restricted"
        identity = self._state.number("F")
        made = self.kept[identity] = StoredFile(
            identity, name, int(length), f"{self.origin}/upload/{identity}", alt=alt
        )
        return made

    async def receive(self, request: web.Request) -> web.Response:
        """The bytes of one announced file."""
        file = self.kept.get(request.match_info["id"])
        content = await request.read()
        if file is None or len(content) != file.length:
            return web.Response(status=400, text="not the file that was announced")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    def finish(self, named: Any) -> Sequence[StoredFile] | str:
        """The files that a caller says are sent, with their titles; or the error name."""
        done: list[StoredFile] = []
        for item in named if isinstance(named, list) else ():
            file = self.kept.get(str(item.get("id"))) if isinstance(item, Mapping) else None
            if file is None or file.content is None:
                return "file_not_found"
            file.title = str(item.get("title") or file.name)
            done.append(file)
        return done or "invalid_arguments"
