"""A person at the loopback workspace: types, presses, chooses, submits, as Slack's own client would. Hides payloads.

What a person cannot do in Slack is refused here with Slack's words, so that nobody learns habits that fail there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.local import limits
from bot.local.state import APP, BOT_USER, TEAM, Conversation, Message
from bot.local.workspace import Workspace

SLACKBOT = "USLACKBOT"
"""Who speaks where the workspace itself has something to say."""
TEXT = 4_000
"""Most characters of what a person types."""
REQUIRED = "Please complete this required field."
"""What a form says of an input that is empty and must not be."""
SILENT = "The bot did not answer within three seconds."
"""What is said where nobody acknowledged."""

Json = dict[str, Any]

_ONE = ("static_select", "external_select", "overflow", "radio_buttons")
_MANY = ("multi_static_select", "multi_external_select", "checkboxes")
_PLAIN = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
"""Elements whose answer is an id or a text, with the field that holds it; the multi ones hold lists."""


class Refused(Exception):
    """What was asked for cannot be done: no such message, button or option."""


@dataclass(frozen=True)
class Place:
    """Where an element stands: a message (`ts` in `conversation`) or a view."""

    conversation: str = ""
    ts: str = ""
    view: str = ""


@dataclass
class Person:
    """One user in front of one workspace. `commands` are the app's slash commands, `hears` the events that the app is
    told of, `bot_names` what a mention may say after its @."""

    workspace: Workspace
    user: str
    commands: Sequence[str] = ()
    hears: Sequence[str] = ()
    bot_names: Sequence[str] = ("brief",)
    dismissed: set[str] = field(default_factory=set)
    read: dict[str, str] = field(default_factory=dict)
    _suggested: dict[str, Json] = field(default_factory=dict)

    # --- typing -------------------------------------------------------------------------------------------------

    async def say(self, conversation: str, typed: str, thread: str = "") -> None:
        """What the Send button does: a slash command, a mention, a message."""
        place, text = self._conversation(conversation), typed.strip()[:TEXT]
        if not text:
            return
        if text.startswith("/"):
            await self._command(place, text, thread)
        elif (rest := self._mentions(text)) is not None and place.has(BOT_USER) and "app_mention" in self.hears:
            self._told(
                await self.workspace.mention(rest, user=self.user, channel=place.id, thread=thread, wait=0), place
            )
        elif place.kind == "im" and "message.im" in self.hears:
            self._told(await self.workspace.write(text, user=self.user, wait=0), place)
        elif place.kind == "im":
            self._slackbot(place, "Sending messages to this app has been turned off.")
        else:
            self.workspace.state.add_message(place, {"user": self.user, "text": _escaped(text)} | _in(thread))

    async def _command(self, place: Conversation, text: str, thread: str) -> None:
        name, _, rest = text.partition(" ")
        if thread:
            self._slackbot(place, f"{_escaped(name)} is not supported in threads. Sorry!", thread)
        elif name == "/invite" and (self._mentions(rest) is not None or not rest.strip()):
            await self.invite(place.id)
        elif name in self.commands:
            answer = await self.workspace.command(name, rest.strip(), user=self.user, channel=place.id, wait=0)
            if answer.ack is None:
                self._slackbot(place, f"{_escaped(name)} failed with the error “operation_timeout”")
        else:
            said = f"{_escaped(name[:80])} is not a valid command. In Slack, all messages that start with the “/” "
            self._slackbot(place, said + "character are taken for commands.")

    def _mentions(self, text: str) -> str | None:
        """What is said to the bot by a text that begins with its name; None where it does not."""
        for name in sorted(self.bot_names, key=len, reverse=True):
            if found := re.match(rf"@{re.escape(name)}(?![\w-])[\s,:]*", text.strip(), re.IGNORECASE):
                return text.strip()[found.end() :]
        return None

    def _told(self, answer: Any, place: Conversation) -> None:
        if answer.ack is None:
            self._slackbot(place, SILENT)

    def _slackbot(self, place: Conversation, text: str, thread: str = "") -> None:
        self.workspace.state.whisper(self.user, place, {"user": SLACKBOT, "text": text} | _in(thread))

    async def invite(self, conversation: str) -> None:
        """Invite the bot to a channel; the channel sees that it joined."""
        place = self._conversation(conversation)
        if place.kind == "im" or place.has(BOT_USER):
            return
        joined = {"subtype": "channel_join", "user": BOT_USER, "text": "was added to the channel", "inviter": self.user}
        self.workspace.state.add_message(place, joined)
        self._told(await self.workspace.invite_bot(place.id, by=self.user, wait=0), place)

    # --- looking ------------------------------------------------------------------------------------------------

    async def open_home(self) -> None:
        """Open the app's Home tab."""
        await self.workspace.open_home(self.user, wait=0)

    def dismiss(self, ts: str) -> None:
        """Put an ephemeral message away."""
        self.dismissed.add(ts)
        self.workspace.state.touched()

    def seen(self, conversation: str, ts: str) -> None:
        """Everything up to a message was looked at; the key of a thread is "conversation/ts"."""
        if ts > self.read.get(conversation, ""):
            self.read[conversation] = ts
            self.workspace.state.touched()

    # --- pressing and choosing ----------------------------------------------------------------------------------

    async def press(self, place: Place, block: int, action_id: str, chosen: Any = None, values: Any = None) -> bool:
        """Press a button or choose in a menu: the element `action_id` of the block at that index. `chosen` is an
        option's value, a list of them, an id, a date or a text; `values` is what a view's form holds (`filled`).

        False where nobody acknowledged in time. Raises Refused."""
        blocks, shown = self._shown(place)
        element = _element(blocks, block, action_id)
        action = {
            "type": element["type"],
            "action_id": action_id,
            "block_id": _block_id(blocks[block], block),
            "action_ts": self.workspace.state.stamp(),
            **self._answered(element, chosen),
        }
        if "text" in element:
            action["text"] = element["text"]
        payload = self._who("block_actions") | {"actions": [action], "trigger_id": self.workspace.trigger(self.user)}
        payload |= self._container(place, shown, values)
        return await self.workspace.deliver("interactive", payload) is not None

    async def suggest(self, place: Place, block: int, action_id: str, typed: str) -> list[Json]:
        """Options of a menu whose options the app gives as one types."""
        blocks, shown = self._shown(place)
        asked = {"action_id": action_id, "block_id": _block_id(blocks[block], block), "value": typed[:150]}
        _element(blocks, block, action_id)
        payload = self._who("block_suggestion") | asked | self._container(place, shown, None)
        ack = await self.workspace.deliver("interactive", payload)
        given = ack.payload if ack is not None else None
        options = [o for o in (given or {}).get("options", ()) if isinstance(o, Mapping)]
        self._suggested |= {str(o.get("value")): dict(o) for o in options}
        return [dict(o) for o in options]

    async def use(self, callback: str, place: Place) -> bool:
        """Use a shortcut: on the message at that place, or, where it names none, the one that stands anywhere.

        False where nobody acknowledged in time. Raises Refused for a message that he does not see, or that only he
        sees: Slack offers nothing there."""
        payload = {"callback_id": callback, "trigger_id": self.workspace.trigger(self.user)}
        payload["action_ts"] = self.workspace.state.stamp()
        if not place.ts:
            return await self.workspace.deliver("interactive", self._who("shortcut") | payload) is not None
        _, message = self._shown(place)
        if message.get("is_ephemeral"):
            raise Refused("no shortcuts on what only you see")
        said = self._container(place, message, None)
        on = {key: said[key] for key in ("channel", "message", "response_url")} | {"message_ts": place.ts}
        return await self.workspace.deliver("interactive", self._who("message_action") | payload | on) is not None

    def _shown(self, place: Place) -> tuple[Sequence[Json], Json]:
        """The blocks of a place that this person sees, and the message or view that they are of."""
        state = self.workspace.state
        if place.view:
            views = [*state.views.values(), *state.homes.values()]
            view = next((v for v in views if v["id"] == place.view and v["user"] == self.user), None)
            if view is None:
                raise Refused("no such view")
            return view["blocks"], view
        message = self._conversation(place.conversation).find(place.ts)
        if message is None:
            whispers = (w for w in state.whispers if w.user == self.user and w.conversation == place.conversation)
            message = next((w.message for w in whispers if w.message["ts"] == place.ts), None)
        if message is None:
            raise Refused("no such message")
        return message.get("blocks", ()), message

    def _container(self, place: Place, shown: Json, values: Any) -> Json:
        if place.view:
            kept = _numbered(shown) | {"state": {"values": self.filled(shown, values)}}
            return {"container": {"type": "view", "view_id": place.view}, "view": kept, "state": kept["state"]}
        key = self.workspace.state.open_response(self.user, place.conversation)
        origin = self.workspace.base_url.removesuffix("/api/")
        ephemeral = bool(shown.get("is_ephemeral"))
        return {
            "container": {"type": "message", "message_ts": place.ts, "channel_id": place.conversation,
                          "is_ephemeral": ephemeral} | _in(str(shown.get("thread_ts") or "")),
            "channel": {"id": place.conversation, "name": self._conversation(place.conversation).name},
            "message": shown,
            "response_url": f"{origin}/response/{key}",
            "state": {"values": {}},
        }  # fmt: skip

    def _answered(self, element: Mapping[str, Any], chosen: Any) -> Json:
        """A choice in the fields that Slack has for this kind of element."""
        kind = str(element["type"])
        if kind == "button":
            return {"value": element["value"]} if "value" in element else {}
        if kind in _ONE:
            return {"selected_option": self._option(element, chosen) if chosen not in {None, ""} else None}
        if kind in _MANY:
            return {"selected_options": [self._option(element, value) for value in _listed(chosen)]}
        if kind == "datetimepicker":
            return {"selected_date_time": int(chosen) if str(chosen or "").isdigit() else None}
        if kind in _PLAIN:
            several = kind.startswith("multi_")
            return {_PLAIN[kind]: [str(v) for v in _listed(chosen)] if several else str(chosen) if chosen else None}
        return {"value": str(chosen)[: int(element.get("max_length") or TEXT)] if chosen else None}

    def _option(self, element: Mapping[str, Any], value: object) -> Json:
        groups = [g.get("options", ()) for g in element.get("option_groups", ())]
        held = (
            [element["initial_option"]] if "initial_option" in element else []
        )  # what a menu holds may be left as it is
        for option in (*element.get("options", ()), *held, *(o for group in groups for o in group)):
            if option.get("value") == value:
                return dict(option)
        if str(element["type"]).endswith("external_select") and str(value) in self._suggested:
            return self._suggested[str(value)]
        raise Refused("no such option")

    # --- views --------------------------------------------------------------------------------------------------

    def filled(self, view: Mapping[str, Any], values: Any) -> Json:
        """What a form holds as Slack hands it over; `values` is {block id: {action id: chosen}}."""
        held: Json = {}
        for n, block in enumerate(view.get("blocks", ())):
            identity = _block_id(block, n)
            given = values.get(identity, {}) if isinstance(values, Mapping) else {}
            for element in _elements(block):
                if element["type"] not in {"button", "overflow"}:
                    action = str(element.get("action_id", ""))
                    answered = self._answered(element, given.get(action) if isinstance(given, Mapping) else None)
                    held.setdefault(identity, {})[action] = {"type": element["type"], **answered}
        return held

    async def submit(self, view_id: str, values: Any) -> dict[str, str]:
        """Submit a modal; gives what is wrong, by block id. Raises Refused."""
        _, view = self._shown(Place(view=view_id))
        held = self.filled(view, values)
        wrong = dict.fromkeys(_missing(view, held), REQUIRED)
        if wrong:
            return wrong
        submitted = _numbered(view) | {"state": {"values": held}}
        payload = self._who("view_submission") | {"view": submitted, "response_urls": [],
                                                  "trigger_id": self.workspace.trigger(self.user)}  # fmt: skip
        ack = await self.workspace.deliver("interactive", payload)
        if ack is None:
            return {"": SILENT}
        return self._answered_with(view, ack.payload or {})

    def _answered_with(self, view: Json, said: Mapping[str, Any]) -> dict[str, str]:
        """What the app's answer to a submission does to the modals."""
        state, action = self.workspace.state, said.get("response_action")
        stack = state.stacks.get(self.user, [])
        if action == "errors":
            return {str(k): str(v) for k, v in said.get("errors", {}).items()}
        if action == "clear":
            state.close_views(self.user)
        elif action in {"update", "push"}:
            new = said.get("view")
            if not isinstance(new, dict) or limits.of_view(new):
                return {"": "The app answered with a view that Slack would refuse."}
            kept = state.keep_view(new, self.user, str(view["id"]) if action == "update" else "")
            state.stacks[self.user] = stack if action == "update" else [*stack, kept["id"]]
            state.touched()
        else:
            state.close_views(self.user, max(0, len(stack) - 1))
        return {}

    async def close(self, view_id: str) -> None:
        """Close a modal without submitting it; the app is told where it asked for that. One that is closed stays so:
        who is quick with the keys closes it twice."""
        state = self.workspace.state
        if view_id in state.closed:
            return
        _, view = self._shown(Place(view=view_id))
        state.close_views(self.user, state.stacks.get(self.user, []).index(view_id))
        if view.get("notify_on_close"):
            payload = self._who("view_closed") | {"view": _numbered(view), "is_cleared": False}
            await self.workspace.deliver("interactive", payload)

    # --- parts of payloads --------------------------------------------------------------------------------------

    def _conversation(self, identity: str) -> Conversation:
        found = self.workspace.state.conversations.get(identity)
        if found is None or (found.kind != "channel" and not found.has(self.user)):
            raise Refused("no such conversation")
        return found

    def _who(self, kind: str) -> Json:
        name = self.workspace.state.users[self.user].name
        return {
            "type": kind,
            "user": {"id": self.user, "username": name, "name": name, "team_id": TEAM},
            "team": {"id": TEAM, "domain": "local"},
            "api_app_id": APP,
            "is_enterprise_install": False,
        }


def _elements(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for item in (*(block.get("elements") or ()), block.get("accessory"), block.get("element")):
        if isinstance(item, Mapping) and "action_id" in item:
            yield item


def _element(blocks: Sequence[Mapping[str, Any]], block: int, action_id: str) -> Mapping[str, Any]:
    if 0 <= block < len(blocks):
        for element in _elements(blocks[block]):
            if element["action_id"] == action_id:
                return element
    raise Refused("no such element")


def _block_id(block: Mapping[str, Any], n: int) -> str:
    """A block's own id, or one by its place, as Slack gives to a block that has none."""
    return str(block.get("block_id") or f"b{n}")


def _numbered(view: Json) -> Json:
    return view | {"blocks": [{**block, "block_id": _block_id(block, n)} for n, block in enumerate(view["blocks"])]}


def _missing(view: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[str]:
    """Ids of inputs that must be filled and are not."""
    for n, block in enumerate(view.get("blocks", ())):
        if block.get("type") == "input" and not block.get("optional"):
            answers = held.get(_block_id(block, n), {}).values()
            if not any(value for answer in answers for key, value in answer.items() if key != "type"):
                yield _block_id(block, n)


def _listed(chosen: Any) -> list[Any]:
    return chosen if isinstance(chosen, list) else [chosen] if chosen else []


def _in(thread: str) -> Message:
    return {"thread_ts": thread} if thread else {}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
