"""Forms as modals, and what was filled in as plain values: pure, within a view's limits. Hides Block Kit's inputs.

A modal carries where its answer goes in its private metadata; nothing in it is parsed by Slack.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.forms import Field, Filled, Form, Shape
from bot.slack.blocks import CHOICE, CHOICES, LABEL, VIEW_BLOCKS, leaf
from digests import frames
from digests.model import Choice, Frame, Page

TITLE = 24
"""Most characters of a modal's title and of its buttons."""
TEXT = 400
"""Most characters of a text that is filled in."""
RADIOS = 4
"""Options up to which all of them are shown at once."""
ZONES = "zone"
"""The action id of fields whose options are looked up as one types."""
CHOSEN = "chosen"
"""The action id of all other fields."""
METADATA = 3_000
"""Most characters of what a modal remembers."""
PREFIX = "form."
"""What the callback id of a form begins with."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Return:
    """What a modal remembers: where the answer to a filled form goes; `rehearsed` stands for the command that it was
    shown the effect of, `about` for the item that it is about; of a card, the command that it `answers`. `over`: it
    lies on another modal; `home`: the Home tab stands behind it."""

    conversation: str
    response_url: str = ""
    thread: str | None = None
    openly: bool = False
    rehearsed: str = ""
    about: str = ""
    answers: str = ""
    over: bool = False
    home: bool = False

    def packed(self) -> str:
        """As private metadata."""
        return json.dumps([getattr(self, field.name) for field in fields(self)], ensure_ascii=False)

    @property
    def fits(self) -> bool:
        """Whether Slack takes it: not where a long command is answered."""
        return len(self.packed()) <= METADATA

    @classmethod
    def unpacked(cls, packed: str) -> Return:
        """From private metadata of ours."""
        return cls(*json.loads(packed))


def modal(form: Form, back: Return, zone: str) -> Json:
    """A form as a modal view, for a reader in `zone`."""
    tz = ZoneInfo(zone)
    page = Page("form", zone, (form.title,), form.about)
    shown = [block for block in leaf(page, 1, zone) if block["type"] != "actions"] if form.about else []
    about = shown[: VIEW_BLOCKS - len(form.fields) - 1]
    blocks = [*about, *(block for field in form.fields if (block := _input(field, tz)) is not None)]
    note = {"type": "context", "elements": [plain(form.note, tz, 2_000)]}
    return {
        "type": "modal",
        "callback_id": f"{PREFIX}{form.name}",
        "private_metadata": back.packed(),
        "title": plain(form.title, tz, TITLE),
        "submit": plain(form.submit, tz, TITLE),
        "close": plain(frames.say("button.cancel"), tz, TITLE),
        "blocks": [*blocks, note],
    }


REHEARSED = "rehearsed"
"""What the block ids of a rehearsal begin with."""


def mark_of(text: str) -> str:
    """A command in a few characters, to know it again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def looking(view: Mapping[str, Any], text: str, zone: str) -> Json:
    """A filled form that stays open while the effect of its command is looked up."""
    waiting = {"type": "context", "elements": [plain(frames.say("form.looking"), ZoneInfo(zone), 2_000)]}
    return rehearsed(view, [waiting], text, zone)


def rehearsed(view: Mapping[str, Any], shown: Iterable[Json], text: str, zone: str) -> Json:
    """A filled form with the effect of its command below its fields; submitting it unchanged is what saves. Its inputs
    keep their ids, so that what was filled in stays."""
    kept = [b for b in view["blocks"] if not str(b.get("block_id", "")).startswith(REHEARSED)]
    added = [{**b, "block_id": f"{REHEARSED}.{n}"} for n, b in enumerate(shown)]
    back = replace(Return.unpacked(str(view["private_metadata"])), rehearsed=mark_of(text))
    return {
        "type": "modal",
        "callback_id": view["callback_id"],
        "private_metadata": back.packed(),
        "title": view["title"],
        "submit": plain(frames.say("button.save"), ZoneInfo(zone), TITLE),
        "close": view["close"],
        "blocks": [*kept, *added][:VIEW_BLOCKS],
    }


def _input(field: Field, tz: tzinfo) -> Json | None:
    """One input block; None for a choice among nothing."""
    element = _element(field, tz)
    if element is None:
        return None
    block = {"type": "input", "block_id": field.key, "optional": field.optional, "element": element}
    block["label"] = plain(field.label, tz, 2_000)
    return block | ({"hint": plain(field.hint, tz, 2_000)} if field.hint is not None else {})


def _element(field: Field, tz: tzinfo) -> Json | None:
    match field.shape:
        case Shape.TEXT:
            return {"type": "plain_text_input", "action_id": CHOSEN, "max_length": TEXT}
        case Shape.TIME:
            initial = {"initial_time": field.chosen[0]} if field.chosen else {}
            return {"type": "timepicker", "action_id": CHOSEN, **initial}
        case Shape.ZONE:
            initial_zone = {"initial_option": zone_option(field.chosen[0])} if field.chosen else {}
            return {"type": "external_select", "action_id": ZONES, "min_query_length": 2, **initial_zone}
        case Shape.ONE | Shape.MANY:
            return _choice(field, tz)


def _choice(field: Field, tz: tzinfo) -> Json | None:
    options = [_option(c, tz) for c in field.options if 0 < len(c.value) <= CHOICE][:CHOICES]
    if not options:
        return None
    chosen = [o for o in options if o["value"] in field.chosen]
    if field.shape is Shape.MANY:
        several: Json = {"type": "multi_static_select", "action_id": CHOSEN, "options": options}
        return several | ({"initial_options": chosen} if chosen else {})
    kind = "radio_buttons" if len(options) <= RADIOS and not field.optional else "static_select"
    one: Json = {"type": kind, "action_id": CHOSEN, "options": options}
    return one | ({"initial_option": chosen[0]} if chosen else {})


def _option(choice: Choice, tz: tzinfo) -> Json:
    return {"text": plain(choice.label, tz, LABEL), "value": choice.value}


def zone_option(name: str) -> Json:
    """A time zone as an option."""
    return {"text": {"type": "plain_text", "text": name[:LABEL], "emoji": False}, "value": name[:CHOICE]}


def plain(frame: Frame, tz: tzinfo, most: int) -> Json:
    """A frame as plain text, cut at `most` characters."""
    return {"type": "plain_text", "text": frames.words(frame, tz)[:most], "emoji": False}


# --- what was filled in ---------------------------------------------------------------------------------------------


def filled(state: Mapping[str, Mapping[str, Any]]) -> Filled:
    """What a view holds by the key of its field; nothing for what was left empty. `state` is that of its values."""
    held = {key: [v for action in actions.values() for v in _values(action)] for key, actions in state.items()}
    return {key: values for key, values in held.items() if values}


def _values(action: Mapping[str, Any]) -> Iterable[str]:
    if options := action.get("selected_options"):
        return [str(o["value"]) for o in options]
    if option := action.get("selected_option"):
        return [str(option["value"])]
    found = action.get("selected_time") or action.get("value")
    return [str(found)] if found else []
