"""What a check-up of Slack finds: tokens, sockets, scopes. Hides the calls."""

from __future__ import annotations

from bot.slack.gateway import Access, Done, Gateway
from bot.slack.socket import SlackProblem, identify, socket_address
from config import SlackApp
from config.slack_app import SCOPES

Finding = tuple[str, bool, str, str]
"""What was looked at, whether it is well, what was found, the remedy."""


async def examine(access: Access, app: SlackApp) -> list[Finding]:
    """Look at both tokens and at what the bot may read; opens no socket."""
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
        return "slack channels", False, outcome.reason, "install the app again with config/manifest.yaml"
    names = [f"#{c.get('name')}" for c in outcome.data.get("channels", []) if c.get("is_member")]
    if not names:
        return "slack channels", False, "the bot is in no channel", "type /invite and its name in a channel"
    return "slack channels", True, "in " + ", ".join(names[:8]), ""
