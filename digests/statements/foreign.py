"""Verbs of saying, wanting and doing in other languages than English, every form by itself. Hides their inflection.

Cyrillic forms may stand before their subject; the others mostly stand behind it, as English ones do.
"""

from __future__ import annotations

from collections.abc import Mapping

from digests.model import Polarity


def _listed(words: str) -> list[str]:
    return words.split()


FORMS: Mapping[str, tuple[str, Polarity]] = {
    **dict.fromkeys(
        _listed(
            "сказав сказала сказали каже кажуть говорить говорять сказал сказала сказали говорит "
            "говорят "
            "заявив заявила заявили заявляє заявляють "
            "заявил заявила заявили заявляет заявляют повідомив повідомила повідомили повідомляє "
            "повідомляють сообщил сообщила сообщили сообщает "
            "сообщают зазначив зазначила зазначили наголосив наголосила наголосили підкреслив "
            "підкреслила "
            "додав додала додали відзначив відзначила "
            "написав написала розповів розповіла розповіли пояснив пояснила відповів відповіла "
            "прокоментував прокоментувала вважає вважають уточнив "
            "отметил отметила отметили подчеркнул подчеркнула добавил добавила добавили написал "
            "написала "
            "рассказал рассказала рассказали пояснил "
            "пояснила ответил ответила прокомментировал прокомментировала считает считают уточнил "
            "уточнила "
            "анонсував анонсувала назвав назвала назвал "
            "допустив допустила допустил допустила визнав визнала признал признала підтвердив "
            "підтвердила "
            "підтвердили подтвердил подтвердила "
            "подтвердили оголосив оголосила оголосили объявил объявила объявили розкрив раскрыл "
            "попередив "
            "попередила предупредил предупредила "
            "запевнив заверил нагадав напомнил обвинуватив обвинил констатував констатировал "
            "спрогнозував "
            "резюмировал пообіцяв пообещал "
            "висловив выразил натякнув намекнул озвучив озвучил оцінив оценил звинуватив"
        ),
        ("speech", Polarity.NEUTRAL),
    ),
    **dict.fromkeys(
        _listed(
            "sagte sagt sagten erklärte erklärt erklärten betonte betont betonten warnte warnt "
            "schrieb schreibt meinte meint "
            "teilte kündigte bestätigte bestätigt unterstrich äußerte versicherte bekräftigte "
            "mahnte nannte ergänzte "
            "berichtete twitterte déclaré déclare dit affirmé affirme estimé estime annoncé "
            "annonce indiqué indique souligné "
            "souligne ajouté ajoute précisé précise averti prévenu assuré assure rappelé rappelle "
            "confirmé écrit répondu "
            "dénoncé jugé promis evoqué évoqué powiedział powiedziała powiedzieli mówi oświadczył "
            "oświadczyła oświadczyli "
            "podkreślił podkreśliła podkreśla stwierdził stwierdziła zaznaczył zaznaczyła dodał "
            "dodała zapowiedział "
            "zapowiedziała ogłosił ogłosiła ocenił oceniła poinformował poinformowała napisał "
            "napisała przekazał przekazała "
            "przyznał ostrzegł ostrzegła potwierdził twierdzi"
        ),
        ("speech", Polarity.NEUTRAL),
    ),
    **dict.fromkeys(
        _listed(
            "forderte fordert forderten verlangte verlangt verlangten réclamé réclame exigé exige "
            "exhorté demandé demande "
            "wezwał wezwała wezwali wzywa zażądał zażądała żąda domaga"
        ),
        ("stance", Polarity.DEMAND),
    ),
    **dict.fromkeys(
        _listed(
            "lehnte lehnt lehnten kritisierte kritisiert rejeté rejette refusé refuse odrzucił "
            "odrzuciła odrzuca odrzucili"
        ),
        ("stance", Polarity.OPPOSE),
    ),
    **dict.fromkeys(
        _listed(
            "begrüßte begrüßt begrüßten unterstützt salué salue soutient approuvé poparł poparła popiera popierają"
        ),
        ("stance", Polarity.SUPPORT),
    ),
    **dict.fromkeys(
        _listed(
            "вимагає вимагають вимагав требует требуют требовал закликав закликала закликали "
            "закликає "
            "призвал призвала призвали призывает хоче хочуть "
            "хочет хотят просить попросив попросил потребував настоює наполягає наполягають "
            "настаивает "
            "настаивают потребовал"
        ),
        ("stance", Polarity.DEMAND),
    ),
    **dict.fromkeys(
        _listed(
            "відкинув відкинула відкинули отверг отвергла отвергли відмовився відмовилася "
            "відмовилась "
            "відмовилися отказался отказалась отказались "
            "заперечив заперечила опроверг опровергла спростував спростувала виступає_проти "
            "виключив "
            "исключил раскритиковал розкритикував "
            "засудив осудил відхилив отклонил отклонила"
        ),
        ("stance", Polarity.OPPOSE),
    ),
    **dict.fromkeys(
        _listed(
            "підтримав підтримала підтримали підтримує поддержал поддержала поддержали "
            "поддерживает "
            "погодився погодилася погодились согласился "
            "согласилась согласились привітав схвалив схвалила одобрил одобрила приветствовал"
        ),
        ("stance", Polarity.SUPPORT),
    ),
    **dict.fromkeys(
        _listed(
            "провів провела провели провел провёл зустрівся зустрілася зустрілися встретился "
            "встретилась "
            "встретились підписав підписала підписали "
            "подписал подписала подписали передав передала передали передал передала обговорив "
            "обговорили "
            "обсудил обсудили прибув прибула прибыл "
            "прибыла запропонував запропонувала запропонували предложил предложила предложили "
            "призначив "
            "назначил звільнив уволил продовжив продлил "
            "запровадив запровадила ввел ввёл ввела ввели направив направил"
        ),
        ("act", Polarity.NEUTRAL),
    ),
}
"""Lower-case form -> how the statement is carried, what the verb alone says about the proposal spoken of."""
