"""Made-up exchanges of a few posts, with what a reader says of each post.

`a` and `b` are the two sides, the first post's being `a`; `-` takes neither side. A `?` is left open:
readers differ on it, or it needs to know more of the world than words say.
"""

from tests.analysis.mini import Line

Exchange = tuple[list[Line], str]

EXCHANGES: dict[str, Exchange] = {
    "a bare denial carries the claim that it answers": (
        [
            ("Mara", None, "The ferry was out of service for four days last month."),
            ("Ned", 1, "No, it was a week."),
            ("Mara", 2, "Nope."),
            ("Ned", 3, "Wrong."),
        ],
        "abab",
    ),
    "a denial with the value": (
        [
            ("Ola", None, "The choir has 40 singers."),
            ("Pim", 1, "32 singers. I counted heads on Sunday."),
            ("Ola", 2, "Nope. Forty."),
            ("Pim", 3, "Nope. Thirty-two."),
        ],
        "abab",
    ),
    "a day that only one claim allows": (
        [
            ("Rae", None, "The bakery strike lasted two weeks."),
            ("Sol", 1, "Nine days."),
            ("Rae", 2, "Then why was the shop still shut on day thirteen?"),
            ("Sol", 3, "Where did you get “two weeks” from?"),
        ],
        "abab",
    ),
    "asking where a value comes from": (
        [
            ("Tess", None, "Entry costs 12 euros."),
            ("Umar", 1, "It costs 15 euros."),
            ("Tess", 2, "Where did you get 15 euros from?"),
            ("Umar", 3, "From the sign at the gate."),
        ],
        "aba?",
    ),
    "other words of denial": (
        [
            ("Vic", None, "The roadworks took six months."),
            ("Wyn", 1, "Four months."),
            ("Vic", 2, "Rubbish."),
            ("Wyn", 3, "Not even close. Four."),
        ],
        "abab",
    ),
    "short agreement takes the side that it agrees with": (
        [
            ("Xan", None, "The meeting ran for three hours."),
            ("Yve", 1, "Two hours at most."),
            ("Zed", 1, "It did."),
            ("Abe", 2, "Right, two hours."),
            ("Yve", 3, "No."),
        ],
        "ababb",
    ),
    "a no to a question about something else": (
        [
            ("Bea", None, "The pool closed for ten days."),
            ("Cal", 1, "It closed for three weeks."),
            ("Dot", 2, "Did you lose your season ticket?"),
            ("Cal", 3, "Nope."),
        ],
        "ab--",
    ),
    "a no to a question about the value": (
        [
            ("Eve", None, "The heating failed for 5 days."),
            ("Fay", 1, "It was three days."),
            ("Gil", 1, "Was it not three days?"),
            ("Eve", 3, "No. Five."),
        ],
        "ab-a",
    ),
    "yes it is, no it isn't": (
        [
            ("Gus", None, "The library is open on Mondays."),
            ("Hal", 1, "The library isn't open on Mondays."),
            ("Gus", 2, "Yes it is."),
            ("Hal", 3, "No it isn't."),
            ("Gus", 4, "It is."),
            ("Hal", 5, "Is not."),
        ],
        "ababab",
    ),
    "did not, did too": (
        [
            ("Ida", None, "They resurfaced the car park in Mill Lane."),
            ("Jon", 1, "They did not."),
            ("Ida", 2, "Did too."),
            ("Jon", 3, "Did not."),
            ("Ida", 4, "They resurfaced it, I park there."),
            ("Jon", 5, "Wrong."),
        ],
        "ababab",
    ),
    "an ally denies, the rest is short": (
        [
            ("Kay", None, "The mayor lied about the flood wall."),
            ("Lou", 1, "He did not lie."),
            ("Kay", 2, "He lied."),
            ("Moe", 3, "Lou is right, he never lied."),
            ("Kay", 4, "Nonsense."),
            ("Lou", 5, "Nope."),
        ],
        "ababab",
    ),
    "was not, was too": (
        [
            ("Ned", None, "That goal was offside."),
            ("Ora", 1, "Was not."),
            ("Ned", 2, "Was too."),
            ("Ora", 3, "Wasn't."),
            ("Ned", 4, "It was."),
            ("Ora", 5, "Never in a million years."),
        ],
        "ababa?",
    ),
    "wrong thread": (
        [
            ("Pia", None, "The soup was cold."),
            ("Quin", 1, "Wrong thread?"),
            ("Pia", 2, "Yes, sorry."),
        ],
        "---",
    ),
    "the bare number of an amount": (
        [
            ("Rex", None, "The tram costs 3 euros."),
            ("Sue", 1, "Wrong. It costs 4 euros."),
            ("Rex", 2, "Wrong again. 3."),
            ("Sue", 3, "4."),
        ],
        "abab",
    ),
    "without links": (
        [
            ("Tom", None, "The bridge was shut for 8 days."),
            ("Uma", None, "It was shut for 12 days."),
            ("Tom", None, "Nope, 8."),
            ("Uma", None, "12."),
            ("Tom", None, "8 days!!"),
            ("Uma", None, "No."),
        ],
        "ababab",
    ),
    "it did, it did not": (
        [
            ("Val", None, "The blackout lasted a week."),
            ("Wes", 1, "It did not."),
            ("Val", 2, "It did."),
            ("Wes", 3, "Four days."),
            ("Val", 4, "A week."),
        ],
        "ababa",
    ),
    "a question that presupposes the deed": (
        [
            ("Xia", None, "The council repaired the drain in Hop Street."),
            ("Yan", 1, "The council never repaired the drain."),
            ("Xia", 2, "Then who repaired the drain?"),
            ("Yan", 3, "Nobody repaired it."),
            ("Xia", 4, "They repaired it."),
            ("Yan", 5, "Then why is the street still flooded?"),
        ],
        "ababa?",
    ),
    "who wavers takes no side": (
        [
            ("Zoe", None, "The lift was broken for five weeks."),
            ("Art", 1, "Two weeks."),
            ("Zoe", 2, "Well, perhaps two and a half."),
            ("Art", 3, "Two weeks."),
        ],
        "ab-b",
    ),
    "a quotation and one word": (
        [
            ("Bob", None, "Rents went up by 6 percent."),
            ("Cat", 1, "By 9 percent."),
            ("Bob", 2, "> By 9 percent.\nNope."),
            ("Cat", 3, "> Nope.\nYes."),
        ],
        "abab",
    ),
    "counted again": (
        [
            ("Eli", None, "There are 14 steps to the cellar."),
            ("Flo", 1, "13 steps."),
            ("Eli", 2, "I counted."),
            ("Flo", 3, "So did I."),
            ("Eli", 4, "14."),
            ("Flo", 5, "No."),
            ("Eli", 6, "Yes."),
            ("Flo", 7, "No, 13."),
        ],
        "ab??abab",
    ),
    "whoever denies both takes no side": (
        [
            ("Gil", None, "The flight was delayed by 2 hours."),
            ("Hue", 1, "It was delayed by 5 hours."),
            ("Ike", 2, "You are both wrong."),
            ("Gil", 2, "Wrong, 2 hours."),
        ],
        "ab-a",
    ),
    "each speaks of a parcel of his own": (
        [
            ("Jan", None, "My parcel took 9 days."),
            ("Kim", 1, "Mine took 4 days."),
            ("Jan", 2, "Lucky you."),
        ],
        "---",
    ),
    "a no that goes on to something else": (
        [
            ("Lea", None, "The exhibition runs for six weeks."),
            ("Max", 1, "It runs for four weeks."),
            ("Lea", 2, "No idea why anybody would go twice anyway."),
            ("Max", 3, "No wonder, with that weather."),
        ],
        "ab--",
    ),
}
