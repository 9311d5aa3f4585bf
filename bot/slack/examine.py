"""What a check-up of Slack finds: tokens, sockets, scopes. Hides the calls."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bot.slack.blocks import Message
from bot.slack.gateway import Access, Done, Gateway
from bot.slack.socket import SlackProblem, identify, socket_address
from config import SlackApp
from config.slack_app import SCOPES
from digests.ports import PostLater, PostRefused

Finding = tuple[str, bool, str, str]
"""What was looked at, whether it is well, what was found, the remedy."""
Shown = Message | Mapping[str, Any]
"""A message, or the view of a modal or of the Home tab."""


async def examine(
    access: Access,
    app: SlackApp,
    *,
    digests: Iterable[tuple[str, str]] = (),
    specimens: Iterable[tuple[str, Shown]] = (),
) -> list[Finding]:
    """Look at both tokens, at what the bot may read, at the channels of `digests` (id of the digest, conversation), and
    at whether Slack takes what the bot makes, by `specimens` with their names; opens no socket and shows nothing to
    anybody."""
    bot, sockets = Gateway(access.bot_token, access.base_url), Gateway(access.app_token, access.base_url)
    findings: list[Finding] = []
    try:
        try:
            identity = await identify(bot)
            findings.append(("slack bot token", True, f"{app.name} in {identity.team}", ""))
        except SlackProblem as problem:
            findings.append(("slack bot token", False, problem.what, problem.remedy))
        try:
            await socket_address(sockets)
            findings.append(("slack app token", True, "Socket Mode opens", ""))
        except SlackProblem as problem:
            findings.append(("slack app token", False, problem.what, problem.remedy))
        findings += await _scopes(bot)
        findings.append(await _conversations(bot))
        findings += [await _channel(bot, identity, conversation) for identity, conversation in digests]
        findings += await _blocks(access, list(specimens))
    finally:
        await bot.close()
        await sockets.close()
    return findings


async def _scopes(gateway: Gateway) -> list[Finding]:
    """Whether the app may do what the manifest asks for; nothing where Slack does not say."""
    given = await gateway.scopes()
    if given is None:
        return []
    missing = [f"{name} ({purpose})" for name, purpose in SCOPES if name not in given]
    if missing:
        what = "the app lacks " + ", ".join(missing)
        return [("slack scopes", False, what, "install the app again with config/manifest.yaml")]
    return [("slack scopes", True, f"all {len(SCOPES)} of config/manifest.yaml", "")]


async def _conversations(gateway: Gateway) -> Finding:
    """In which channels the bot is: where it is in none, it can post nowhere but in direct messages."""
    outcome = await gateway.read("conversations.list", types="public_channel", limit=200, exclude_archived="true")
    if not isinstance(outcome, Done):
        return (
            "slack channels",
            False,
            outcome.reason,
            _remedy(outcome, "install the app again with config/manifest.yaml"),
        )
    names = [f"#{c.get('name')}" for c in outcome.data.get("channels", []) if c.get("is_member")]
    if not names:
        return "slack channels", False, "the bot is in no channel", "type /invite and its name in a channel"
    return "slack channels", True, "in " + ", ".join(names[:8]), ""


def _remedy(outcome: PostLater | PostRefused, refused: str) -> str:
    """What helps: time, where Slack did not say no."""
    return "try again in a while" if isinstance(outcome, PostLater) else refused


async def _channel(gateway: Gateway, identity: str, conversation: str) -> Finding:
    """Whether a digest can be posted where it is to go."""
    part = f"digest {identity}"
    outcome = await gateway.read("conversations.info", channel=conversation)
    if not isinstance(outcome, Done):
        remedy = _remedy(outcome, "correct its conversation in config/digests.yaml")
        return part, False, f"{conversation}: {outcome.reason}", remedy
    channel = outcome.data.get("channel", {})
    name = f"#{channel['name']}" if channel.get("name") else conversation
    if channel.get("is_archived"):
        return part, False, f"{name} is archived", "unarchive it, or name another one in config/digests.yaml"
    if channel.get("is_member") is False:
        return part, False, f"the bot is not in {name}", "type /invite and its name there"
    return part, True, f"goes to {name}", ""


async def _blocks(access: Access, specimens: list[tuple[str, Shown]]) -> list[Finding]:
    """Whether Slack takes everything that the bot makes. What it takes only without a table is posted without one."""
    if not specimens:
        return []
    gateway = Gateway("", access.base_url)  # the method takes no token
    refused: list[str] = []
    without_table: list[str] = []
    try:
        for name, shown in specimens:
            found = await gateway.faults(_asked(shown))
            if isinstance(found, PostLater | PostRefused):
                remedy = "try again; nothing of what the bot makes was refused so far"
                return [("slack blocks", False, f"not all looked at ({name}): {found.reason}", remedy)]
            simple = shown.simple if isinstance(shown, Message) else None
            if found and simple is not None and await gateway.faults(_asked(simple)) == ():
                without_table.append(name)
            elif found:
                refused.append(f"{name} {found[0]}")
    finally:
        await gateway.close()
    if refused:
        what = f"Slack refuses {len(refused)} of {len(specimens)}: " + "; ".join(refused[:3])
        return [("slack blocks", False, what, "report it with this line: the bot makes what Slack does not take")]
    aside = f"; tables are shown as rows here ({', '.join(without_table[:3])})" if without_table else ""
    return [("slack blocks", True, f"Slack takes all {len(specimens)} kinds of message, form and Home tab{aside}", "")]


def _asked(shown: Shown) -> dict[str, str]:
    """What `blocks.validate` is asked: JSON within JSON, as it wants it."""
    if isinstance(shown, Message):
        return {"message": json.dumps({"text": shown.text, "blocks": list(shown.blocks)})}
    return {"view": json.dumps(shown)}
