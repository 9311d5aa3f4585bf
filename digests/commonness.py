"""How common terms are in the news, so that rare words tell more than common ones. Hides the counts.

Shares of news items (headline and lead, English, Nov 2025 to Feb 2026): the geometric mean of the share in 15,000 items
of all subjects and in the few hundred about the war and its talks, in half powers of two; terms are those of
`digests.terms.concept`. Names are left out on purpose: a name that is common one week is rare the next.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

_PRIOR = 400.0  # articles that the background shares stand for when mixed with the stream's own counts
_NAMES_PRIOR = 40.0  # names are learned from the stream sooner: who is in the news changes by the week

RAREST = 1 / 1600
"""The share of a term that is not listed."""

_LISTED: tuple[tuple[int, str], ...] = (
    (5, "#strike "),
    (6, "#kill "),
    (7, "#chief #home #meet #talk security war "),
    (8, "#appoint #oust #plan #seize #troop #warn claim country end military president "),
    (9, "#accuse #agree #deal #guarantee call follow includ peace post show target top world "),
    (
        10,
        "#child #drone #office #reject #spy appear city com continu data despite former four full high key know "
        "launch major month nation need next official oil operation part power read remain state support use ",
    ),
    (
        11,
        "#injure action add address ahead aim ally announc around big concern dai development economic energy "
        "event fac far fight final find five found future global government help international law lead leader "
        "led list long look man mark market media million minister near offer old open play point pressure push "
        "reach recent region right run second see set several start stat three today using video way well work ",
    ),
    (
        12,
        "#aide #flat #progress #truce across act administration agency air already arrest ask attempt authority "
        "away back become biggest break brief bring business campaign capital change come comment company confirm "
        "conflict control cost critical deliver demand detail dont due ear effort enter expect expert face fail "
        "fami few financial focu foreign free give going good ground group happen hold hour imag inside invasion "
        "issu keep large late left life loss mean morn national night number ongo order past pay place policy "
        "political potential prime public question ready real record releas resort role scale seek send service "
        "sery shar significant social statement stop story strong suggest system tech term thing thousand trade "
        "try turn visit want watch western white win young ",
    ),
    (
        13,
        "#clinic #missile #ship access account advanc ago aid almost app approach area arm avoid believ believe "
        "best body came carry caus center challeng charg cit civilian coalition court crisi current cut defense "
        "deputy device diplomatic doesnt eastern email exclusive expand experience explosion fall fear fifth film "
        "firm forc fresh front gain gam great grow hand hard health heavy held highlight history hop hotel "
        "however incident include industry infrastructure interest involv join known largest later leav level "
        "like line link local longer lost main mak map matter member men miss monitor move multiple occupy once "
        "other overnight pass percent phone photo platform plu pm popular position powerful present presidential "
        "press price protect put replace return rise risk round safety seen servic seven shift six someth soon "
        "southern spark speak special stand step street suspect taken tariff technology tension territory too "
        "tool town urg used victory view week wife will window woman ",
    ),
    (
        14,
        "actor affect al alongside alway announcement answer arriv assessment attend award battle beat because "
        "began begin behind better bid black block boost brand build buy cannot car care celebrat celebration "
        "central check clear click clos close coast code community complete computer condemn condition conduct "
        "consider content corruption coverage cross decision declar deep defeat describ design devic dictator "
        "didnt different display double dozen draft dynamic earlier east economy election emergency escalat "
        "everyth express fact federal feel friend fund goal governor hail head heat higher hom hope human hundred "
        "impact import important increas increase information initial interview investment island itself joint "
        "kick land leave legal letter light lin little liv lock los low massive message minut mission mobile "
        "model moment mother mov multi newsletter online organization outside partner party plant possible "
        "previou pric produc product promis propos protection provide publish pull rat reality receive recommend "
        "regard regime relation remark reporter research researcher response result reveal review ring ris "
        "sanction scandal sea search secretary senior sent seriou serv share short sid signal site situation ski "
        "source stage star stay stopp study style suffer ten text though tie title together toward track train "
        "travel tri understand updat via victim vow vs wait walk wall water weekend winn winter wont word worth ",
    ),
    (
        15,
        "able above accept activity actual additional affair age agent aggression alive allegation along although "
        "analysi anniversary anyone apparent argu army assault assistant attract author ban bank bar bas "
        "battlefield became beginn begun below beyond billion bind bit blaze board border brought budget cabinet "
        "cause chain champion chang channel character charge choice citizen clash coach collapse combin common "
        "complex conference construction contact course cover creat criticiz crucial crude damag date deadline "
        "defend destroy develop director disrupt doctor dollar done doubt drama draw drink driven drug duty echo "
        "editor education effective electronic emerg enabl ensure entire envoy evidence ex exchange executive "
        "experienc export extraordinary extreme facility factor false fan featur feature fellow felt field fil "
        "finance flag flagship flow focus footage form forward fourth framework freez fuel game gas general "
        "generation geopolitical giant given go greater guard half hear heart highest himself historic "
        "humanitarian idea image immediate immigration inch insist interactive interim intervention investigation "
        "isnt issue item jail job lack leadership learn limit load loom lose machine maintain maker manager mass "
        "mayor messag midterm mind ministry mount mountain music offensive officer opposition own owner pack "
        "particular per period person personal picture player playoff plot podcast police politic politician "
        "prepar prevent previous private prize probe problem production prompt proof property prospect protest "
        "protester provid purchas quick quiet range rank rapid rate rather react reason recall reduc regional "
        "remember renew replac represent resident resolution respect rival road rock row save saw science scor "
        "season seat secret sector seem selection self sell sensor serve severe shap shown side sit slow smart "
        "solution sovereignty speech spend spread st standard stick store strategic strategy stunn success "
        "successful switch task team temperatur terrorist test thank third thought tip touch trend trial trick "
        "trip true trust union unlike unveil user usual value veteran village warm weather website whether worker "
        "worst wrote ",
    ),
    (
        16,
        "abandon abduction ability activist advance advis afternoon aircraft airlin airport airstrik alleged "
        "allow alone ambassador analytic annual anti anticipat anyth approval approximate architecture article "
        "artificial assassination assess attention autonomou available average band base battery belong bigger "
        "blown bond book breach broader broken brutal built burn button camera camp capable capacity card career "
        "case casualty catch caught cent centre certain chip civil classic climb club collective college combat "
        "command commander commission committ committee compar competition conclud congressional consequenc "
        "contain contrast controll cop count counter county crash credit crime critic criticism culture damage "
        "dar de debut decad decid declaration declin decline deepen defence delivery detain detect determin "
        "determine devastat difficult digital diplomacy direct discount discover disruption document down "
        "download dramatic dream drew driv drive driver drop eat edition editorial effect eight endur enemy "
        "escalation essential establish estimat even explain exploit expos eye fake familiar famou fast faster "
        "father figur file fit flee flood floor fly food football foundation founder fram fraud freeze "
        "fundamental gave gett ghost gift giv goe govern grand halt headlin heavi hero hint historical holiday "
        "hot hub huge hunt ice identify illegal implement improve increasing independence independent initiative "
        "insider install instead institution intense intensify intent introduc invad investigat jet journal "
        "journalist killer kind king knowledge landscape laptop last lawmaker lawyer lay leak leg legacy lesson "
        "let liberal licens lie location longtime lot love luxury manag marry master match mental middle midnight "
        "milestone mini minor minute money murder natural nature noth nuclear opponent option orbit organiz "
        "overall parliament path patient performance phase pictur poll port positive possibility postwar "
        "practical prais predict privacy probab process producer professor profile program project proper "
        "prosecutor prov purchase rac rais raise re receiv recogniz recover recovery red reduce reflect refus "
        "register release relief report request reset reshap residential resilience robot root routine runn sal "
        "satellite schedul schedule school scientist screen secure sensitive settlement shake sharp shatter shock "
        "shut sight single sitt sky small song sort sought space specific spirit spoke sport spr stepp stock "
        "straight strain stream strengthen strik student summer sun supp surge surpass survive sweep table tak "
        "talent talk tax territorial themselv theyre thin think threaten throughout tiny topic tour traffic "
        "traffick transfer transformation travell treat treatment trigger tru truth twitter ultimate uncertain "
        "uncertainty uncover underscor unfold unlock upon van vast verification verify vice violent voice "
        "volunteer wasnt wave weapon wear wedd welcome went were women won yes yield youre zone ",
    ),
    (
        17,
        "abduct absolute abuse accident accurate acknowledg active addition adopt advantage advocat affordable "
        "aftermath aged agenda alarm align alleg am analyst anger animal appeal appearance archive arson art "
        "artist assert audaciou audio await baby bad balanc ball bare beach becom benefit bet bill birthday blast "
        "blue bonu box boy brain broke broker brother browser buyer cable cancer cant capability cas cast "
        "celebrate century chair chairman challenge championship chance chao chapter cheap chill choic church "
        "citizenship class clean climate co cold color commentary component confidence confront confusion connect "
        "connection constant consumer continent contract controversial copy core corner couple courage courtroom "
        "crackdown create crew cricket crim criminal crowd cultural custody customer danger dangerou dark debate "
        "decade decisive deck defendant defiant delay demonstrat demonstration derail describe desktop developer "
        "disappear disappoint district dog doing domestic door drag dramatical dropp dual dubb dying earn ease "
        "easy edge electric electricity elite employe empty en encourag enforcement enjoy enough entry "
        "environment episode era especial evacuation eventual everyone evil evolv excit exist exit extend faith "
        "fak family fate favorite feed fell fi figure fill finale fitness fix flight forecast forever fossil "
        "freedom frontline frozen galaxy gen generat girl glass globe gold golden gone green grip growth guide "
        "guilty gym hacker hammer hardware harsh hav heard hemisphere highway hike hitt hol horror hous humanity "
        "husband imagine impos impossible impressive improv individual industrial inflation influence inform "
        "injury innovation innovative inspir intend internet investigator investor involvement iphone journey "
        "judge jump justice justify kidnapp lab lady layer legitimate library lineup lov lower lowest machin "
        "management mapp meal measur memory mix modern mom momentum movement movie movy multinational museum "
        "narco nationwide native navigation nearby neighbor network nine noise non norm northeastern northern "
        "notable observ often one operat opportunity optimism original oust outlin oversea page pair panel paper "
        "parent park payment perfect perform phon physical plac plead pool population portal portfolio pour pre "
        "precise prediction premyum prepare prison prisoner processor professional promo purpose pursue quality "
        "quarter quarterback quit race ral ran rare reaction reader relat relationship relative rent reopen "
        "repair repeated replacement representative requir rescue reserv resist respond responsibility rest "
        "revival revolution river roll roof room rose rul safe sale sav scenario scene seeming semiconductor "
        "sense sentenc serious shipp shoot shot similar simp simple skill smartphone snow socialist software sold "
        "solid sound spe speaker spent spike spot stag stake stark station statu steady storm struggl stuck "
        "studio super suppos sure surpris surprise surround surviv survivor sustain sworn tag tank teach teacher "
        "teen terrain terror terrorism theater thrill tomorrow total trad trader tradition traditional tragedy "
        "transition tree truck tryumph turmoil unleash upcom upgrad utter vehicl vehicle version violence viral "
        "virtual vision voic voter wake wartime weaken weigh weight weve whole wide wild wind winner wire within "
        "witness woke worry writ write writer wrong youll ",
    ),
    (
        18,
        "aboutrefinitiv abroad accessory achiev acquir acquire actress adapt admin admit admitt adult advice "
        "aggressive album alcohol alert alliance alternative ambition ambitiou amount anchor ancient announce "
        "anywhere application approv arent arrive asset associat astronomer attorney backlash balance bann basic "
        "batter battl bear bed behavior belov benchmark bird birth bitter blood blow boast boat bolster boom born "
        "boss bottom bounty boyfriend brick bridge bright brilliant broad broadcast bus busy cafe calendar cancel "
        "candidat captain cash cat category caution ceil celebrity cell ceremony charity chase chatbot cheaper "
        "childhood chipset chose clock closer cloth cloud cocaine cod collaboration collect collection comeback "
        "commercial communication compact competitive complement complet comput concept conservative conspiracy "
        "contest controller controversy conversation convict cook cooky cool cooperation corporate correspondent "
        "couldnt crack creator crore crown currency custom cutt cybersecurity dad danc dart dat dawn debt dedicat "
        "deeper defender democracy depos depth destination detention diagnos diagnosi difference direction "
        "disaster discovery disease dispute ditch divid division dock dominance dominat doubl dress drill "
        "druzhkivka dry duo earbud earthquake easier either elder elect else emerge emotional emphasiz engag "
        "engineer enhanc enhance epic equipp equity error erupt escape everyday evolution exact excellent "
        "exercise exhibition expansion expectation expensive experiment explor extra factory failure fair fallout "
        "fantasy farm farmer fashion favor favourite fee feet female festival festive feud fewer finding fine "
        "finish fir firework flatter flown flu fold forest forget formal frame franchise ful fun function fury "
        "gadget gamer gang gap gear girlfriend grant graphic greatest grind grocery guest gun habit hack hall "
        "handl happy harm hasnt hat headphon headset healthcare healthy heavyweight helicopter hell hid hidden "
        "hik hir hockey honor household http humanoid hunter iconic identity ill immigrant improvement "
        "inauguration income incredible index indict indictment inferno influencer insight insurance integrat "
        "integration internal intervene invest invit joy kept keyboard kitchen label labor language lapse larger "
        "lawsuit legend legendary legislation lifestyle lift lion listen magnitude majority manage manufactur "
        "manufacturer marriage matchup material maybe meant measure mention metal method mid migrant mil minimum "
        "minority mock mode moon motor mum mysteriou mystery neighbour net new newest normal not note notice "
        "novel object occurr ocean odd older oldest operator opinion origin outlook output overhaul paid pain "
        "paint palm pandemic partnership passenger pattern peaceful peak penalty perhap personnel pet piec piece "
        "pilot pitch planet plenty plung poor pop portable pos pound predecessor presence pretty preview primary "
        "prince priority professionalslearn profit prominent promot prove provider province psychologist putt "
        "puzzle quantum quest quite radio rain rang ray rebuild recognition recommendation reelection reform "
        "refresh regret regular rely remote remov repeat require resistance responsible restaurant restriction "
        "retir retirement reviv rich rid ride riot rivalry robotic rol rough royal rumor rural rush safeguard "
        "safer scal scam scan scen scheme sci score scrutiny seal secur senator separate separatist sequel server "
        "session sett setup sex sexual shape shop showcas shutdown silence silent singer sister siz size skip "
        "slam slash sleep slight slop smaller smash smoke snap soar society solar solve someone sometim sourc "
        "sparkler spec speculation specy split spotlight spott squad stability stadyum startup static steal "
        "stolen stone stor storage strand strange strength stress stretch strip stronger structure struggle stuff "
        "subject subsidy subway successor sudden suicide suit supporter surface surg surgery survey survival "
        "suspend swear swift tablet takeover taxpayer tear teas teenage teenager television terrify theory theyve "
        "thriller ticket tied timeline tipxmake titl toll ton tonight topographic tough tourist tournament toy "
        "tragic trailer transform transport tribute twice twin twist type typical underway unexpect unique "
        "unknown unprecedent unresolv unrest unusual upgrade uplift urgent vaccin vaccine vacuum variety variou "
        "viewer violat violation visa visitor visual vot vote vulnerable wav wealth web welcom welfare wheel "
        "widespread wing wir wireless wish wonder workout worldwide worse written yard yourself youth youve zero ",
    ),
    (
        19,
        "academy acquisition adjust adventure advertis affordability alter amidst analyz anonymou antisemitism "
        "apart applianc argument arrival assemb assist assistance attach attacker attribut auction authoritarian "
        "auto background bag bail ballistic basketball bath beautiful beauty behaviour bett bike bikini "
        "billionaire blend blockbuster bold bottl bought bound boxer brac branch brave breath brightness burst "
        "calm candidate cap carbon cartoon champagne chaotic charger chat cheer chemical choose cinema clarify "
        "clarity clip closest clu collaps collision colour comedy comfort commerce commissioner communist "
        "companion compete complaint condemnation congressman consistent contender contribution corporation coup "
        "creation creative cricketer crush curb cyber dance decent decide default defensive defin degree dementia "
        "demo demonstrator dense dentist depart departure depend deportation derby designer desk desperate dev "
        "diet din dinner dish documentary dominate drawn drown dust eas easi ecosystem edit efficiency el "
        "electoral encounter engagement engine entertainment environmental estate examin example exchang expir "
        "explore explosive extension extract fallen fastest fat fiction firefighter fish flam flash flaw fled "
        "flip float foot format foster frequent fuell gallery garden gender generative glimpse god goodbye grid "
        "grown guid hair handle handset harassment hate havent heartbreak heritage hide hopeful hospital hybrid "
        "icon illness imminent implication importance indicat inspection instant interaction interface interior "
        "introduce investigate jab judg kernel keynote knew knock laid landmark lean length lett lik linger loan "
        "magazine mainstream male mask medicine meter micro migration mirror morning motion mourn narrative "
        "narrow nice nightclub numerou oath obtain offseason operate oppos opt orange outbreak outdoor outlet "
        "pace package pardon pause permanent permission persistent personality photograph pill pink pioneer "
        "pitcher plane plastic plea pois pollution pose possib practic practice praise presentation pressur "
        "prevention print prior prob produce productivity programme progressive projector proud provinc pub pump "
        "punch punishment quarterfinal rail rally ramp rebound receiver recipient reckless redesign regulation "
        "regulator reign reiterat reliable remarkable requirement rescu reshape resourc restrict retail retailer "
        "retain retreat revenue reverse rhetoric rice rioter rip ripp romance roster route rumour salt sc "
        "scientific section seed semi setting shak shelter shooter shopp shortage showdown silicon silver sink "
        "sixth slamm slot smarter smartphon smartwatch snatch soft specifical spectacular speed spell spin spoken "
        "stabb stable starr stok stole stood streak strict stripp subscription sue sugar supermoon surfac "
        "surveillance suspension sweet swept tackle takeaway technical tell tenni theft them theme thread throw "
        "toppl tore tout trail translation transparency trapp trouble underground universe ups urban useful valu "
        "vanish visible vital weak wealthy wearable wellness widen wildfir wildlife yellow ",
    ),
)
_SHARES: dict[str, float] = {term: 2.0 ** (-level / 2) for level, terms in _LISTED for term in terms.split()}


def share_of(term: str) -> float:
    """The share of news items that hold a term, 0..1."""
    return _SHARES.get(term, RAREST)


class Commonness:
    """How telling a term is: rare in the language and rare in this stream so far."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._articles = 0

    def add(self, terms: Iterable[str]) -> None:
        """Count one article's terms."""
        self._seen.update(set(terms))
        self._articles += 1

    def weight(self, term: str) -> float:
        """Inverse share, in natural logarithms: 0 for a word in every article."""
        prior = prior_share(term)
        trust = _NAMES_PRIOR if term.startswith("@") else _PRIOR
        share = (trust * prior + self._seen[term]) / (trust + self._articles)
        return max(0.0, -math.log(min(1.0, share)))


def prior_share(term: str) -> float:
    """The share of articles that hold a term before any was seen: names by kind, words by their listing."""
    if term.startswith("@"):
        return 0.02 if "/" in term else 0.15
    return share_of(term)
