"""Cues that a text shows whatever its topic: questions, marks, who is spoken to, words of stance and of tone.

Written by hand, none learned from data; the models of rhetoric give each a weight. Every pattern is
bounded, so that it is linear in any text.
"""

import re
from collections.abc import Sequence
from string import ascii_lowercase, digits

import numpy as np
from numpy.typing import NDArray

from discourse.learn.codepoints import Places
from discourse.learn.linear import Floats
from discourse.learn.scanning import Scanner
from discourse.text.normalise import fold

LENGTH = 3000  # characters of a text that count
PATTERNS = {
    "question": r"\?",
    "question_end": r"""\?[\s"')\]]{0,3}$""",
    "wh_question": r"\b(?:what|why|how|who|where|when|which)\b[^.!?\n]{0,120}\?",
    "yesno_question": (
        r"(?:^|[.!?\n]\s{0,3})(?:so |and |but |or )?(?:do|does|did|is|are|was|were|can|could|would|will"
        r"|should|have|has|had|am|isn't|aren't|don't|didn't|won't)\b[^.!?\n]{0,120}\?"
    ),
    "can_you": (
        r"\b(?:can|could|would|will) (?:you|someone|anyone|somebody) (?:please )?(?:explain|clarify"
        r"|tell|elaborate|give|provide|point|show|cite|confirm|let)\b"
    ),
    "what_do_you_mean": (
        r"\bwhat (?:do|did) you mean|\bwhat (?:exactly|specifically)|\bdo you mean\b"
        r"|\bare you (?:saying|suggesting|asking)\b|\bwhich (?:one|part|article|source)"
    ),
    "many_marks": r"[?!]{2,}|\?!|!\?",
    "so_question": r"(?:^|[.!?\n]\s{0,3})so,? (?:you|what|why|if|how|now|we|it|the)\b",
    "exclaim": r"!",
    "ellipsis": r"\.\.|…",
    "scare": r'''"[\w'-]{2,20}(?: [\w'-]{2,20}){0,2}"''',
    "emoticon": r"[:;=]-?[)(dp]|[\U0001F300-\U0001FAFF]",
    "elongated": r"([a-z])\1\1",
    "quoted_line": r"(?m)^\s{0,3}(?:>|&gt;)",
    "link": r"https?://|www\.|\]\(",
    "number": r"\b\d+",
    "percent": r"\d ?%|percent",
    "parenthesis": r"\(",
    "you": r"\b(?:you|u|ya)\b",
    "your": r"\b(?:your|ur|yours|yourself)\b",
    "you_are": (
        r"\b(?:you are|you're|youre|your) (?:a|an|the|just|so|such|not|being|clearly|obviously|nothing"
        r"|full)\b"
    ),
    "i": r"\b(?:i|i'm|i've|me|my|i'd|i'll)\b",
    "we": r"\b(?:we|us|our|let's|we're)\b",
    "they": r"\b(?:they|them|their|those|these) ?(?:people|guys|folks|idiots|types)?\b",
    "these_people": r"\b(?:these|those|such|you) (?:people|guys|folks|types|lot)\b|\bpeople like\b",
    "he_she": r"\b(?:he|she|his|her|him)\b",
    "address": r"^\W{0,3}@?\w+,",
    "all": (
        r"\b(?:all|every|everyone|everybody|everything|always|never|none|nobody|no one|nothing|entire"
        r"|whole|any)\b"
    ),
    "all_group": r"\b(?:all|every|most|typical|no) (?:the )?\w{3,14}s\b",
    "most_people": (
        r"\bmost (?:people|of)|\bmajority|\beverybody|\beveryone|\bpopular|\bmillions of|\bthe people\b"
        r"|\bpublic\b|\bno one\b|\bnobody\b|\bpolls?\b"
    ),
    "what_about": r"\bwhat ?about\b|\bhow about\b|\bwhatabout",
    "meanwhile": (
        r"\bmeanwhile|\bat the same time|\binstead of\b|\bbut (?:when|what|they|it's|not)\b"
        r"|\bwhere (?:was|were|is|are) \b"
    ),
    "worse": (
        r"\bworse|\bat least\b|\bbigger\b|\bmore important|\breal (?:problem|issue)|\bworr(?:y"
        r"|ied) about|\bfocus on\b|\bother (?:problems|issues|things)|\bfar more\b|\bstarving"
        r"|\bserious\b"
    ),
    "same": (
        r"\b(?:same|just like|just as|similar|no different|double standard|hypocri\w{1,5}|either"
        r"|equally|both)\b"
    ),
    "did_it": r"\b(?:did|does|do|done|doing) (?:the same|it|that|this|exactly)\b",
    "imagine_if": r"\bimagine\b|\bwhat if\b|\bif (?:it|this|that) (?:was|were|had)\b",
    "slope": (
        r"\b(?:next|soon|then|eventually|before (?:you know|long)|lead(?:s|ing)? to|end up|slippery"
        r"|where (?:does|will) it (?:end|stop)|start(?:s)? with|until|once)\b"
    ),
    "if_will": r"\bif\b[^.!?\n]{1,80}\b(?:will|would|then|'ll)\b",
    "authority": (
        r"\b(?:experts?|doctors?|scientists?|professors?|according to|stud(?:y|ies)|research\w{0,4}"
        r"|president|dr\.?|university|court|official(?:s|ly)?|ceo|judge|bible|who says)\b"
    ),
    "nature": (
        r"\b(?:natural(?:ly)?|nature|unnatural|organic|chemicals?|biolog\w{1,6}|animals?|evol\w{1,6})\b"
    ),
    "tradition": (
        r"\b(?:always (?:been|done|had)|tradition\w{0,5}|for (?:\w{1,12} )?(?:years|decades|centuries"
        r"|generations)|history|used to|histor\w{1,6}|cultur\w{1,4}|forefathers|ancestors|generations?"
        r"|long time)\b"
    ),
    "dilemma": (
        r"\beither\b|\bor else\b|\bonly (?:two|option|choice|way|other)|\btwo (?:options|choices|kinds"
        r"|types)|\bchoice|\bunless\b|\bwith us\b|\bif (?:we|you|they) (?:don't|do not|didn't)\b"
        r"|\bor (?:we|you|they|it)\b"
    ),
    "personal": (
        r"\bmy (?:friend|wife|husband|mother|father|mom|dad|son|daughter|brother|sister|cousin|uncle"
        r"|experience|neighbor|family|boss|grand\w{2,10}|kids?)\b|\bi (?:knew|know|met|had|saw"
        r"|have) (?:a|an|someone|one)\b|\bone time\b|\bonce\b"
    ),
    "because": (r"\b(?:because|therefore|thus|hence|so that|obviously|must|proves?|clearly|cause[sd]?)\b"),
    "hedge": (
        r"\b(?:may|might|could|perhaps|maybe|possibl[ey]|probabl[ey]|likely|seem(?:s|ed)?|appear(?:s"
        r"|ed)?|suggest(?:s|ed)?|somewhat|apparently|presumably|roughly|about|generally|usually|often"
        r"|sometimes|tend(?:s)?|i (?:think|guess|believe|suppose|feel))\b"
    ),
    "weasel": (
        r"\b(?:some|many|several|various|certain|numerous|most|few|a number of|others|critics"
        r"|commentators|scholars|observers|people|fans|experts)\b"
    ),
    "believed": (
        r"\b(?:is|are|was|were|been|being|widely|often|generally|commonly|sometimes|also) (?:widely "
        r"|often |generally |commonly |sometimes |also )?(?:considered|believed|thought|regarded|said"
        r"|known|seen|viewed|described|referred|reported|claimed|alleged|credited|called|recognized"
        r"|rumou?red|speculated|argued|estimated|accepted|assumed|suggested)\b"
    ),
    "some_say": (
        r"\b(?:some|many|critics|people|others|several|most|few|scholars|experts|fans"
        r"|historians) (?:\w{3,12} )?(?:have|say|argue|claim|believe|consider|think|suggest|feel|regard"
        r"|see|view|of|are|were)\b"
    ),
    "superlative": (
        r"\b(?:best|greatest|famous|popular|notable|important|influential|well-known|significant"
        r"|largely|relatively|quite|fairly|very|extremely)\b"
    ),
    "booster": (
        r"\b(?:clearly|obviously|certainly|definitely|absolutely|totally|completely|utterly|of course"
        r"|no doubt|without (?:a )?doubt|undoubtedly|really|truly|literally|simply|just|indeed"
        r"|in fact)\b"
    ),
    "ironic": (
        r"\b(?:oh|wow|gee|yeah,? right|sure|of course|right|brilliant|genius|congratulations|congrats"
        r"|lol|haha\w{0,6}|lmao|rofl|yay|bravo|hilarious|priceless|nice try|good (?:luck|job|one)"
        r"|thank god|great job|how (?:nice|cute|convenient|dare)|shocking|surprise|amazing\w{0,2}"
        r"|clever|cute|let me guess|thanks for|wonderful|lovely|obviously)\b"
    ),
    "opening": (
        r"^\W{0,3}(?:oh|wow|ah|gee|so|yeah|yes|yep|no|nope|well|sure|right|hmm\w{0,3}|lol|ha|haha|wait"
        r"|but|and|because|ok|okay|um|uh|hey|thanks|please|sorry|let me|if)\b"
    ),
    "reply_no": (
        r"^\W{0,3}(?:no|nope|wrong|false|incorrect|not true|nonsense|bull\w{0,6}|rubbish|lol|whatever"
        r"|yawn|blah)\b"
    ),
    "insult": (
        r"\b(?:idiot\w{0,4}|moron\w{0,3}|stupid\w{0,3}|dumb\w{0,3}|fool\w{0,4}|ignoran\w{2}|pathetic"
        r"|loser\w?|troll\w{0,3}|liar\w?|clown\w?|delusional|retard\w{0,2}|coward\w{0,2}|hypocrite\w?"
        r"|bigot\w{0,3}|racist\w?|lazy|childish|immature|asshole\w?|dick|douche\w{0,3}|prick|jerk\w?"
        r"|crazy|insane|nuts|brainwashed|sheep\w{0,3}|clueless|arrogan\w{2}|disgusting|scum|thug\w?"
        r"|crook\w{0,2}|corrupt\w{0,3}|puppet\w?|tool|hack|shill\w?|snowflake\w?)\b"
    ),
    "swear": (
        r"\b(?:fuck\w{0,4}|shit\w{0,3}|damn\w{0,2}|hell|crap\w?|ass|bullshit|bs|bitch\w{0,3}"
        r"|piss\w{0,3}|wtf|stfu)\b"
    ),
    "read": (
        r"\b(?:read|learn|learned|educate|understand|comprehen\w{2,6}|reading|grow up|get (?:a|over"
        r"|your|real)|look (?:it )?up|do (?:your|some)|go (?:back|away|read)|try (?:again|reading|to)"
        r"|pay attention|google|basic|english|dictionary)\b"
    ),
    "honest": (
        r"\b(?:dishonest\w{0,2}|lying|lie[sd]?|honest\w{0,2}|agenda|bias\w{0,2}|motive\w?"
        r"|pretend\w{0,3}|excuse\w?|bad faith|intellectual\w{0,2}|integrity|credib\w{2,6}|ego"
        r"|troll\w{0,3})\b"
    ),
    "argument": (
        r"\b(?:argument\w?|point\w?|debat\w{1,4}|claim\w{0,3}|evidence|logic\w{0,3}|fallac\w{1,4}"
        r"|straw ?m[ae]n|strawman\w{0,3}|topic|discuss\w{0,4}|conversation|comment\w?|post\w{0,3}"
        r"|question\w?|opinion\w?|view\w?|source\w?)\b"
    ),
    "mental": (
        r"\b(?:you (?:don't|do not|can't|cannot|clearly|obviously|really|seem|just|keep|never|have no"
        r"|haven't|didn't|still|are|must|need|want|should|sound|might)|your (?:own|ignorance|lack"
        r"|inability|problem|head|brain|mind|life|ass|feelings|posts?|argument|opinion|logic|claim"
        r"|point))\b"
    ),
    "who_cares": (
        r"\b(?:who cares|so what|whatever|nobody cares|get over it|irrelevant|nonsense|ridiculous|silly"
        r"|absurd|garbage|rubbish|laughable|joke|waste|yawn|boring|move on|nothing to see"
        r"|give me a break|please)\b"
    ),
    "dear": (
        r"\b(?:dear|sweetie|honey|buddy|pal|kid|son|sir|bro|dude|mate|friend|darling|sunshine|little"
        r"|good (?:boy|girl)|bless)\b"
    ),
    "polite": (
        r"\b(?:please|thanks?|thank you|sorry|apolog\w{1,5}|appreciate|welcome|glad|cheers|hope"
        r"|respect\w{0,6}|kind\w{0,3})\b"
    ),
    "concede": (
        r"\b(?:i (?:agree|concede|admit|stand corrected|was wrong|accept|apologi[sz]e|see your|grant"
        r"|take (?:that|it) back|retract|withdraw|missed|misread|misunderstood|didn't (?:realise"
        r"|realize|notice|see))|you(?:'re| are) (?:right|correct|quite right)"
        r"|you have a (?:good )?point|good point|fair (?:enough|point)|point taken|my (?:mistake|bad"
        r"|apologies|error|fault)|valid point|ok,? (?:then|fine|i)|fine by me|true enough|makes sense"
        r"|no objection\w?|happy (?:to|with))\b"
    ),
    "propose": (
        r"\b(?:how about|why (?:don't|not)|let(?:'s| us)|(?:i|we|i'd|i would) (?:propose|suggest"
        r"|recommend|could|can)|propos\w{1,4}|suggest\w{0,5}|compromise|perhaps (?:we|you|it|a|the)"
        r"|maybe (?:we|you|it|a|the)|would (?:you|that|it|this) be|alternatively|instead|solution"
        r"|consensus|middle ground|(?:could|can|should) we|acceptable|version|reword\w{0,3}|wording"
        r"|sentence)\b"
    ),
    "leave": (
        r"\b(?:i(?:'m| am) (?:done|out|leaving|finished|through|not going|tired)|good ?bye|bye|i(?:'ll"
        r"| will) (?:leave|stop|not|no longer)|give up|no longer|(?:last|final) (?:word|post|comment"
        r"|reply|response)|(?:end|ending) (?:of|this) (?:the )?(?:discussion|conversation|debate|story)"
        r"|waste (?:of )?(?:my )?time|wasting (?:my|your) time|agree to disagree|enough|moving on"
        r"|better things|won't (?:be|reply|respond|discuss|argue)|not worth|leave it (?:at|to|there)"
        r"|have a (?:nice|good)|don't (?:reply|respond)|pointless)\b"
    ),
    "police": (
        r"\b(?:civil\w{0,4}|uncivil|personal(?:ly)? attack\w{0,3}|tone|rude\w{0,4}|attack\w{0,3}"
        r"|insult\w{0,3}|assume good faith|good faith|agf|npa|edit[- ]war\w{0,5}|revert\w{0,3}"
        r"|vandal\w{0,4}|block(?:ed)?|disrupt\w{0,4}|harass\w{0,4}|stop|refrain|calm|behaviou?r"
        r"|accus\w{1,6}|bully\w{0,3}|policy|rules?|report(?:ed)?|admin\w{0,10}|warn\w{0,4}"
        r"|own(?:ership)?|pov|canvass\w{0,4}|sock\w{0,8}|shout\w{0,3}|talk page)\b"
    ),
    "fear": (
        r"\b(?:threat\w{0,5}|danger\w{0,4}|terror\w{0,4}|kill\w{0,4}|death\w?|destroy\w{0,4}"
        r"|destruction|war|attack\w{0,3}|invasion|invad\w{1,3}|crisis|catastroph\w{1,4}|disaster\w?"
        r"|collapse|fear\w{0,4}|afraid|risk\w?|deadly|epidemic|plague|outbreak|nuclear|doom\w{0,3}|evil"
        r"|enem(?:y|ies)|violen\w{2,3}|blood\w{0,5}|slaughter|genocide|tyranny)\b"
    ),
    "emotive": (
        r"\b(?:outrag\w{1,5}|shame\w{0,4}|disgrac\w{1,5}|horr\w{2,6}|vicious|brutal\w{0,2}|evil"
        r"|hate\w{0,3}|hatred|shocking|radical\w?|extremist\w?|massive|huge|incredibl[ey]"
        r"|unbelievabl[ey]|insane|lies|corrupt\w{0,3}|betray\w{0,4}|murder\w{0,4}|innocent|terrible"
        r"|awful|monstrous|sinister|scandal\w?|fake|propaganda|regime|elite\w?|mob|nazi\w?"
        r"|fascis[tm]\w?|communis[tm]\w?|socialis[tm]\w?|sick\w{0,4}|devastat\w{1,4}|ruthless|absurd"
        r"|ridiculous)\b"
    ),
    "politics": (
        r"\b(?:liberal\w?|conservative\w?|democrat\w?|republican\w?|left\w{0,4}|right-wing|trump|obama"
        r"|clinton|biden|hillary|bush|government|america\w?|usa?|u\.s\.|iraq|israel\w{0,3}|nato|china"
        r"|russia\w?|europe\w{0,2}|west\w{0,3}|muslims?|christians?|jews?|women|men|blacks?|whites?"
        r"|immigrants?)\b"
    ),
    "not": r"\b(?:not|no|never|n't|nothing|none|cannot|without)\b|n't\b",
    "but": r"\b(?:but|however|although|though|yet|while|whereas|despite|nevertheless)\b",
    "however_open": r"(?:^|[.!?\n]\s{0,3})(?:but|however|although|though|yet|still)\b",
    "should": r"\b(?:should|ought|need to|have to|must|shall)\b",
    "would": r"\b(?:would|could|'d)\b",
    "thinking": r"\b(?:think|believe|feel|guess|suppose|wonder|know|understand|mean|sure)\b",
    "think_you": r"\b(?:i think|i believe|in my opinion|imo|imho|it seems to me|personally)\b",
    "actually": (
        r"\b(?:actually|really|even|just|only|simply|basically|literally|seriously|apparently|exactly"
        r"|honestly)\b"
    ),
    "good": (
        r"\b(?:good|great|nice|wonderful|excellent|perfect|love\w?|beautiful|best|better|awesome"
        r"|fantastic|happy|glad|fun)\b"
    ),
    "bad": (
        r"\b(?:bad|terrible|awful|wrong|worst|horrible|hate|evil|poor|sad|sick|fail\w{0,4}|problem\w?"
        r"|hurt|pain|sucks?)\b"
    ),
    "paragraph": r"\n\s{0,3}\n",
    "colon": r":\s",
    "dash": r" - |--|—",
    "example": (r"\b(?:for example|for instance|e\.g\.|such as|consider|suppose|say|imagine|like when)\b"),
    "then_again": (
        r"\b(?:first|second|finally|also|moreover|furthermore|in addition|on the other hand"
        r"|in other words|that said|that being said)\b"
    ),
}
SHAPES = ("capitals", "share_of_capitals", "good_and_bad")
NAMES = tuple(f"{kind}.{name}" for kind in ("has", "rate") for name in (*PATTERNS, *SHAPES))
# of patterns that do not begin with a word: literals of which every match in ASCII holds one
_NEEDS = {
    "question": ("?",),
    "question_end": ("?",),
    "yesno_question": ("?",),
    "many_marks": ("??", "?!", "!?", "!!"),
    "so_question": ("so ", "so, "),
    "exclaim": ("!",),
    "ellipsis": ("..",),
    "scare": ('"',),
    "elongated": tuple(3 * letter for letter in ascii_lowercase),
    "quoted_line": (">", "&gt;"),
    "emoticon": tuple(eyes + rest for eyes in ":;=" for rest in (")", "(", "d", "p", "-)", "-(", "-d", "-p")),
    "number": tuple(digits),
    "address": (",",),
    "link": ("http", "www.", "]("),
    "percent": ("%", "percent"),
    "parenthesis": ("(",),
    "not": ("no", "never", "n't", "without"),
    "however_open": ("but", "however", "though", "yet", "still"),
    "would": ("would", "could", "'d"),
    "paragraph": ("\n",),
    "colon": (":",),
    "dash": (" - ", "--"),
}
_PLACES = {name: place for place, name in enumerate(PATTERNS)}
_SCANNER = Scanner(list(PATTERNS.values()), {_PLACES[name]: needs for name, needs in _NEEDS.items()})
_GOOD, _BAD = _PLACES["good"], _PLACES["bad"]
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_SHOUTED = re.compile(r"[A-Z]{3}")
_EVERY = 50  # words, of which a rate counts how many are cues
_FEWEST = 15  # words that a text counts as having, so that one cue is not everything in three words


def cue_matrix(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return `NAMES` of texts: whether a cue stands there, and the logarithm of its rate in fifty words."""
    cut = [text[:LENGTH] for text in texts]
    folded = [fold(text) for text in cut]
    cues = _SCANNER.counts(folded).astype(np.float64)
    shapes = np.array([_shouted(text) for text in cut], dtype=np.float64).reshape(len(texts), 2)
    both = np.minimum(cues[:, _GOOD], cues[:, _BAD])
    counts = np.hstack([cues, shapes, both[:, None]])
    words = np.array([[len(text.split())] for text in folded], dtype=np.float64).reshape(len(texts), 1)
    return np.hstack([counts > 0, rates_of(counts, words)]).astype(np.float32)


def rates_of(counts: Floats | Places, words: Floats | Places) -> Floats:
    """Return the logarithms of the rates of cues, given how often each stands in texts of so many words."""
    rates: Floats = np.log1p(counts * _EVERY / np.maximum(words, _FEWEST))
    return rates


def shouts(text: str) -> bool:
    """Say whether the shapes of capitals are anything but nought."""
    return _SHOUTED.search(text) is not None


def _shouted(text: str) -> tuple[int, float]:
    """Return how many words of a text are capitals throughout, and their share."""
    if not shouts(text):
        return 0, 0.0
    words = _LETTERS.findall(text)
    shouted = sum(len(word) > 2 and word.isupper() for word in words)
    return shouted, shouted / max(1, len(words))
