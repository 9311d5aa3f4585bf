"""The Web API of the loopback workspace: one function a method. Hides argument forms, tokens and error names.

Only what the bot uses is here; a method that is not answers unknown_method. Errors have Slack's own names.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.local import limits
from bot.local.files import Files
from bot.local.paging import is_true, paged
from bot.local.state import APP, BOT_ID, BOT_USER, MOST_VIEWS, TEAM, Conversation, Member, Message, WorkspaceState
from config.slack_app import SCOPES

TRIGGER_LIFE = 3.0
"""Seconds in which a trigger_id opens a view."""

Args = Mapping[str, Any]
Body = dict[str, Any]


class ApiError(Exception):
    """An answer with ok false."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.body: Body = {"ok": False, "error": code, **more}


@dataclass
class Tokens:
    """The tokens that a workspace knows, and what became of the bot's."""

    bot: str
    app: str
    revoked: str = ""  # "" or the error name: token_revoked, account_inactive
    scopes: tuple[str, ...] = tuple(name for name, _ in SCOPES)  # of the bot's, as the manifest asks for them


class WebApi:
    """The methods of one workspace. `open_socket` gives the address of a new socket; `strict` refuses blocks without
    a fallback text."""

    def __init__(
        self, state: WorkspaceState, tokens: Tokens, open_socket: Callable[[], str], *, strict: bool = True
    ) -> None:
        self._state = state
        self._tokens = tokens
        self._open_socket = open_socket
        self.files = Files(state)
        self.strict = strict
        self._methods: dict[str, Callable[[Args], Body]] = {
            "api.test": lambda args: {"args": dict(args)},
            "auth.test": self._auth_test,
            "apps.connections.open": lambda _: {"url": self._open_socket()},
            "blocks.validate": self._blocks_validate,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "chat.getPermalink": self._permalink,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "conversations.info": lambda args: {"channel": self._show(self._seen(args))},
            "conversations.list": self._list,
            "conversations.members": self._members,
            "conversations.join": self._join,
            "conversations.open": self._open,
            "users.conversations": self._user_conversations,
            "users.info": self._user_info,
            "users.list": lambda _: {"members": [_show_user(u) for u in self._state.users.values()]},
            "files.getUploadURLExternal": self._upload_address,
            "files.completeUploadExternal": self._upload_done,
            "views.open": self._view_open,
            "views.push": self._view_push,
            "views.update": self._view_update,
            "views.publish": self._view_publish,
        }

    def call(self, method: str, token: str, args: Args) -> Body:
        """One call. Raises ApiError."""
        run = self._methods.get(method)
        if run is None:
            raise ApiError("unknown_method", req_method=method)
        if method not in {"api.test", "blocks.validate"}:
            self._check_token(method, token)
        return {"ok": True, **run(args)}

    def _check_token(self, method: str, token: str) -> None:
        if not token:
            raise ApiError("not_authed")
        if token not in {self._tokens.bot, self._tokens.app}:
            raise ApiError("invalid_auth")
        if (method == "apps.connections.open") != (token == self._tokens.app):
            raise ApiError("not_allowed_token_type")
        if self._tokens.revoked and token == self._tokens.bot:
            raise ApiError(self._tokens.revoked)
        if method.startswith("files.") and "files:write" not in self._tokens.scopes:
            raise ApiError("missing_scope", needed="files:write")

    def _auth_test(self, _args: Args) -> Body:
        return {"url": "http://localhost/", "team": "Local", "user": "brief", "team_id": TEAM, "user_id": BOT_USER,
                "bot_id": BOT_ID, "is_enterprise_install": False}  # fmt: skip

    # --- conversations ------------------------------------------------------------------------------------------

    def _found(self, args: Args) -> Conversation:
        conversation = self._state.lookup(str(args.get("channel", "")))
        if conversation is None:
            raise ApiError("channel_not_found")
        return conversation

    def _seen(self, args: Args) -> Conversation:
        conversation = self._found(args)
        if conversation.kind != "channel" and not conversation.has(BOT_USER):
            raise ApiError("channel_not_found")
        return conversation

    def _joined(self, args: Args) -> Conversation:
        conversation = self._seen(args)
        if not conversation.has(BOT_USER):
            raise ApiError("not_in_channel")
        return conversation

    def _writable(self, args: Args) -> Conversation:
        conversation = self._joined(args)
        if conversation.archived:
            raise ApiError("is_archived")
        return conversation

    def _show(self, conversation: Conversation) -> Body:
        is_im = conversation.kind == "im"
        shown: Body = {
            "id": conversation.id,
            "is_im": is_im,
            "is_channel": not is_im,
            "is_private": conversation.kind != "channel",
            "is_archived": conversation.archived,
            "is_member": conversation.has(BOT_USER),
        }
        if is_im:
            return shown | {"user": next(m for m in conversation.members if m != BOT_USER)}
        return shown | {"name": conversation.name, "num_members": len(conversation.members)}

    def _list(self, args: Args) -> Body:
        kinds = {"public_channel": "channel", "private_channel": "private", "im": "im"}
        wanted = {kinds.get(t, t) for t in str(args.get("types") or "public_channel").split(",")}
        shown = [
            self._show(c)
            for c in self._state.conversations.values()
            if c.kind in wanted and (c.kind == "channel" or c.has(BOT_USER))
        ]
        return {"channels": shown, "response_metadata": {"next_cursor": ""}}

    def _user_conversations(self, args: Args) -> Body:
        """What a user is in; what is not public only where the bot is in it too."""
        user = str(args.get("user") or BOT_USER)
        found = self._list(args)["channels"]
        return {
            "channels": [c for c in found if self._state.conversations[c["id"]].has(user)],
            "response_metadata": {"next_cursor": ""},
        }

    def _members(self, args: Args) -> Body:
        return {"members": list(self._seen(args).members), "response_metadata": {"next_cursor": ""}}

    def _join(self, args: Args) -> Body:
        conversation = self._found(args)
        if conversation.kind != "channel":
            raise ApiError("method_not_supported_for_channel_type")
        if conversation.archived:
            raise ApiError("is_archived")
        if not conversation.has(BOT_USER):
            conversation.members.append(BOT_USER)
            self._state.touched()
        return {"channel": self._show(conversation)}

    def _open(self, args: Args) -> Body:
        users = [u for u in str(args.get("users", "")).split(",") if u]
        if len(users) != 1 or users[0] not in self._state.users:
            raise ApiError("user_not_found")
        return {"channel": {"id": self._state.direct(users[0]).id}}

    def _user_info(self, args: Args) -> Body:
        user = self._state.users.get(str(args.get("user", "")))
        if user is None:
            raise ApiError("user_not_found")
        return {"user": _show_user(user)}

    # --- messages -----------------------------------------------------------------------------------------------

    def _content(self, args: Args) -> Message:
        text, blocks = str(args.get("text") or ""), _decoded(args.get("blocks"))
        if not text and (self.strict or not blocks):
            raise ApiError("no_text")
        if len(text) > limits.FALLBACK_CHARACTERS:
            raise ApiError("msg_too_long")
        content: Message = {"user": BOT_USER, "bot_id": BOT_ID, "app_id": APP, "text": text}
        if blocks is not None:
            problems = limits.of_blocks(blocks)
            if problems:
                told = [f"[ERROR] {p.message} [json-pointer:{p.pointer}]" for p in problems]
                raise ApiError("invalid_blocks", response_metadata={"messages": told})
            if limits.too_long(blocks):
                raise ApiError("msg_blocks_too_long")
            content["blocks"] = blocks
        metadata = _decoded(args.get("metadata"))
        if metadata is not None:
            if problem := limits.of_metadata(metadata):
                raise ApiError(problem)
            content["metadata"] = metadata
        return content

    def _post(self, args: Args) -> Body:
        conversation, content = self._writable(args), self._content(args)
        thread = str(args.get("thread_ts") or "")
        if thread:
            if conversation.find(thread) is None:
                raise ApiError("thread_not_found")
            content["thread_ts"] = thread
            content["reply_broadcast"] = is_true(args.get("reply_broadcast"))
        message = self._state.add_message(conversation, content)
        return {"channel": conversation.id, "ts": message["ts"], "message": message}

    def _post_ephemeral(self, args: Args) -> Body:
        conversation, content = self._writable(args), self._content(args)
        if not conversation.has(str(args.get("user"))):
            raise ApiError("user_not_in_channel")
        content.pop("metadata", None)
        if thread := args.get("thread_ts"):
            content["thread_ts"] = thread
        return {"message_ts": self._state.whisper(str(args["user"]), conversation, content)["ts"]}

    def _own(self, args: Args, otherwise: str) -> tuple[Conversation, Message]:
        conversation = self._joined(args)
        message = conversation.find(str(args.get("ts", "")))
        if message is None:
            raise ApiError("message_not_found")
        if message.get("bot_id") != BOT_ID:
            raise ApiError(otherwise)
        return conversation, message

    def _update(self, args: Args) -> Body:
        conversation, message = self._own(args, "cant_update_message")
        content = self._content(args)
        message.update(content)
        message["edited"] = {"user": BOT_USER, "ts": self._state.stamp()}
        self._state.changed(conversation, message)
        return {"channel": conversation.id, "ts": message["ts"], "text": message["text"], "message": message}

    def _delete(self, args: Args) -> Body:
        conversation, message = self._own(args, "cant_delete_message")
        conversation.messages.remove(message)
        self._state.changed(conversation, message)
        return {"channel": conversation.id, "ts": message["ts"]}

    def _permalink(self, args: Args) -> Body:
        conversation, ts = self._seen(args), str(args.get("message_ts", ""))
        if conversation.find(ts) is None:
            raise ApiError("message_not_found")
        link = f"http://localhost/archives/{conversation.id}/p{ts.replace('.', '')}"
        return {"channel": conversation.id, "permalink": link}

    def _history(self, args: Args) -> Body:
        messages = [m for m in self._joined(args).messages if "thread_ts" not in m or m.get("reply_broadcast")]
        return paged(list(reversed(messages)), args)

    def _replies(self, args: Args) -> Body:
        conversation, ts = self._joined(args), str(args.get("ts", ""))
        parent = conversation.find(ts)
        if parent is None:
            raise ApiError("thread_not_found")
        return paged([parent, *(m for m in conversation.messages if m.get("thread_ts") == ts)], args)

    # --- files --------------------------------------------------------------------------------------------------

    def _upload_address(self, args: Args) -> Body:
        alt = str(args.get("alt_txt") or "")
        if len(alt) > limits.ALT_TEXT:
            raise ApiError("invalid_arguments")
        answer = self.files.reserve(str(args.get("filename") or ""), str(args.get("length") or ""), alt)
        if isinstance(answer, str):
            raise ApiError(answer)
        return {"file_id": answer.id, "upload_url": answer.address}

    def _upload_done(self, args: Args) -> Body:
        files = self.files.finish(_decoded(args.get("files")))
        if isinstance(files, str):
            raise ApiError(files)
        if args.get("channel_id"):
            conversation = self._writable({"channel": args["channel_id"]})
            said: Message = {"user": BOT_USER, "bot_id": BOT_ID, "app_id": APP, "files": [f.shown() for f in files]}
            said["text"] = str(args.get("initial_comment") or "")
            if args.get("thread_ts"):
                said["thread_ts"] = str(args["thread_ts"])
            self._state.add_message(conversation, said)
        return {"files": [f.shown() for f in files]}

    # --- views and blocks ---------------------------------------------------------------------------------------

    def _checked_view(self, args: Args) -> Body:
        view = _decoded(args.get("view"))
        problems = limits.of_view(view)
        if problems or not isinstance(view, dict):
            told = [f"[ERROR] {p.message} [json-pointer:{p.pointer}]" for p in problems]
            raise ApiError("invalid_arguments", response_metadata={"messages": told})
        return view

    def _triggered(self, args: Args) -> str:
        """Whose trigger_id it is; it is used up."""
        trigger = self._state.triggers.pop(str(args.get("trigger_id", "")), None)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if asyncio.get_running_loop().time() - trigger.made > TRIGGER_LIFE:
            raise ApiError("expired_trigger_id")
        return trigger.user

    def _view_open(self, args: Args) -> Body:
        user = self._triggered(args)
        view = self._checked_view(args)
        self._state.close_views(user)
        kept = self._state.keep_view(view, user)
        self._state.stacks[user] = [kept["id"]]
        self._state.touched()
        return {"view": kept}

    def _view_push(self, args: Args) -> Body:
        user = self._triggered(args)
        stack = self._state.stacks.get(user, [])
        if len(stack) >= MOST_VIEWS:
            raise ApiError("push_limit_reached")
        kept = self._state.keep_view(self._checked_view(args), user)
        self._state.stacks[user] = [*stack, kept["id"]]
        self._state.touched()
        return {"view": kept}

    def _view_update(self, args: Args) -> Body:
        old = self._state.views.get(str(args.get("view_id", "")))
        if old is None:
            raise ApiError("not_found")
        if args.get("hash") and args["hash"] != old["hash"]:
            raise ApiError("hash_conflict")
        return {"view": self._state.keep_view(self._checked_view(args), old["user"], old["id"])}

    def _view_publish(self, args: Args) -> Body:
        user = str(args.get("user_id", ""))
        if user not in self._state.users:
            raise ApiError("user_not_found")
        old = self._state.homes.get(user)
        if args.get("hash") and old is not None and args["hash"] != old["hash"]:
            raise ApiError("hash_conflict")
        return {"view": self._state.keep_view(self._checked_view(args), user, old["id"] if old else "")}

    def _blocks_validate(self, args: Args) -> Body:
        given = [name for name in ("blocks", "view", "message") if args.get(name) is not None]
        if len(given) != 1:
            raise ApiError("invalid_arguments")
        value = _decoded(args[given[0]])
        if given[0] == "view":
            problems = limits.of_view(value)
        else:
            problems = limits.of_blocks(value.get("blocks") if isinstance(value, dict) else value)
        if problems:
            raise ApiError(f"invalid_{given[0]}", errors=[p.as_json() for p in problems])
        return {}


def _show_user(user: Member) -> Body:
    return {
        "id": user.id,
        "team_id": TEAM,
        "name": user.name,
        "real_name": user.name,
        "tz": user.zone,
        "is_bot": user.is_bot,
        "deleted": False,
        "profile": {"display_name": user.name, "real_name": user.name},
    }


def _decoded(value: Any) -> Any:
    """Blocks, views and metadata come as JSON or as a string of it."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ApiError("invalid_blocks_format") from None
