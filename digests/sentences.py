"""Where a sentence ends inside one line of text. Hides abbreviations, initials, quotations and the rules between them.

Rules, not a model: linear, the same answer everywhere, and each rule is a fact about how newsrooms punctuate. The word
lists were gathered from news text in the six languages that the shipped feeds are written in.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Abbreviations that a sentence goes on after, whatever follows: titles and the like.
_TITLES = {
    "en": _words(
        "mr mrs ms mx dr prof gen lt col maj capt cmdr cmdt cpt sgt cpl pvt sen sens rep reps gov govs pres"
        " hon rev st ste mt ft messrs adm brig supt det insp amb sec atty asst dep dist vs v approx ca cf viz"
        " fr archbp bp min spc ret al"
    ),
    "de": _words(
        "dr prof hr fr st nr bzw ca vgl sog gen min art abs str bspw inkl zzgl geb ggf evtl max min u.a z.b d.h o.ä"
    ),
    "fr": _words("m mm mme mmes mlle dr me st ste gén col cap p.ex cf av env art vol"),
    "pl": _words(
        "prof dr hab inż gen płk ppłk mjr kpt por ppor sierż ks św bp abp kard o ul al pl os nr np m.in tzw"
        " tj wg im ok ds woj pow gm red min art ust poz pkt godz tel str ww ws sp dot tys nadkom podkom kom"
        " insp mec adw"
    ),
    "ru": _words(
        "им т.е т.н ул просп пр-т обл р-н см рис стр напр проф акад ген полк ген-м гл зам пос пл корр тов св т.к"
    ),
    "uk": _words("ім т.зв тзв вул просп обл р-н див рис стор напр проф акад ген полк гол заст сел пл кор св т.б ст"),
}
# Abbreviations that a sentence goes on after where a number follows: "Feb. 13", "No. 5".
_NUMBERED = {
    "en": _words(
        "jan feb mar apr jun jul aug sep sept oct nov dec no nos art arts p pp vol vols fig figs para ch sec"
        " ep eps pt chap"
    ),
    "de": _words("jan feb mär apr jun jul aug sep sept okt nov dez nr s abs art bd kap"),
    "fr": _words("janv févr avr juil sept oct nov déc no n° art p"),
    "pl": _words("nr art ust poz pkt s str godz sty lut mar kwi cze lip sie wrz paź lis gru"),
    "ru": _words("ст п пп гл янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек № г"),
    "uk": _words("ст п пп гл січ лют бер квіт трав черв лип серп вер жовт лист груд № р"),
}
# Abbreviations that may end a sentence: they do where a word follows that opens sentences.
_EITHER = _words(
    "inc corp ltd co jr sr bros etc dept univ assn ave blvd rd esq plc llc gmbh ag usw mio mrd itd itp r br w"
    " г гг т.д т.п др пр р рр м тис млн млрд руб долл"
)
_STARTERS = _words(
    "all the a an in on at by for from with to after before as since while when if although though however"
    " but and or so yet still it its he his she her they their we our i you your this that these those there"
    " here what who how why where meanwhile moreover also according earlier then now during despite under"
    " until both some many most not neither der die das den dem ein eine er sie es wir ich aber und in im am"
    " an auf bei mit nach seit von zu für doch wenn le la les il elle ils elles on ce cette ces mais et en"
    " dans au aux un une des selon pour to w na z ze do po od za o ale i a jak gdy nie jest ten ta te on ona"
    " oni my według в на с по к от за из о об но и а как когда не это этот эта эти он она они мы я его ее их"
    " также при для если что у з до від про але й та як коли не це цей ця ці він вона вони ми я його її їх"
    " також для якщо що під після"
)
# What may stand behind "p.m." without opening a sentence: a day, a month or a zone.
_AFTER_HOUR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december et est edt ct cst cdt pt pst pdt gmt utc cet cest eet eest"
    " msk bst ist local kyiv kiev moscow eastern central pacific greenwich london brussels paris washington"
    " beijing istanbul"
)
_SPEECH = (
    "said|says|asked|asks|wrote|writes|told|added|adds|warned|declared|posted|replied|insisted|exclaimed|quip"
    " ped|stated| tweeted|continued|concluded|noted|recalled|explained|stressed|argued"
)

# A stop, what closes with it (Markdown's signs too), and the footnotes that hang on it.
_END = re.compile(
    r"[.!?…]+[\"'”’»«“)\]*_]*"
    r"(?:(?:\s?\[\[?[0-9ivxlc]{1,7}\]?\](?:\([^()\s]{1,200}\))?){1,9}\**|(?<=[^\W\d][.”\"])\d{1,3}(?=\s))?"
)
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’„«»()\[\]—–/]{1,40}$")
_NEXT = re.compile(r"(?P<space>\s*)(?P<opening>[\"'“”‘„«»(\[–—•*-]*\s?)(?P<word>[^\W_]*)")
_INITIAL = re.compile(r"[^\W\d_a-zа-яєіїґ]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_HOUR = re.compile(r"[ap]\.m", re.IGNORECASE)
_NUMERAL = re.compile(r"\(?(?:\d{1,3}|[ivx]{1,4}|[IVX]{1,4})")
_DAY_DE = re.compile(r"\d{1,2}")
_RUN_TOGETHER = re.compile(r"[^\W\d_A-Z]{2}[\"”’)]*$")
_TAG_AFTER_SHOUT = re.compile(
    rf"\s+(?:(?:[A-Z][\w.’'-]{{0,30}}|the|an?|then)\s+){{1,6}}(?:{_SPEECH})(?=[,.;:]|\s+(?:on|in|at|during|after|when|as|to)\b)"
)
_TAG_AFTER_STOP = re.compile(rf"\s+(?:(?:[A-Z][\w’'-]{{0,30}}|the)\s+){{1,4}}(?:{_SPEECH})(?=\.(?:\s|$))")
_REACH = 160  # characters behind a quotation in which its attribution is looked for

_QUOTE = re.compile('["“”„«»‘’]')
_CLOSES = {"“": '”"', "„": '“”"', "«": "»", "»": "«", '"': '"”', "‘": "’"}
_LONGEST_CLOSED = 1_000  # a longer quotation that ends with its own full stop is cut into its sentences


def boundaries(line: str, language: str) -> list[int]:
    """Offsets behind which a new sentence starts, ascending, without 0 and the end of the line.

    `language` is an ISO 639-1 code; unknown ones are read with the English lists.
    """
    quoted = _quotations(line)
    found = []
    turn = 0
    for end in _END.finditer(line):
        at = end.end()
        while turn < len(quoted) and quoted[turn][1] < at:
            turn += 1
        inside = turn < len(quoted) and quoted[turn][0] < end.start()
        if at < len(line) and not inside and _ends(line, end, language):
            found.append(at)
    return found


def _ends(line: str, end: re.Match[str], language: str) -> bool:
    follows = _NEXT.match(line, end.end())
    assert follows is not None  # every part of the pattern may be empty
    word = follows["word"]
    mark = end[0]
    if not follows["space"]:
        return _runs_together(line, end, word)
    if word[:1].islower() or not (word or line[follows.end() :].strip()):
        return False
    if mark[-1] in '"”’»«“' and _attributed(line, end):
        return False
    if "…" in mark or ".." in mark:
        return end.start() > 0 and not line[end.start() - 1].isspace()
    if mark != ".":  # asked, shouted, or closed together with a quotation or bracket
        return True
    return _full_stop(line, end.start(), follows, language)


def _full_stop(line: str, at: int, follows: re.Match[str], language: str) -> bool:
    """Whether a lone "." at an offset ends a sentence, and not only an abbreviation, an initial or a numeral."""
    before = _WORD_BEFORE.search(line, max(0, at - 40), at)
    if before is None:
        return True
    token = before[0].strip(".,;:*_#\u200b\u200c\u200d\u2060\ufeff")
    lower = token.lower()
    word = follows["word"]
    known = language if language in _TITLES else "en"
    if lower in _TITLES[known] or (word[:1].isdigit() and lower in _NUMBERED[known]):
        return False
    if before.start() == 0 and _NUMERAL.fullmatch(token):  # the number of a point, not a sentence
        return False
    if _HOUR.fullmatch(token):
        return word.lower() not in _AFTER_HOUR
    if lower in _EITHER or _DOTTED.fullmatch(token) or _INITIAL.fullmatch(token):
        initial = len(word) == 1 and line[follows.end() : follows.end() + 1] == "."
        return word.lower() in _STARTERS and not initial
    return not (known == "de" and _DAY_DE.fullmatch(token) and not follows["opening"])


def _runs_together(line: str, end: re.Match[str], word: str) -> bool:
    """Whether two sentences touch because a page lost the space between them: "talks.The Kremlin"."""
    if not word[:1].isupper() or len(word) < 2 or word.lower() not in _STARTERS:
        return False
    head = line[max(0, end.start() - 40) : end.start()].rsplit(" ", 1)[-1]
    after = line[end.end() + len(word) : end.end() + len(word) + 1]
    return bool(_RUN_TOGETHER.search(head)) and "/" not in head and "www" not in head and after in (" ", "’", "'")


def _attributed(line: str, end: re.Match[str]) -> bool:
    """Whether the words behind a closing quotation mark only say whose words it were."""
    pattern = _TAG_AFTER_SHOUT if "!" in end[0] or "?" in end[0] else _TAG_AFTER_STOP
    return pattern.match(line[end.end() : end.end() + _REACH]) is not None


def _quotations(line: str) -> list[tuple[int, int]]:
    """Offsets of opening and closing mark of quotations that stay whole, in order; what nests lies in its outer one."""
    found = []
    opened = -1
    for mark in _QUOTE.finditer(line):
        at = mark.start()
        if opened >= 0 and mark[0] in _CLOSES[line[opened]] and _may_close(line, opened, at):
            if at - opened <= _LONGEST_CLOSED or _goes_on(line, at):
                found.append((opened, at))
            opened = -1
        elif mark[0] in _CLOSES and _may_open(line, at) and not (opened >= 0 and mark[0] == "‘"):
            opened = at
    return found


def _may_open(line: str, at: int) -> bool:
    before = line[at - 1] if at else " "
    return not before.isalnum() and before not in ".,!?…" and at + 1 < len(line) and not line[at + 1].isspace()


def _may_close(line: str, opened: int, at: int) -> bool:
    before = line[at - 1]
    if line[opened] == "‘":  # the same sign is the apostrophe
        return before in ".,!?…"
    return not before.isspace() or line[at] not in '"“'


def _goes_on(line: str, closed: int) -> bool:
    """Whether a sentence runs on behind a closing mark: a comma before it, or lower case after it."""
    after = line[closed + 1 : closed + 8].lstrip()
    return line[closed - 1] == "," or after[:1].islower() or after[:1] in (",", ";", ":")
