"""What opens over a conversation: a card, at once with a waiting frame, then with its answer. Hides triggers, the stack
of modals, and what was opened for what.

A trigger lives for three seconds, and an answer may take longer: so the frame comes first. Where none can be opened the
caller answers as if nothing had been tried.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.commands import AskWhy, Command, Decide, Misunderstood, Rebase, Report
from bot.slack import cards, refusals
from bot.slack.called import called
from bot.slack.gateway import Done, Gateway, Outcome
from bot.slack.heard import Heard
from bot.slack.modals import Return
from bot.slack.notes import Notes
from digests.model import Page
from digests.ports import PostRefused

FULL = "push_limit_reached"
"""What Slack says where three modals lie on each other; the topmost is then shown anew."""
GONE = "not_found"
"""What Slack says of a modal that was closed."""
WAITS_IN = "Etc/UTC"
"""The zone of a waiting frame, which tells no time."""


def kind_of(asked: Command | Misunderstood) -> str:
    """What kind of card answers a command, as far as that is known before it is answered; "" for any other."""
    match asked:
        case AskWhy(cite=True):
            return "footnote"
        case AskWhy():
            return "evidence"
        case Decide():
            return "review"
        case Report():
            return "report"
        case Rebase():
            return "baseline"
        case _:
            return ""


def back_of(heard: Heard) -> Return:
    """What a modal remembers that is opened for what was heard."""
    return Return(
        heard.conversation,
        heard.response_url,
        heard.thread,
        heard.openly,
        about=heard.about,
        over=heard.over,
        home=heard.home,
    )


@dataclass
class Overlay:
    """The cards of one workspace that wait for their answer."""

    gateway: Gateway
    note: Notes
    _waiting: dict[str, tuple[str, str]] = field(default_factory=dict)  # key of what was heard -> id and kind of card

    async def opens(self, heard: Heard, asked: Command | Misunderstood) -> bool:
        """Open a card that waits; False where none can be opened. On a card, another one comes on top."""
        if heard.waits:
            self._waiting[heard.key] = heard.view, kind_of(asked)
            return True
        back = _card_back(heard)
        if not heard.trigger or not back.fits:
            return False
        outcome = await self.lays(heard, cards.waiting(kind_of(asked), back, WAITS_IN))
        if isinstance(outcome, Done):
            self._waiting[heard.key] = str(outcome.data["view"]["id"]), kind_of(asked)
            return True
        self.note("card_not_opened", key=heard.key, reason=outcome.reason)
        return False

    async def lays(self, heard: Heard, view: cards.Json) -> Outcome:
        """Open a modal over the conversation, or on top of the one in which was pressed."""
        if not heard.view:
            return await self.gateway.write("views.open", trigger_id=heard.trigger, view=view)
        outcome = await self.gateway.write("views.push", trigger_id=heard.trigger, view=view)
        if isinstance(outcome, PostRefused) and refusals.code_of(outcome.reason) == FULL:
            return await self.gateway.write("views.update", view_id=heard.view, view=view)
        return outcome

    async def fills(self, heard: Heard, page: Page, zone: str) -> bool:
        """Show the answer in the card that waits for it; False where there is none, or it cannot be shown there. Who
        closed it meanwhile did not want to see it."""
        view_id, kind = self._waiting.pop(heard.key, ("", ""))
        if not view_id:
            return False
        page = await called(page, self.gateway)
        back = _card_back(heard)
        back = back if back.fits else replace(back, answers="")
        view = cards.card(page, back, zone, heard.part, kind)
        outcome = await self.gateway.write("views.update", view_id=view_id, view=view)
        if isinstance(outcome, Done):
            return True
        self.note("card_not_filled", key=heard.key, reason=outcome.reason)
        return isinstance(outcome, PostRefused) and refusals.code_of(outcome.reason) == GONE


def _card_back(heard: Heard) -> Return:
    return replace(back_of(heard), answers=heard.text)
