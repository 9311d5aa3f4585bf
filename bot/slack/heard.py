"""What was said to the bot, as every listener hands it over. Hides nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heard:
    """One thing said to the bot. `command` is BRIEF or POSITION; `key` is Slack's id of it; `openly`: the answer is
    posted (in `thread`, where there is one), else only `user` sees it."""

    text: str
    command: str
    user: str
    conversation: str
    key: str
    response_url: str = ""
    thread: str | None = None
    openly: bool = False
    trigger: str = ""  # with which a modal may be opened, for three seconds
    form: str = ""  # the form that was asked for, where that was not typed
    about: str = ""  # the line or item that the form is about
    message: str = ""  # the time stamp of the message that it is about
    home: bool = False  # begun on the Home tab, which is then shown anew
    pressed: bool = False  # a button, a menu or a shortcut, where an answer may open over the conversation
    view: str = ""  # the modal in which it was pressed or submitted
    over: bool = False  # its answer lies on another modal
    waits: bool = False  # that modal is to show the answer itself, and not another on top of it
    part: int = 1  # of an answer in a modal that has several
