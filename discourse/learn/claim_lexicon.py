"""Words that mean nearly the same, and words of which one denies the other: small tables of our own."""

from collections.abc import Mapping
from functools import cache

from discourse.text.tokens import stem

# one line a meaning; a word of several meanings stands where it is used most in disputes
_SAME = """
    big large huge enormous massive giant vast
    small little tiny minor
    kid child youngster
    man guy bloke gentleman
    woman lady
    buy purchase
    begin start commence
    end stop cease halt finish
    rise grow increase climb
    fall drop decline decrease sink
    cut reduce lower shrink
    ban forbid prohibit outlaw
    allow permit let
    cheap inexpensive affordable
    expensive costly pricey
    cost price expense
    money cash funds
    job work employment occupation
    worker employee staff
    boss employer
    law statute legislation
    government state administration
    help aid assist
    harm damage hurt injure
    dangerous hazardous risky unsafe
    danger hazard risk threat
    safe secure
    show demonstrate prove
    proof evidence
    say claim state assert
    think believe reckon
    lie falsehood untruth
    liar dishonest
    true correct right accurate
    false wrong incorrect inaccurate mistaken
    good fine great
    bad awful terrible poor
    fast quick rapid swift
    slow sluggish
    make create produce
    build construct erect
    destroy demolish ruin wreck
    kill slay murder
    die perish decease
    war conflict warfare
    gun firearm weapon
    doctor physician medic
    medicine drug medication
    illness disease sickness
    car automobile vehicle
    plane aircraft airplane
    bike bicycle
    road street
    house home
    town city
    country nation
    people folk
    choose pick select
    choice option
    need require
    important crucial vital essential
    enough sufficient adequate
    answer reply response
    ask enquire inquire
    angry furious mad
    happy glad pleased
    sad unhappy
    pupil student
    teacher instructor
    school classroom
    ceasefire truce armistice
    pause break interruption
    record best unprecedented
    whole entire full complete
    agree concur
    refuse decline reject
    get obtain acquire
    earn gain
    protect defend guard
    attack assault strike
    stay remain
    leave depart quit
    near close
    speak talk
    look watch
    shout yell scream
    often frequently
    seldom rarely
    always constantly
    maybe perhaps
    also too
    pollution contamination
    environment ecology nature
    fuel petrol gasoline
    energy power electricity
    tax levy
    vote ballot
    equal same identical
    different distinct
    try attempt
    use utilise utilize employ
    fix repair mend
    improve enhance better
    worsen deteriorate
    hide conceal
    reveal disclose expose
    cause provoke trigger
    result outcome consequence
    person individual human
    freedom liberty
    privacy confidentiality
    fair just
    unfair unjust
    rich wealthy affluent
    penalty punishment
    jail prison
    crime offence offense
    innocent guiltless
    suffering pain agony
    faith religion
    god deity
    baby infant
    unborn fetus foetus
"""
# both sides of a slash deny each other
_OPPOSITE = """
    rise grow increase up / fall drop decrease decline down
    more / less fewer
    most / least
    high higher / low lower
    big large huge / small little tiny
    long longer / short shorter
    many much / few little
    good better best / bad worse worst
    true correct / false incorrect
    right / wrong
    true / untrue
    safe / unsafe dangerous
    legal lawful / illegal unlawful
    allow permit legalize legalise / ban forbid prohibit outlaw
    begin start open / end stop close
    win victory / lose defeat
    accept / reject refuse
    agree / disagree
    support favor favour / oppose
    for pro / against anti
    before earlier / after later
    first / last
    early / late
    old / new young
    hot warm / cold cool
    fast quick / slow
    cheap / expensive costly
    rich / poor
    strong / weak
    hard difficult / easy
    hard / soft
    full / empty
    open / closed shut
    inside in / outside out
    on / off
    above over / below under
    everybody everyone all / nobody
    everything / nothing
    always / never seldom
    often / rarely
    alive live / dead
    sit sitting / stand standing
    awake / asleep sleeping
    laugh laughing / cry crying
    love / hate
    help benefit / harm hurt damage
    protect / endanger attack
    create build / destroy demolish
    add / remove
    gain / loss
    profit / loss
    give / take
    push / pull
    come arrive / leave depart
    enter / exit
    remember / forget
    succeed success / fail failure
    possible / impossible
    likely / unlikely
    necessary / unnecessary
    fair / unfair
    just / unjust
    moral / immoral
    natural / unnatural artificial
    constitutional / unconstitutional
    successful / unsuccessful
    reliable / unreliable
    relevant / irrelevant
    responsible / irresponsible
    guilty / innocent
    public / private
    same identical / different
    equal / unequal
    present / absent
    visible / invisible
    clean / dirty
    wet / dry
    light bright / dark
    loud noisy / quiet silent
    man male / woman female
    boy / girl
    war / peace
    friend / enemy
    truth / lie
    fact / myth fiction
    friendly / hostile
    improve / worsen
    expand / shrink
    lend / borrow
    buy / sell
    include / exclude
    prove / disprove
    majority / minority
    maximum / minimum
    positive / negative
    optimist / pessimist
    attack / defend
"""
# first forms of words, each with those that no ending tells
_FORMS = """
    arise arose arisen, bear bore borne, beat beaten, become became, begin began begun, bite bitten, blow
    blew blown, break broke broken, bring brought, build built, burn burnt, buy bought, catch caught,
    choose chose chosen, come came, creep crept, deal dealt, dig dug, draw drew drawn, drink drank drunk,
    drive drove driven, eat ate eaten, fall fell fallen, feed fed, feel felt, fight fought, find found,
    fly flew flown, forbid forbade forbidden, forget forgot forgotten, freeze froze frozen, get got
    gotten, give gave given, go went gone goes, grow grew grown, hear heard, hide hid hidden, hold held,
    keep kept, know knew known, lead led, lend lent, lose lost, make made, mean meant, meet met, pay paid,
    ride rode ridden, ring rang rung, rise rose risen, run ran, say said, see seen saw, seek sought, sell
    sold, send sent, shake shook shaken, shoot shot, show shown, sing sang sung, sink sank sunk, sit sat,
    sleep slept, speak spoke spoken, spend spent, stand stood, steal stole stolen, strike struck, swear
    swore sworn, swim swam swum, take took taken, teach taught, tell told, think thought, throw threw
    thrown, understand understood, wake woke woken, wear wore worn, win won, write wrote written, man men,
    woman women, child children, person persons, foot feet, tooth teeth, wife wives, life lives, knife
    knives, die dying died dead death, lie lying, prove proof
"""


@cache
def _forms() -> Mapping[str, str]:
    runs = [run.split() for run in _FORMS.split(",")]
    return {stem(form): stem(run[0]) for run in runs for form in run[1:]}


def root(word: str) -> str:
    """Return the stem of a folded word, that of its first form where no ending tells the form."""
    own = stem(word)
    return _forms().get(own, own)


@cache
def meanings() -> Mapping[str, str]:
    """Return for the root of each word of the first table the root of its line's first word."""
    found: dict[str, str] = {}
    for line in _SAME.strip().splitlines():
        words = line.split()
        for word in words:
            found.setdefault(root(word), root(words[0]))
    return found


@cache
def axes() -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return for the root of each word of the second table its lines and on which side of each it stands."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, line in enumerate(_OPPOSITE.strip().splitlines()):
        for side, words in enumerate(line.split("/")):
            for word in words.split():
                own = root(word)
                if (number, side) not in found.get(own, ()):
                    found[own] = (*found.get(own, ()), (number, side))
    return found
