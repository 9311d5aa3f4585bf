"""How common terms are in the news, so that rare words tell more than common ones. Hides the counts.

Shares of news items (headline and lead, English, Nov 2025 to Feb 2026): the geometric mean of the share in 15,000 items
of all subjects and in the few hundred about the war and its talks, in half powers of two; terms are those of
`digests.reading.concept`. Names are left out on purpose: a name that is common one week is rare the next.
"""

from __future__ import annotations

RAREST = 1 / 1600
"""The share of a term that is not listed."""

_LISTED: tuple[tuple[int, str], ...] = (
    (5, "#strike "),
    (6, "#kill "),
    (7, "#chief #home #meet #talk security war "),
    (8, "#accuse #appoint #deal #oust #plan #troop #warn claim country end military president "),
    (
        9,
        "#agree #child #guarantee #seize #spy call follow includ launch operation peace post show target top world ",
    ),
    (
        10,
        "#drone #office #reject appear city com continu data despite former four full high key know major "
        "minister month nation need next official oil part power read remain see state support use ",
    ),
    (
        11,
        "#injure #progress #truce add address administration ahead aim ally announc around big concern dai "
        "development economic energy event fac far fight final find five found future government help law lead "
        "leader led list long look man mark market media million national near offer old open play point pressure "
        "prime public push reach recent region right run second set several start stat three today video well "
        "work ",
    ),
    (
        12,
        "#aide #flat across act action agency air already arrest attempt away back become biggest break brief "
        "bring business campaign capital center change coalition come comment company confirm conflict control "
        "cost critical defense deliver demand detail dont due ear effort enter expert face fail fami few "
        "financial focu foreign free give global good ground group happen hold hour imag infrastructure inside "
        "international invasion issu keep large late left life loss mean monitor morn night number ongo order "
        "past pay place policy political potential question ready record resort return role scale seek send "
        "service sery shar significant social statement stop story strong suggest system tech term thing thousand "
        "trade try turn using visit want way western win ",
    ),
    (
        13,
        "#clinic #missile access account advanc ago aid almost app approach area arm ask authority avoid believ "
        "believe bid body came carry caus cit civilian court crisi current cut deputy device diplomatic doesnt "
        "eastern economy email exclusive expand expect experience explosion fifth firm forc fresh front gain gam "
        "going grow hand hard heavy held highlight hotel however human incident include increas interest join "
        "known land largest later leav level like line link local longer lost main mak map matter member men "
        "message miss move multiple occupy once other overnight partner percent phone photo platform plu pm "
        "popular position possible powerful present presidential press price protect publish put real releas "
        "replace rise risk round safety search seen servic share shift six someth soon southern spark speak "
        "special stand step street taken tariff team technology tension territory too tool town urg used view "
        "wait watch week weekend will window woman word worth young ",
    ),
    (
        14,
        "actor affect aggression al alongside alway announcement answer assessment attend award ban battle beat "
        "began begin behind best better billion black block boost brand build buy cannot car care celebrat "
        "celebration central chain challeng check clear click clos close coast code common community complete "
        "computer condemn condition conduct consider content corruption coverage cross decision declar deep "
        "defeat describ design devic dictator didnt different display double dozen draft dynamic earlier east "
        "education election emergency enabl escalat everyth express fact fall fear federal feel film friend fund "
        "goal governor great hail heat higher history hom hop hundred ice impact important increase industry "
        "information initial interview investment involv island itself job joint leadership leave legal light "
        "limit lin little liv lock los low manager massive minut mission mobile model mother mov multi newsletter "
        "online organization outside party pass plant prepar previou pric produc product promis propos provide "
        "pull rat reality receive recommend regard regime regional relation remark reporter research researcher "
        "respect response result reveal review ring ris sanction scandal sea secretary senior sent seriou serv "
        "seven short sid signal site situation ski source stage star stay study style suffer suspect ten text "
        "third though tie title together toward track train travel tri understand updat via victim victory vow vs "
        "walk water website whether white winter wont ",
    ),
    (
        15,
        "able above accept activity additional affair age agent alive allegation along although analysi "
        "anniversary apparent argu army arriv assault assistant attract author bank bar bas battlefield beginn "
        "begun below bind bit blaze border breach brought budget cabinet cause champion chang channel character "
        "charg charge choice citizen clash coach collapse combin complex conference congressional construction "
        "contact course cover creat criticiz crucial crude damag date deadline defence defend destroy develop "
        "director disrupt doctor document dollar done doubt draw drink driven drug duty echo editor effective "
        "electronic emerg ensure entire envoy evidence ex exchange executive experienc export extraordinary "
        "extreme facility factor fake false fan featur feature fellow felt field fil finance flag flagship flow "
        "focus food form forward fourth framework freez fuel game gas general generation geopolitical given go "
        "greater half head health hear heart highest hope humanitarian idea image immediate immigration import "
        "inch insist intensify interactive interim intervention investigation isnt issue item jail lack learn "
        "letter load loom lose machine maintain maker mass mayor messag middle midterm mind ministry moment mount "
        "mountain music offensive officer opposition own owner pack particular per period person personal picture "
        "player plot podcast police politic politician prais prevent previous private probe problem production "
        "prompt proof property prospect protection protest protester provid purchas quick quiet range rank rapid "
        "rare rate rather react reason recall reduc release renew replac report represent resident resolution "
        "rival road rock row save saw science season seat secret sector seem selection self sell sensor serve "
        "severe shap shown side sit slow smart solution sovereignty speech spend spread standard stick stopp "
        "store strategic strategy stunn success successful switch temperatur terrorist test thank thought tip "
        "touch treatment trend trick trigger trip true trust union unlike unveil user usual value veteran village "
        "wall warm weather wife winn worker worst wrote ",
    ),
    (
        16,
        "abandon ability abroad abuse activist actual advance advis afternoon aircraft airlin airport airstrik "
        "alleged allow alone ambassador analytic annual anti anticipat anyone anyth approval approximate "
        "architecture article artificial assassination assess attention autonomou available average band base "
        "battery bear because belong beyond bigger blown blue bond book box broader broken brutal built burn "
        "button camera cant capacity card career case casualty catch caught cent centre certain chairman cheap "
        "chip civil classic climb club collective college combat command commander commission committ committee "
        "compar competition conclud contain contrast controll count counter county crash credit crew crime critic "
        "criticism culture damage dar de debut decad decid declaration declin decline deepen detain detect "
        "determin determine devastat difficult digital diplomacy direct discount discover disruption down "
        "download dramatic dream drew driv drive driver drop ease eat edition editorial effect eight encourag "
        "endur enemy escalation essential establish estimat even explain exploit expos eye familiar famou fast "
        "faster father figur file fit flight flood floor footage football foundation founder fram fraud freeze "
        "fundamental gave gett ghost giant gift giv goe govern grand halt headlin heavi hero himself hint hitt "
        "holiday hot hub huge hunt identify illegal implement improve increasing independence independent "
        "initiative insider install instead institution intent introduc invad jet journalist kick kidnapp killer "
        "kind knowledge lady landscape laptop last lawmaker lawyer lay leak leg legacy lesson let liberal licens "
        "lie location longtime lot love luxury manag marry master match midnight mini minor minute money murder "
        "natural nature noth nuclear observ often opponent option organiz overall parliament path patient "
        "performance phase pictur playoff poll population port positive possibility postwar practical predict "
        "privacy prize probab process producer professor profile program project proper prosecutor prov purchase "
        "rac rais raise re receiv recogniz recover recovery red reduce reflect refus register relief remember "
        "request reset reshap residential resilience responsibility robot roll root routine runn sal satellite "
        "schedul schedule school scientist scor screen secure sensitive settlement shake sharp shatter shock shut "
        "sight single sitt small sort sought space specific spirit spoke sport spr st stepp stock straight strain "
        "stream strengthen strik student summer supp surge survive sweep table tak talent talk task tax teach "
        "territorial themselv theyre thin think threaten throughout tiny topic total tour traffic traffick "
        "transfer transformation transition travell treat tru twitter ultimate uncertain uncertainty uncover "
        "underscor unfold unlock upon van vast verification verify vice violent voice volunteer wasnt wave weapon "
        "wear wedd welcome went were wide women won yes yield youre zone ",
    ),
    (
        17,
        "#ship abduct abduction absolute accident accurate acknowledg active addition adopt advantage advocat "
        "affordable aftermath aged agenda alarm align alleg alliance am analyst anger animal appeal appearance "
        "archive arson art artist assert asset attorney audaciou audio await baby bad balanc ball beach became "
        "becom benefit bet bill birthday blast board boat bonu boy brain brave broke broker brother browser buyer "
        "camp cancer capability capable cas cast celebrate century chair challenge championship chance chao "
        "chapter choic church citizenship class clean climate cloud co cold color commentary component confidence "
        "confront confusion connect connection constant consumer continent contract controversial cop copy core "
        "corner couple courage courtroom crackdown create cricket criminal crowd cultural custody customer danger "
        "dangerou dark dat debate decade decisive deck defiant delay democracy demonstrat demonstration derail "
        "describe desktop developer disappear disappoint disease district dog doing domestic door drag drama "
        "dramatical dropp dual dubb dying earn easy edge electric electricity elite emotional employe empty en "
        "enforcement engineer enjoy enough entry environment episode era especial evacuation eventual everyone "
        "evolv excit exist exit extend faith fak family fate favorite feed fell fi figure fill finale finish "
        "fitness fix fly forecast fossil freedom frontline frozen galaxy gen generat girl glass globe gold golden "
        "gone grant green grip growth guard guide guilty gym hacker hammer happy hardware harsh hav heard "
        "hemisphere highway historic hol horror hous husband hybrid imagine impos impossible improv individual "
        "industrial inflation influence inform injury innovation innovative inspir intend intense internet "
        "investigat investigator investor involvement iphone journal journey judge jump justice justify king lab "
        "layer legitimate library lineup lov lower lowest machin management mapp meal measur memory mental "
        "milestone mix modern mom momentum movement movie movy multinational museum narco nationwide native "
        "navigation nearby neighbor network nine noise non northeastern northern notable obtain one operat "
        "opportunity optimism orbit original oust outlin oversea page pair panel paper parent park payment "
        "perfect perform phon physical plac plead pool portal portfolio pour pre precise prediction premium "
        "prepare prison prisoner processor professional promo purpose pursue quality quarter quarterback quit "
        "race ral ran reaction reader relat relationship relative rent reopen repair repeated replacement "
        "representative requir rescue reserv resist respond rest revolution riot river roof room rose rul safe "
        "sale sav scenario scene seeming semiconductor sense sentenc serious sexual shipp shoot shot similar simp "
        "simple skill smartphone snow socialist software sold solid sound sourc spe speaker spent spike spot stag "
        "stake stark station statu steady storm stress struggl stuck studio sun super suppos sure surpris "
        "surprise surround surviv survivor sustain sworn tag tank teacher teen television terrain terror "
        "terrorism theater thrill tomorrow trad trader tradition traditional tragedy tree trial truth turmoil "
        "unleash upcom upgrad variou vehicl vehicle version violence viral virtual vision voic voter wake wartime "
        "weaken weigh weight weve whole widespread wild wind winner wire within witness woke worry writ write "
        "writer wrong youll ",
    ),
    (
        18,
        "aboutrefinitiv accessory achiev acquir acquire actress adapt admin admit admitt adult advertis advice "
        "aggressive album alcohol alert alternative ambition ambitiou amount anchor ancient announce anywhere "
        "application approv arent arrival arrive associat astronomer background backlash balance bann bare basic "
        "batter battl bed behavior belov benchmark billionaire bird birth bitter blood blow boast bold bolster "
        "boom born boss bottom bounty boyfriend brick bridge bright brightness brilliant broad broadcast bus busy "
        "cable cafe calendar cancel candidat captain cash cat category caution ceil celebrity cell ceremony "
        "champagne charger charity chase chatbot cheaper childhood chill chipset chose cinema clock closer cloth "
        "clu cocaine cod collaboration collect collection comeback comedy comfort commercial commissioner "
        "communication compact competitive complement complet comput concept consequenc conservative conspiracy "
        "contest controller controversy conversation convict cook cooky cool cooperation corporate corporation "
        "correspondent couldnt crack creator crore crown currency custom cutt cyber cybersecurity dad danc dart "
        "dawn debt dedicat deeper defender delivery depos depth desperate destination detention diagnos diagnosi "
        "difference direction disaster discovery dispute ditch divid division dock dominance dominat doubl dress "
        "drill druzhkivka dry duo earbud earthquake easier efficiency either elder elect electoral else emerge "
        "emphasiz engag enhanc enhance entertainment environmental epic equipp equity error erupt escape everyday "
        "evil evolution exact excellent exercise exhibition expansion expectation expensive experiment explor "
        "extra factory failure fair fallout fantasy farm farmer fashion favor favourite fee feet female festival "
        "festive feud fewer finding fine fir firework flatter float flown flu fold forest forever forget formal "
        "frame franchise frequent ful fun function fury gadget gamer gang gap gear girlfriend graphic greatest "
        "grind grocery guest gun habit hack hall handl harassment harm hasnt hat havent headphon headset "
        "healthcare healthy heartbreak heavyweight helicopter hell hid hidden hik hir historical hockey honor "
        "household http humanoid hunter iconic identity ill illness immigrant impressive improvement inauguration "
        "income incredible index indicat indict indictment inferno influencer insight insurance integrat "
        "integration interior internal intervene invest invit isw joy kept keyboard kitchen knock label labor "
        "language lapse larger lawsuit legend legendary legislation lifestyle lift lion listen magnitude majority "
        "manage manufactur manufacturer marriage matchup material maybe meant measure mention metal method micro "
        "mid migrant mil minimum minority mock mode moon motion motor mum mysteriou mystery neighbour net new "
        "newest norm normal not note notice novel object occurr ocean odd older oldest operator opinion origin "
        "outlet outlook output overhaul pace paid pain paint palm pandemic partnership passenger pattern peaceful "
        "peak penalty perhap personnel pet piec piece pilot pitch plane planet plea plenty plung pois poor pop "
        "portable pos pound predecessor presence pretty preview primary prince priority productivity "
        "professionalslearn profit prominent promot prove provider province psychologist putt puzzle quantum "
        "quest quite radio rain rally rang ray rebuild recognition recommendation reelection reform refresh "
        "regret regular rely remote remov repeat require resistance resourc responsible restaurant restrict "
        "restriction retailer retain retir retirement reviv revival rich rid ride rivalry robotic rol rough route "
        "royal rumor rural rush safeguard safer scal scam scan scen scheme sci scientific score scrutiny seal "
        "section secur seed senator separate separatist sequel server session sett setup sex shape shop showcas "
        "shutdown silence silent singer sister siz size skip sky slam slash sleep slight slop smaller smash smoke "
        "snap soar society solar solve someone sometim song sparkler spec speculation specy spin split spotlight "
        "spott squad stabb stability stadium startup static steal stolen stone stor storage strand strange "
        "strength stretch strip stronger structure struggle stuff subject subsidy subway successor sudden suicide "
        "suit supporter surface surg surgery surpass survey survival suspend swear swift tablet tackle takeaway "
        "takeover taxpayer tear teas technical teenage teenager tenni terrify theory theyve thriller throw ticket "
        "tied timeline tipxmake titl toll ton tonight topographic tough tourist tournament tout toy tragic trail "
        "trailer transform transport trapp tribute truck twice twin twist type typical underway unexpect unique "
        "unknown unprecedent unresolv unrest unusual upgrade uplift urgent vaccin vaccine vacuum variety viewer "
        "violat violation visa visitor visual vot vote vulnerable warfare wav wealth web welcom welfare wheel "
        "wing wir wireless wish wonder workout worldwide worse written yard yourself youth youve zero ",
    ),
    (
        19,
        "academy acquisition adjust adventure affordability alter amidst analyz anonymou antisemitism apart "
        "applianc argument assemb assist assistance attach attacker attribut auction authoritarian auto bag bail "
        "ballistic basketball bath beautiful beauty behaviour bett bike bikini blend blockbuster bottl bought "
        "bound boxer brac branch breath burst calm candidate cap carbon cartoon chaotic chat cheer chemical "
        "choose clarify clarity clip closest collaps collision colour commerce communist companion compete "
        "complaint condemnation congressman consistent contender contribution coup creation creative cricketer "
        "crim crush curb dance decent decide default defendant defensive defin degree dementia demo demonstrator "
        "dense dentist depart departure depend deportation derby designer desk dev diet din dinner dish "
        "documentary dominate drawn drown dust eas easi ecosystem edit el encounter engagement engine estate "
        "examin example exchang expir explore explosive extension extract fallen fastest fat fiction firefighter "
        "fish flam flash flaw fled flee flip foot format foster fuell gallery garden gender generative glimpse "
        "god goodbye grid grown guid hair handle handset hate heritage hide hike hopeful hospital humanity icon "
        "imminent implication importance inspection instant interaction interface introduce investigate jab judg "
        "kernel keynote knew laid landmark lean length lett lik linger loan magazine mainstream male mask "
        "medicine meter migration mirror morning mourn narrative narrow nice nightclub numerou oath offseason "
        "operate oppos opt orange outbreak outdoor package pardon pause permanent permission persistent "
        "personality photograph pill pink pioneer pitcher plastic pollution pose possib practic practice praise "
        "presentation pressur prevention print prior prob produce programme progressive projector proud provinc "
        "pub pump punch punishment quarterfinal rail ramp rebound receiver recipient reckless redesign regulation "
        "regulator reign reiterat reliable remarkable requirement rescu reshape retail retreat revenue reverse "
        "rhetoric rice rioter rip ripp romance roster rumour salt sc semi setting shak shelter shooter shopp "
        "shortage showdown silicon silver sink sixth slamm slot smarter smartphon smartwatch snatch soft "
        "specifical spectacular speed spell spoken stable starr stok stole stood streak strict stripp "
        "subscription sue sugar supermoon surfac surveillance suspension sweet swept tell theft them theme thread "
        "toppl tore translation transparency triumph trouble underground universe ups urban useful valu vanish "
        "visible vital weak wealthy wearable wellness widen wildfir wildlife yellow ",
    ),
)
_SHARES: dict[str, float] = {term: 2.0 ** (-level / 2) for level, terms in _LISTED for term in terms.split()}


def share_of(term: str) -> float:
    """The share of news items that hold a term, 0..1."""
    return _SHARES.get(term, RAREST)
