"""What a workspace accepts of blocks and views: Slack's limits as checks. Hides how a block tree is walked.

Figures: Slack's documented limits, the lower one where documents disagree. A problem names its place by JSON pointer,
as `blocks.validate` does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MESSAGE_BLOCKS = 50
"""Blocks in a message."""
VIEW_BLOCKS = 100
"""Blocks in a modal or an App Home."""
MESSAGE_CHARACTERS = 12_000
"""Text characters over all blocks of a message; above it a workspace says msg_blocks_too_long."""
MESSAGE_SERIALISED = 13_200
"""Characters of the serialised blocks of a message at which they were seen refused."""
FALLBACK_CHARACTERS = 4_000
"""Characters of the top-level text of a message."""
ALT_TEXT = 1_000
"""Characters of what is said of a file to who does not see it."""
EVENT_TYPE = 50
"""Characters of the event type of message metadata."""
METADATA_CHARACTERS = 8_000
"""Characters of serialised metadata; only the error's name is documented, the figure is ours."""

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One thing that a workspace refuses, with its place."""

    pointer: str
    code: str
    message: str
    constraint: str = ""
    field: str = ""

    def as_json(self) -> dict[str, str]:
        """As `blocks.validate` shows it."""
        return {
            "pointer": self.pointer,
            "code": self.code,
            "message": self.message,
            "constraint": self.constraint,
            "field": self.field,
        }


def of_blocks(blocks: object, surface: str = "message") -> list[Problem]:
    """Problems of a list of blocks on a surface: message, modal or home."""
    check = _Check(surface)
    check.blocks(blocks, "/blocks")
    return check.problems


def of_view(view: object) -> list[Problem]:
    """Problems of a modal or Home view."""
    if not isinstance(view, Mapping):
        return [Problem("", "invalid_type", "a view is an object")]
    surface = "home" if view.get("type") == "home" else "modal"
    check = _Check(surface)
    if view.get("type") not in {"home", "modal"}:
        check.add("/type", "invalid_value", "a view is a home or a modal")
    if surface == "modal":
        check.text(view.get("title"), "/title", 24, plain=True)
        for name in ("submit", "close"):
            if name in view:
                check.text(view[name], f"/{name}", 24, plain=True)
    for name, most in (("private_metadata", 3000), ("callback_id", 255)):
        check.length(view.get(name, ""), f"/{name}", most)
    check.blocks(view.get("blocks"), "/blocks")
    return check.problems


def of_metadata(metadata: object) -> str:
    """The error name for message metadata, "" where it is fine: values are strings, numbers, truths or flat objects."""
    if not isinstance(metadata, Mapping) or set(metadata) - {"event_type", "event_payload"}:
        return "invalid_metadata_format"
    event, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(event, str) or not 0 < len(event) <= EVENT_TYPE or not isinstance(payload, Mapping):
        return "invalid_metadata_format"
    if not all(_flat(value) for value in payload.values()):
        return "invalid_metadata_schema"
    return "metadata_too_large" if len(json.dumps(metadata)) > METADATA_CHARACTERS else ""


def _flat(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(inner, (str, int, float, bool)) for inner in value.values())
    return isinstance(value, (str, int, float, bool))


def texts(node: object) -> list[str]:
    """Every text that a reader sees in a block tree, in order: the values of `text` that are strings."""
    found: list[str] = []
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in {"text", "alt_text", "fallback"} and isinstance(value, str):
                found.append(value)
            else:
                found.extend(texts(value))
    elif isinstance(node, Sequence) and not isinstance(node, (str, bytes)):
        for value in node:
            found.extend(texts(value))
    return found


def too_long(blocks: object) -> bool:
    """Whether the blocks of one message are more than a workspace takes at once."""
    if sum(len(text) for text in texts(blocks)) > MESSAGE_CHARACTERS:
        return True
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > MESSAGE_SERIALISED


@dataclass
class _Check:
    """Walks blocks and gathers problems."""

    surface: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, pointer: str, code: str, message: str, constraint: str = "") -> None:
        """Note one problem."""
        self.problems.append(Problem(pointer, code, message, constraint, pointer.rpartition("/")[2]))

    def length(self, value: object, pointer: str, most: int, least: int = 0) -> None:
        """A string of `least` to `most` characters."""
        if not isinstance(value, str):
            self.add(pointer, "invalid_type", "must be a string")
        elif not least <= len(value) <= most:
            self.add(pointer, "invalid_length", f"must be {least} to {most} characters, is {len(value)}", str(most))

    def count(self, value: object, pointer: str, most: int, least: int = 1) -> Sequence[Any]:
        """A list of `least` to `most` items; gives the list, empty where it is none."""
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.add(pointer, "invalid_type", "must be a list")
            return ()
        if not least <= len(value) <= most:
            self.add(pointer, "invalid_size", f"must have {least} to {most} items, has {len(value)}", str(most))
        return value

    def text(self, value: object, pointer: str, most: int, *, plain: bool = False) -> None:
        """A text object."""
        if not isinstance(value, Mapping):
            self.add(pointer, "missing_field", "a text object is required")
            return
        kind = value.get("type")
        if kind not in ({"plain_text"} if plain else {"plain_text", "mrkdwn"}):
            self.add(f"{pointer}/type", "invalid_value", "must be plain_text" if plain else "no such text type")
        if kind == "mrkdwn" and "emoji" in value:
            self.add(f"{pointer}/emoji", "unexpected_field", "emoji goes with plain_text only")
        self.length(value.get("text"), f"{pointer}/text", most, 1)

    def blocks(self, value: object, pointer: str) -> None:
        """A list of blocks with unique ids."""
        blocks = self.count(value, pointer, MESSAGE_BLOCKS if self.surface == "message" else VIEW_BLOCKS)
        seen: set[str] = set()
        for n, block in enumerate(blocks):
            at = f"{pointer}/{n}"
            if not isinstance(block, Mapping):
                self.add(at, "invalid_type", "a block is an object")
                continue
            identity = block.get("block_id")
            if identity is not None:
                self.length(identity, f"{at}/block_id", 255, 1)
                if identity in seen:
                    self.add(f"{at}/block_id", "duplicate", "block ids are unique in a message")
                seen.add(identity)
            checker = _BLOCKS.get(str(block.get("type")))
            if checker is None:
                self.add(f"{at}/type", "unsupported_type", f"unsupported block type {block.get('type')!r}")
            else:
                checker(self, block, at)


def _section(check: _Check, block: Json, at: str) -> None:
    if "text" in block:
        check.text(block["text"], f"{at}/text", 3000)
    elif "fields" not in block:
        check.add(at, "missing_field", "a section has text or fields")
    if "fields" in block:
        for n, item in enumerate(check.count(block["fields"], f"{at}/fields", 10)):
            check.text(item, f"{at}/fields/{n}", 2000)
    if "accessory" in block:
        _element(check, block["accessory"], f"{at}/accessory")


def _header(check: _Check, block: Json, at: str) -> None:
    check.text(block.get("text"), f"{at}/text", 150, plain=True)


def _divider(_check: _Check, _block: Json, _at: str) -> None:
    return


def _context(check: _Check, block: Json, at: str) -> None:
    for n, item in enumerate(check.count(block.get("elements"), f"{at}/elements", 10)):
        if isinstance(item, Mapping) and item.get("type") == "image":
            _image(check, item, f"{at}/elements/{n}")
        else:
            check.text(item, f"{at}/elements/{n}", 3000)


def _actions(check: _Check, block: Json, at: str) -> None:
    ids: set[str] = set()
    for n, item in enumerate(check.count(block.get("elements"), f"{at}/elements", 25)):
        _element(check, item, f"{at}/elements/{n}")
        identity = item.get("action_id") if isinstance(item, Mapping) else None
        if identity in ids:
            check.add(f"{at}/elements/{n}/action_id", "duplicate", "action ids are unique in a block")
        ids.add(str(identity))


def _image(check: _Check, block: Json, at: str) -> None:
    check.length(block.get("alt_text"), f"{at}/alt_text", 2000, 1)
    if "image_url" in block:
        check.length(block["image_url"], f"{at}/image_url", 3000, 1)
    elif "slack_file" not in block:
        check.add(at, "missing_field", "an image has image_url or slack_file")


def _input(check: _Check, block: Json, at: str) -> None:
    if check.surface == "message":
        check.add(at, "unsupported_type", "no input blocks here")
    check.text(block.get("label"), f"{at}/label", 2000, plain=True)
    if "hint" in block:
        check.text(block["hint"], f"{at}/hint", 2000, plain=True)
    _element(check, block.get("element"), f"{at}/element")


def _rich_text(check: _Check, block: Json, at: str) -> None:
    for n, item in enumerate(check.count(block.get("elements"), f"{at}/elements", 1000)):
        place = f"{at}/elements/{n}"
        kind = item.get("type") if isinstance(item, Mapping) else None
        if kind == "rich_text_list":
            if item.get("style") not in {"bullet", "ordered"} or not 0 <= int(item.get("indent", 0)) <= 8:
                check.add(place, "invalid_value", "a list has a style and an indent of 0 to 8")
            for m, inner in enumerate(check.count(item.get("elements"), f"{place}/elements", 1000)):
                _inline(check, inner, f"{place}/elements/{m}")
        elif kind in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
            _inline(check, item, place)
        else:
            check.add(f"{place}/type", "unsupported_type", f"unsupported rich text element {kind!r}")


_INLINE: Mapping[str, tuple[str, ...]] = {
    "text": ("text",),
    "link": ("url",),
    "emoji": ("name",),
    "date": ("timestamp", "format"),
    "user": ("user_id",),
    "channel": ("channel_id",),
    "usergroup": ("usergroup_id",),
    "broadcast": ("range",),
    "color": ("value",),
}


def _inline(check: _Check, section: Json, at: str) -> None:
    for n, item in enumerate(check.count(section.get("elements"), f"{at}/elements", 1000, 0)):
        place, kind = f"{at}/elements/{n}", str(item.get("type"))
        if kind not in _INLINE:
            check.add(f"{place}/type", "unsupported_type", f"unsupported inline element {kind!r}")
            continue
        for name in _INLINE[kind]:
            if name in {"timestamp"}:
                continue
            check.length(item.get(name), f"{place}/{name}", 12_000 if name == "text" else 3000, 1)
        if kind == "link" and not str(item.get("url", "")).startswith(("http://", "https://", "mailto:")):
            check.add(f"{place}/url", "invalid_value", "a link has an http, https or mailto address")
        if not set(item.get("style", {})) <= {"bold", "italic", "strike", "code", "underline"}:
            check.add(f"{place}/style", "invalid_value", "no such style")


def _table(check: _Check, block: Json, at: str) -> None:
    if check.surface == "modal":
        check.add(at, "unsupported_type", "no tables in modals")
    for n, row in enumerate(check.count(block.get("rows"), f"{at}/rows", 100)):
        for m, cell in enumerate(check.count(row, f"{at}/rows/{n}", 20)):
            if cell.get("type") == "raw_text":
                check.length(cell.get("text"), f"{at}/rows/{n}/{m}/text", 12_000, 1)


_BLOCKS: Mapping[str, Callable[[_Check, Json, str], None]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
    "table": _table,
}

_SELECTS = ("static_select", "multi_static_select")


def _button(check: _Check, item: Json, at: str) -> None:
    check.text(item.get("text"), f"{at}/text", 75, plain=True)
    for name, most in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
        check.length(item.get(name, ""), f"{at}/{name}", most)
    if item.get("style") not in {None, "primary", "danger"}:
        check.add(f"{at}/style", "invalid_value", "a button is primary or danger")


def _options(check: _Check, item: Json, at: str) -> None:
    most = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}.get(str(item.get("type")), 100)
    for n, option in enumerate(check.count(item.get("options", ()), f"{at}/options", most)):
        check.text(option.get("text"), f"{at}/options/{n}/text", 75)
        check.length(option.get("value"), f"{at}/options/{n}/value", 75, 1)


def _element(check: _Check, item: object, at: str) -> None:
    if not isinstance(item, Mapping):
        check.add(at, "invalid_type", "an element is an object")
        return
    kind = str(item.get("type"))
    if "action_id" in item:
        check.length(item["action_id"], f"{at}/action_id", 255, 1)
    if kind == "button":
        _button(check, item, at)
    elif kind in {"overflow", "radio_buttons", "checkboxes", *_SELECTS}:
        _options(check, item, at)
    elif not kind.endswith(("_select", "picker", "_input")):
        check.add(f"{at}/type", "unsupported_type", f"unsupported element {kind!r}")
    if "placeholder" in item:
        check.text(item["placeholder"], f"{at}/placeholder", 150, plain=True)
