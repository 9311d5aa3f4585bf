"""The grammar of commands as dialogue tables: usual, wrong, nearest, hostile."""

from __future__ import annotations

import time
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import grammar
from bot.commands import (
    BASELINE,
    BRIEF,
    POSITION,
    VERBS,
    AskBaseline,
    AskBoard,
    AskDiff,
    AskLatest,
    AskNew,
    AskPosition,
    AskPreview,
    AskSearch,
    AskSources,
    AskStatus,
    AskWhy,
    CallOff,
    ChangeSchedule,
    Command,
    EndSubscription,
    Help,
    ListSchedules,
    ListSubscriptions,
    MakeSchedule,
    MakeSubscription,
    Misunderstood,
    Mute,
    Unmute,
    parse,
)
from bot.moments import moment
from digests import frames
from digests.matching import KEYS
from digests.model import Frame, Telling
from tests.edges.slack_stage import DIRECTORY

ZONE = "Europe/Brussels"
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
LONDON = ("Europe/London", MONDAY_TO_FRIDAY, (), (), Telling(zone="Europe/London"))
KYIV = ("Europe/Kyiv", (0, 2, 5, 6), (), (), Telling(zone="Europe/Kyiv"))


def read(text: str, command: str = BRIEF) -> Command | Misunderstood:
    return parse(text, command, DIRECTORY, ZONE)


def words(*said: Frame) -> list[str]:
    return [frames.words(frame, ZoneInfo("Etc/UTC")) for frame in said]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Help()),
        ("   ", Help()),
        ("help", Help()),
        ("help subscribe", Help("subscribe")),
        ("HELP /position", Help("position")),
        ("new", AskNew()),
        ("New", AskNew()),
        ("new actor:russia issue:territory", AskNew((("actor", ("russia",)), ("issue", ("territory",))))),
        ("preview", AskPreview()),
        ("status", AskStatus()),
        ("position russia", AskPosition("russia")),
        ("position Russia Territory", AskPosition("russia", "territory")),
        ("position territory russia", AskPosition("russia", "territory")),
        ("position united states security guarantees", AskPosition("united-states", "security-guarantees")),
        ("position united-states security-guarantees", AskPosition("united-states", "security-guarantees")),
        ('position "United States" issue:"security guarantees"', AskPosition("united-states", "security-guarantees")),
        ("position actor:france", AskPosition("france")),
        ("position russia since:7d", AskPosition("russia", since=moment("7d"))),
        ("position russia asof:2025-11-26 territory", AskPosition("russia", "territory", asof=moment("2025-11-26"))),
        ("position russia vs:baseline", AskPosition("russia", vs=BASELINE)),
        ("position russia vs:yesterday", AskPosition("russia", vs=moment("yesterday"))),
        ("position russia vs:france share", AskPosition("russia", vs="france", share=True)),
        ("position all", AskBoard()),
        ("position all territory", AskBoard("territory")),
        ("position ALL issue:territory share", AskBoard("territory", share=True)),
        ("position issue:territory", AskBoard("territory")),
        ("new since:last", AskNew(since=moment("last"))),
        ("new share", AskNew(share=True)),
        ("why k7f2xy", AskWhy("k7f2xy")),
        ("why line K7F2XY.", AskWhy("k7f2xy")),
        ("why id k7f2xy cite share", AskWhy("k7f2xy", cite=True, share=True)),
        ("why https://A.example/B?c=D,e:f", AskWhy("https://A.example/B?c=D,e:f")),
        ("why <https://a.example/b|a label>", AskWhy("https://a.example/b")),
        ("latest", AskLatest()),
        ("latest share", AskLatest(share=True)),
        ("search troops", AskSearch(("troops",), again='search "troops"')),
        (
            'search "European troops" actor:russia since:7d page:2',
            AskSearch(
                ("European troops",),
                (("actor", ("russia",)),),
                moment("7d"),
                2,
                'search "European troops" actor:"russia" since:"7d"',
            ),
        ),
        ("diff", AskDiff()),
        ("diff russia territory", AskDiff("russia", "territory")),
        ("diff territory", AskDiff(None, "territory")),
        ("diff russia vs:2025-11-26", AskDiff("russia", vs=moment("2025-11-26") or "")),
        ("baseline", AskBaseline()),
        ("baseline show", AskBaseline()),
        ("baseline page:2", AskBaseline(page=2)),
        ("baseline history", AskBaseline(history=True)),
        ("sources", AskSources()),
        ("sources status share", AskSources(health=True, share=True)),
        ("status share", AskStatus(share=True)),
        ("help more", Help("more")),
        ("schedule", ListSchedules()),
        ("schedule list", ListSchedules()),
        ("schedule daily 8:30", MakeSchedule(("08:30",), ZONE)),
        ("schedule daily 18:00,08:30", MakeSchedule(("08:30", "18:00"), ZONE)),
        ("schedule weekly mon 09:00", MakeSchedule(("09:00",), ZONE, days=(0,))),
        ("schedule Weekly 9:00 days:sun", MakeSchedule(("09:00",), ZONE, days=(6,))),
        ("schedule Friday 09:00", MakeSchedule(("09:00",), ZONE, days=(4,))),
        ("schedule tue-thu 09:00", MakeSchedule(("09:00",), ZONE, days=(1, 2, 3))),
        ("schedule at:08:30 days:mon-fri", MakeSchedule(("08:30",), ZONE, MONDAY_TO_FRIDAY)),
        ("schedule weekdays 08:30 tz:europe/london", MakeSchedule(("08:30",), *LONDON)),
        ("schedule daily 08:30 tz:Kiev days:sat-mon,wed", MakeSchedule(("08:30",), *KYIV)),
        ("schedule daily 08:30 issue:territory", MakeSchedule(("08:30",), ZONE, issues=("territory",))),
        ("schedule remove c1", ChangeSchedule("remove", "c1")),
        ("schedule pause", ChangeSchedule("pause")),
        ("schedule resume c1", ChangeSchedule("resume", "c1")),
        ("subscribe", MakeSubscription()),
        ("subscribe list", ListSubscriptions()),
        ("subscribe actor:russia,france", MakeSubscription((("actor", ("russia", "france")),))),
        ("subscribe actor:russia actor:france", MakeSubscription((("actor", ("russia", "france")),))),
        ("subscribe verdict:possible-shift kind:quoted weight:must", MakeSubscription(
            (("verdict", ("possible-shift",)), ("kind", ("quoted",)), ("weight", ("2",))))),
        ('subscribe verdict:"possible shift"', MakeSubscription((("verdict", ("possible-shift",)),))),
        ("subscribe source:wire,meridian lang:uk", MakeSubscription(
            (("source", ("wire", "meridian")), ("lang", ("uk",))))),
        ("subscribe to:dm quiet:22:00-7:00 cap:5", MakeSubscription((), "dm", ("22:00", "07:00"), 5)),
        ("subscribe actor:russia now", MakeSubscription((("actor", ("russia",)),), at_once=True)),
        ("subscribe now", MakeSubscription(at_once=True)),
        ("subscribe origins:2", MakeSubscription((("origins", ("2",)),))),
        ("subscribe cancel", CallOff()),
        ("subscribe to:#General", MakeSubscription(to="#general")),
        ("subscribe to:<#C0123456789|general>", MakeSubscription(to="C0123456789")),
        ("subscribe to:C0123456789", MakeSubscription(to="C0123456789")),
        ("unsubscribe s1a2b", EndSubscription("s1a2b")),
        ("mute 4h", Mute(240)),
        ("mute 30m", Mute(30)),
        ("mute until 9:00", Mute(None, "09:00")),
        ("mute s1a2b", Mute(None, None, "s1a2b")),
        ("mute s1a2b 2d", Mute(2880, None, "s1a2b")),
        ("mute s1a2b until 23:15", Mute(None, "23:15", "s1a2b")),
        ("unmute", Unmute()),
        ("unmute s1a2b", Unmute("s1a2b")),
    ],
)  # fmt: skip
def test_a_command_is_understood(text: str, command: Command) -> None:
    assert read(text) == command


@pytest.mark.parametrize(
    ("text", "command", "read_as"),
    [
        ("kremlin", AskPosition("russia"), ["read kremlin as Russia"]),
        ("the Kremlin", AskPosition("russia"), ["read the Kremlin as Russia"]),
        ("moscow donbas", AskPosition("russia", "territory"), ["read moscow as Russia", "read donbas as Territory"]),
        ("Lavrov", AskPosition("russia", None, "Sergey Lavrov"), ["Sergey Lavrov speaks for Russia"]),
        ("russia nato", AskPosition("russia", "nato-membership"), ["read nato as NATO membership"]),
        ("russia", AskPosition("russia"), []),
    ],
)
def test_an_alias_resolves_and_the_answer_says_so(text: str, command: AskPosition, read_as: list[str]) -> None:
    understood = read(text, POSITION)
    assert isinstance(understood, AskPosition)
    assert (understood.actor_id, understood.issue_id, understood.speaker) == (
        command.actor_id,
        command.issue_id,
        command.speaker,
    )
    assert words(*understood.read_as) == read_as


@pytest.mark.parametrize(
    ("text", "said", "suggestion"),
    [
        ("subscibe actor:russia", "No command subscibe; the nearest is subscribe", "help subscribe"),
        ("statis", "No command statis; the nearest is status", "status"),
        ("russia territory", "No command russia territory", "position russia territory"),
        ("position rusia", "No party rusia; the nearest is russia", "position russia"),
        ("position lavrv", "No party lavrv; the nearest is Sergey Lavrov", "position Sergey Lavrov"),
        ("position russia territry", "No issue territry; the nearest is territory", "position russia territory"),
        ("position russia quiet:22:00-07:00", "quiet: does not go with position", "help position"),
        ("subscribe min:major", "No filter min:; the nearest is weight:", "help subscribe"),
        ("subscribe who:russia", "No filter who:; the nearest is actor:", "help subscribe"),
        ("new topic:territory", "No filter topic:; the nearest is issue:", "help new"),
        ("export csv outlet:tass", "No filter outlet:; the nearest is source:", "help export"),
        ("subscribe language:uk", "No filter language:; the nearest is lang:", "help subscribe"),
        ("diff russia outlet:tass", "outlet: does not go with diff", "help diff"),
        ("diff rusia", "No party rusia; the nearest is russia", "diff russia"),
        ("timeline rusia", "No party rusia; the nearest is russia", "timeline russia"),
        ("position russia isue:territory", "No filter isue:; the nearest is issue:", "help position"),
        ("position actor:russia,france", "One party and one issue at a time", None),
        ("new soon", "soon is not understood after new", "help new"),
        (
            "new since:soon",
            "since: does not take soon; write a day as 2025-11-26, or today, yesterday, 24h, 7d, last",
            None,
        ),
        ("position since:7d", "Whose position? Name a party or a person, or all", "position all"),
        ("position russia vs:lavrov", "vs: does not take lavrov", None),
        ("position all actor:russia", "No issue all", None),
        ("why", "Which line? Give its id, a message's link or an article's address", "latest"),
        ("why ...", "Which line?", "latest"),
        ("why k7f2 m3k8", "m3k8 is not understood after why", "help why"),
        ("search", "Search for which words? Two letters at least; quotes hold a phrase", "help search"),
        ("search a b c d e f g h i jj", "Too much at once: at most 8 words or phrases of 80 characters", "help search"),
        ("search troops page:x", "x is no page; write it as page:2", None),
        ("search troops sinse:7d", "No filter sinse:; the nearest is since:", "help search"),
        ("diff russia territry", "No issue territry; the nearest is territory", "diff russia territory"),
        ("diff vs:x", "vs: does not take x", None),
        ("baseline histroy", "No word histroy; the nearest is history", "baseline history"),
        ("sources sttus", "No word sttus; the nearest is status", "sources status"),
        ("schedule list share", "schedule is answered to you alone", None),
        ("serch troops", "No command serch; the nearest is search", "help search"),
        ("lates", "No command lates; the nearest is latest", "latest"),
        ("new quiet:22:00-07:00", "quiet: does not go with new", "help new"),
        ("actor:russia", "A command begins with its verb, filters come after it", "new"),
        ("subscribe russia", "russia needs its key before it: actor:russia", "subscribe actor:russia"),
        ("subscribe territory", "territory needs its key before it: issue:territory", "subscribe issue:territory"),
        ("subscribe actor:lavrov", "lavrov is a person; filters take parties, here Russia", "subscribe actor:russia"),
        ("subscribe actor:atlantis", "No party atlantis", "help subscribe"),
        ("review scope tbcdfg actor:atlantis", "No party atlantis", "help review"),
        ('report k7f2ab "' + "x " * 3000 + '"', "Too long: 4,000 characters are read at most", "help"),
        ("review bcdfgh extra", "extra is not understood after review", "help review"),
        ("subscribe verdict:shft", "No verdict shft; the nearest is shift", "help subscribe"),
        ("subscribe verdict:repeat", "No verdict repeat", "help subscribe"),
        ("subscribe kind:quote", "No kind quote; the nearest is quoted", "help subscribe"),
        ("subscribe source:meridan", "No source meridan; the nearest is meridian", "help subscribe"),
        ("subscribe weight:3", "No weight 3; the nearest is 2", "subscribe weight:2"),
        ("subscribe lang:xx", "No language xx", "help subscribe"),
        ("subscribe to:general", "general is no place: to: takes here, dm or #channel", None),
        ("subscribe to:#a,#b", "#a,#b is no place: to: takes here, dm or #channel", None),
        ("subscribe quiet:22:00-22:00", "22:00-22:00 would be quiet for ever; begin and end must differ", None),
        ("subscribe quiet:late", "late are no quiet hours; write them as 22:00-07:00", None),
        ("subscribe cap:0", "0 is no number of alerts an hour from 1 to 60; write it as 5/h", None),
        ("subscribe actor:", "actor: has no value", None),
        ('subscribe actor:"united', "A quotation mark is not closed", None),
        ("unsubscribe", "Which one? Give its id", "subscribe list"),
        ("subscribe origins:0", "No number of origins 0; the nearest is 2", "subscribe origins:2"),
        ("subscribe russia now", "russia needs its key before it: actor:russia", "subscribe now actor:russia"),
        ("mute", "Mute for how long, or which one? Say 4h, until 09:00, or an id", "mute 4h"),
        ("mute 31d", "31d is no stretch of time from 1m to 30d; write it as 30m, 4h or 2d", "mute 4h"),
        ("mute s1a2b soon", "soon is no stretch of time from 1m to 30d; write it as 30m, 4h or 2d", "mute 4h"),
        ("mute until", "At what time? Write it as 08:30", "mute until 09:00"),
        ("mute until noon", "noon is no time of day; write it as 08:30", "mute until 08:30"),
        ("unmute all of it", "of it is not understood after unmute", "help unmute"),
        ("schedule weekly 09:00", "On which day? Write it as mon", "schedule weekly mon 09:00"),
        ("schedule wekly mon 09:00", "No word wekly; the nearest is weekly", "help schedule"),
        ("schedule daily", "At what time? Write it as 08:30", "schedule daily 08:30"),
        ("schedule daily 25:00", "25:00 is no time of day; write it as 08:30", "schedule daily 08:30"),
        ("schedule dayly 08:30", "No word dayly; the nearest is daily", "help schedule"),
        ("schedule daily 08:30 tz:Europe/Brusels", "No time zone Europe/Brusels; the nearest is Europe/Brussels", None),
        ("schedule daily 08:30 days:mun", "No day mun; the nearest is mon", "help schedule"),
        ("schedule remove", "Which one? Give its id", "schedule list"),
        ("help subscrib", "No command subscrib; the nearest is subscribe", "help subscribe"),
        # everything that was typed comes back, with what was wrong set right
        ("position rusia since:7d", "No party rusia", "position russia since:7d"),
        ("position territory rusia", "No party rusia", "position territory russia"),
        ("position rusia territry asof:2025-12-01", "No party rusia", "position russia territory asof:2025-12-01"),
        ('search "European troops" actor:rusia', "No party rusia", 'search "European troops" actor:russia'),
        ("new actor:lavrov since:7d", "lavrov is a person", "new actor:russia since:7d"),
        ("subscibe actor:russia", "No command subscibe", "subscribe actor:russia"),
        ("timeline lavrv since:7d", "No party lavrv", "timeline Sergey Lavrov since:7d"),
        ("export jsn actor:russia", "No file jsn; the nearest is json", "export json actor:russia"),
        ("schedule dayly 08:30 tz:Europe/Brusels", "No word dayly", "schedule daily 08:30 tz:Europe/Brussels"),
        ("schedule daily 08:30 style:compct", "style: does not take compct", "schedule daily 08:30 style:compact"),
        ("subscribe to:general actor:russia", "general is no place", "subscribe to:#general actor:russia"),
        ("subscribe quiet:22-7", "22-7 are no quiet hours", "subscribe quiet:22:00-07:00"),
        ("mute until 9pm", "9pm is no time of day", "mute until 21:00"),
        ("quality foo", "quality does not take foo", "help quality"),
        ("subscribe quiet:late actor:russia", "late are no quiet hours", "subscribe quiet:22:00-07:00 actor:russia"),
        # what other tools call our keys, with their values
        ("subscribe min:major", "No filter min:; the nearest is weight:", "subscribe weight:2"),
        ("subscribe min:notable", "No filter min:; the nearest is weight:", "subscribe weight:1"),
        ("new topic:territory since:7d", "No filter topic:", "new since:7d issue:territory"),
        ("subscribe kind:shift", "shift needs its key before it: verdict:", "subscribe verdict:shift"),
        # values without their keys
        ("settings compact", "compact needs its key before it: style:compact", "settings style:compact"),
        ("settings full off", "full needs its key before it: style:full", "settings style:full threads:off"),
        ("settings skip", "skip needs its key before it: onquiet:skip", "settings onquiet:skip"),
        ("settings Europe/Kyiv", "Europe/Kyiv needs its key before it", "settings tz:Europe/Kyiv"),
        ("settings london", "london needs its key before it: tz:Europe/London", "settings tz:Europe/London"),
        ("settings loud", "loud is not understood after settings", "help settings"),
        ("settings compact loud", "compact loud is not understood after settings", "help settings"),
        ("settings daily", "daily goes with schedule, not with settings", "schedule daily 08:30"),
        ("settings Monday 09:00", "Monday goes with schedule, not with settings", "schedule monday 09:00"),
        ("compact", "No command compact", "settings style:compact"),
        ("daily 09:00", "No command daily 09:00", "schedule daily 09:00"),
        ("schedule daily 08:30 compact", "compact needs its key", "schedule daily 08:30 style:compact"),
        ("schedule daily 08:30 Europe/Kyiv", "Europe/Kyiv needs its key", "schedule daily 08:30 tz:Europe/Kyiv"),
        ("schedule daily 08:30 territory", "territory needs its key", "schedule daily 08:30 issue:territory"),
        ("schedule tz:Europe/Kyiv", "At what time?", "schedule 08:30 tz:Europe/Kyiv"),
        ("new russia territory 7d", "russia needs its key", "new actor:russia issue:territory since:7d"),
        ("new rusia", "No party rusia; the nearest is russia", "new actor:russia"),
        ("export csv russia", "russia needs its key", "export csv actor:russia"),
        ("subscribe united states dm", "united states needs its key", "subscribe actor:united-states to:dm"),
        # an issue where a party is needed, a name in a sentence
        ("position territory", "territory is an issue; name a party too, or all", "position all territory"),
        ("position what says russia", "No party what says russia", "position russia"),
        ("position the atlantis", "No party the atlantis", "position russia"),
        # words of a sentence, a key with its value behind it, what other tools call our verbs
        ("schedule daily at 09:00", "at is not understood after schedule", "schedule daily 09:00"),
        ("schedule daily 08:30 in Kyiv", "in is not understood after schedule", "help schedule"),
        ("schedule off", "No word off; the nearest is pause", "schedule pause"),
        ("schedule delete c1", "No word delete; the nearest is remove", "schedule remove c1"),
        ("settings style compact", "style compact needs its key before it", "settings style:compact"),
        ("settings please", "please is not understood after settings", "help settings"),
        ("new since yesterday", "since yesterday needs its key before it", "new since:yesterday"),
        ("new about territory since 7d", "about territory needs its key", "new issue:territory since:7d"),
        ("subscribe me to russia", "me is not understood after subscribe", "subscribe actor:russia"),
        ("subscribe russia and france", "russia needs its key before it", "subscribe actor:russia,france"),
        ("alerts actor:russia", "No command alerts; the nearest is subscribe", "subscribe actor:russia"),
        ("digest", "No command digest; the nearest is latest", "latest"),
        ("lavrov", "No command lavrov", "position Sergey Lavrov"),
        ("rusia", "No command rusia", "position russia"),
        # one party too many
        ("timeline russia france", "One party and one issue at a time", "timeline france"),
        ("diff russia france", "One party and one issue at a time", "diff france"),
    ],
)
def test_what_is_wrong_is_named_with_the_nearest_and_nothing_is_done(
    text: str, said: str, suggestion: str | None
) -> None:
    understood = read(text)
    assert isinstance(understood, Misunderstood)
    [told] = words(understood.frame)
    assert told == said or told.startswith(said)
    if suggestion is not None:
        assert suggestion in understood.suggestions


@pytest.mark.parametrize(
    ("question", "command"),
    [
        ("what is new?", "new"),
        ("What’s new since yesterday?", "new since:yesterday"),
        ("Anything new today?", "new"),
        ("what happened since 2d", "new since:2d"),
        ("where does Russia stand?", "position russia"),
        ("What did Lavrov say about territory?", "position Sergey Lavrov territory"),
        ("are you alive?", "status"),
        ("hello!", "help"),
        ("status?", "status"),
    ],
)
def test_a_plain_question_is_answered_by_its_command_which_is_named(question: str, command: str) -> None:
    asked, typed = read(question), read(command)
    assert not isinstance(asked, Misunderstood)
    assert not isinstance(typed, Misunderstood)
    said, *others = (frames.words(frame, ZoneInfo(ZONE)) for frame in asked.read_as)
    assert said == f"read {question} as `{command}`"
    assert replace(asked, read_as=()) == replace(typed, read_as=())
    assert others == [frames.words(frame, ZoneInfo(ZONE)) for frame in typed.read_as]


@pytest.mark.parametrize(
    "question", ["what is new in football?", "what happened since forever", "where does Nobody stand?"]
)
def test_no_other_question_is_answered_with_something_else(question: str) -> None:
    assert isinstance(read(question), Misunderstood)


def test_every_suggestion_is_itself_understood() -> None:
    wrong = ["subscibe", "statis", "russia", "position rusia", "position lavrv", "position russia territry"]
    wrong += ["actor:x", "new soon", "subscribe russia", "subscribe quiet:1", "subscribe cap:x", "schedule x"]
    for text in wrong:
        understood = read(text)
        assert isinstance(understood, Misunderstood)
        for suggestion in understood.suggestions:
            assert not isinstance(read(suggestion), Misunderstood), suggestion


OTHER_VERBS = {"latest", "subscribe list", "new", "subscribe"}
"""Commands of another verb that tell the id, or the verb, which was missing."""


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("rest", ["atlantis", "rusia", "min:major", "actor:rusia", "since:x", "to:x", "25:99", "daily"])
def test_what_is_suggested_stays_within_the_verb_that_was_typed(verb: str, rest: str) -> None:
    understood = read(f"{verb} {rest}")
    if isinstance(understood, Misunderstood) and (verb, rest) != ("settings", "daily"):
        for suggestion in set(understood.suggestions) - OTHER_VERBS:
            assert suggestion.removeprefix("help ").split()[0] == verb


_TYPED = st.lists(
    st.sampled_from([
        "rusia", "russia", "territry", "territory", "lavrv", "lavrov", "compact", "full", "uk", "daily", "08:30", "mon",
        "now", "hold", "share", "csv", "list", "dm", "7d", "min:major", "actor:rusia", "actor:lavrov", "issue:teritory",
        "kind:shift", "tz:Lodnon", "to:general", "since:7d", "because:x", "quiet:1", '"united states"', '"a:b,c"',
    ]),
    max_size=5,
).map(" ".join)  # fmt: skip


@given(st.sampled_from([*VERBS, "subscibe", "compact", "rusia"]), _TYPED)
def test_whatever_is_suggested_is_understood(verb: str, rest: str) -> None:
    understood = read(f"{verb} {rest}")
    if isinstance(understood, Misunderstood):
        for suggestion in understood.suggestions:
            assert not isinstance(read(suggestion), Misunderstood), suggestion


def test_a_press_never_types_what_was_hostile() -> None:
    for typed in ("search <!channel> actor:rusia", "search *now* `x` actor:rusia", f"search {'x' * 200} actor:rusia"):
        understood = read(typed)
        assert isinstance(understood, Misunderstood)
        assert understood.suggestions == ("help search",)


def test_no_suggestion_subscribes_to_everything() -> None:
    for text in ("subscribe!", "subscrbe", "subscribed actor:russia"):
        understood = read(text)
        assert isinstance(understood, Misunderstood)
        assert "subscribe" not in understood.suggestions


_WORDS = st.sampled_from(
    [*VERBS, *(f"{key}:" for key in KEYS), "russia", "territory", "list", "08:30", '"', ",", "<!channel>", "tz:UTC"]
)
_NONSENSE = st.one_of(st.text(max_size=4000), st.lists(st.one_of(_WORDS, st.text(max_size=20))).map(" ".join))


@given(_NONSENSE, st.sampled_from([BRIEF, POSITION]))
def test_anything_typed_is_a_command_or_a_misunderstanding(text: str, command: str) -> None:
    understood = parse(text, command, DIRECTORY, ZONE)
    if isinstance(understood, Misunderstood):
        assert len(words(understood.frame)[0]) < 250
        assert len(understood.suggestions) <= 3


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_filter_never_means_more_than_it_says(key: str, value: str) -> None:
    understood = read(f'subscribe {key}:"{value}"')
    if isinstance(understood, MakeSubscription) and understood.filters:
        assert understood.filters[0][0] == key.strip().casefold()
        assert all(values for _, values in understood.filters)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ('"he said “no” to it"', ["he said “no” to it"]),
        ('“he said "no" to it”', ['he said "no" to it']),
        ("«он сказал “нет”»", ["он сказал “нет”"]),
        ("„er sagte ‚nein‘“ „ja“", ["er sagte ‚nein‘", "ja"]),
        (r'"he said \"no\"" now', ['he said "no"', "now"]),
        (r'"a \\ b \c"', [r"a \ b \c"]),
        ('"united states”', ["united states"]),  # a keyboard that changes the second mark alone
        ("““no””", ["no"]),
        ('""no""', ["no"]),
    ],
)
def test_marks_of_another_kind_stand_for_themselves_within_quotes(typed: str, held: list[str]) -> None:
    assert grammar.split(typed) == (held, {})


@given(st.text(st.characters(exclude_categories=("Cs", "Co", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=200))
def test_what_is_put_in_quotes_is_read_as_it_was(text: str) -> None:
    assert grammar.split(f"x {grammar.quoted(text)} y") == (["x", text, "y"], {})


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4000,
        r"“\“" * 1300,
        '"' + "\\" * 3998,
        "a " * 2000,
        "actor:" * 600,
        '"' * 4000,
        "a:b " * 1000,
        "ж" * 100_000,
    ],
)
def test_four_thousand_characters_of_nonsense_are_answered_at_once(text: str) -> None:
    started = time.perf_counter()
    for command in (BRIEF, POSITION):
        assert isinstance(read(text, command), (Misunderstood, Help))
    assert time.perf_counter() - started < 0.5
