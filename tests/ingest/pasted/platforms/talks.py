"""Invented conversations that the golden pages of the platforms are made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One post of a conversation."""

    author: str
    answers: int | None  # position of the post that it answers, from 0
    text: str  # lines; "> " before a line that quotes the post answered
    deleted: bool = False


@dataclass(frozen=True)
class Talk:
    """A conversation below an article."""

    title: str
    teaser: tuple[str, ...]
    posts: tuple[Said, ...]


def _talk(title: str, teaser: str, posts: list[tuple[str, int | None, str]]) -> Talk:
    said = [Said(author, answers, text or "", deleted=not text) for author, answers, text in posts]
    return Talk(title, tuple(teaser.split("\n")), tuple(said))


FERRY = _talk(
    "Night ferry to Orrin Sound will stop in spring",
    "The harbour board has voted to end the last sailing of the day, which left at a quarter to midnight.\n"
    "Passengers have fallen by a third since the causeway opened, the board says in its report.",
    [
        (
            "Marsh Hen",
            None,
            "I took that boat home from every late shift for nine years. Who asked the people on it?",
        ),
        (
            "gull.watcher",
            0,
            "> Who asked the people on it?\nNobody, of course. There were four of us on Thursday.",
        ),
        ("Reader", None, "The causeway floods at spring tides. Twice a month you will simply be stuck."),
        ("Tam 77", 2, "It was raised in the autumn, so that argument is a year out of date."),
        ("Reader", 3, "Raised by how much?\nTen inches.\nThe March tide was fourteen over."),
        ("Marsh Hen", 3, "Nope."),
        (
            "lampfish 🐟",
            None,
            "What I would keep:\n- the Friday boat\n- the one before bank holidays\n- the dog",
        ),
        ("Dot Quennell", 6, "The dog stays. That much we can all agree on."),
        ("Just Me", None, "Nope."),
        ("gull.watcher", 8, "To which part?"),
        ("Just Me", 9, "All of it."),
        ("Old Pilot", None, None),
        ("Tam 77", 11, "That was uncalled for, and I say so as someone who agrees with you about the tides."),
        (
            "Hugh",
            None,
            "A ferry at night,\na lamp on the quay,\nand nobody waiting\n"
            "but seagulls and me.\n\nWritten on the 23:45.",
        ),
        (
            "Marsh Hen",
            13,
            "> but seagulls and me\nLovely. Pin it up in the waiting room before they lock that as well.",
        ),
        ("Dot Quennell", None, "42"),
        ("Reader", 15, "Is that the number of passengers or the answer to everything?"),
        (
            "Dot Quennell",
            16,
            "Passengers, last week, all seven sailings together. I counted them from the ticket hut.",
        ),
        (
            "x_anchor_x",
            None,
            "Put the money into a bus that waits for the train. Nobody needs a boat for 600 yards of water.",
        ),
        ("Tam 77", 18, "On 3 July 2019 they promised exactly that bus.\nStill waiting for it."),
        ("Marsh Hen", 18, "Nope."),
    ],
)

ORCHARD = _talk(
    "Village orchard to make way for a car park",
    "Sixty old apple trees on the edge of Nether Wallow may be felled next winter to make room for cars.\n"
    "The parish council says that the trees are past bearing; a count in autumn found fruit on most.",
    [
        ("Pippin", None, "Past bearing? I made eleven jars of jelly from those trees in October."),
        ("Mr. Overend", 0, "> Past bearing?\nHalf are hollow. I have put my arm into one up to the elbow."),
        ("Pippin", 1, "A hollow tree bears perfectly well. Ask any woodpecker."),
        ("Someone Else", None, "Can we have the survey please\nwith numbers\nand a map"),
        ("ada.b", 3, "It hangs in the library, second floor, behind the door that sticks."),
        (
            "The Parish Mouse",
            None,
            "Counted again this morning:\n1. forty-one sound\n2. twelve hollow but alive\n"
            "3. seven dead\nThat is sixty.",
        ),
        ("Mr. Overend", 5, "Dead is dead. Seven fewer to cry about."),
        ("Kestrel9", 6, "And the other fifty-three?"),
        ("Someone Else", 6, "Exactly."),
        (
            "North Field",
            None,
            "I live next to it. The lorries will go past my kitchen from six in the morning.",
        ),
        ("ada.b", 9, "They say from eight. It is in the plan, page 12."),
        ("North Field", 10, "They said that about the quarry too."),
        ("Trouble", None, None),
        ("Kestrel9", 12, "Stay polite, it costs nothing."),
        ("Pippin", 10, "> page 12\nPage 12 is the drainage. You mean page 21."),
        ("Maybe", None, "Exactly."),
        (
            "señor plum",
            None,
            "Why not park at the station? It is three minutes on foot, two if you are late.",
        ),
        ("Mr. Overend", 16, "Because the station belongs to somebody who charges for it."),
        ("The Parish Mouse", 17, "So does the orchard, in a way. We have all been paid in apples."),
        ("Maybe", 17, "Reply hazy, ask again later."),
    ],
)

LICHT = _talk(
    "Neue Lampen für den Kirchweg",
    "Im Herbst will die Gemeinde Unterhainbach alle Leuchten am Kirchweg durch hellere ersetzen lassen.\n"
    "Anwohner klagen schon jetzt darüber, dass es in ihren Schlafzimmern nicht mehr dunkel wird.",
    [
        ("Ulla", None, "Bei mir ist es jetzt schon taghell. Muss das wirklich sein?"),
        ("Nachtfalter 3", 0, "> Muss das wirklich sein?\nFragen Sie mal die Igel, die sehen das genauso."),
        ("Karl-Heinz B.", None, "Ich gehe dort um fünf zur Frühschicht und bin froh um jede Lampe."),
        ("Ulla", 2, "Dann eben mit Bewegungsmelder, das kostet kaum mehr."),
        ("schraubenschlüssel", 3, "Kostet das Dreifache.\nHabe es für den Verein ausgerechnet.\nLeider."),
        ("Gast", None, "Nein."),
        ("Nachtfalter 3", 5, "Wozu nein?"),
        ("Gast", 6, "Zu allem."),
        ("Frau Immerda", None, "Meine Wünsche:\n- warmes Licht\n- ab elf aus\n- keine Kugeln mehr"),
        ("Karl-Heinz B.", 8, "Ab elf aus? Dann fällt der Letzte im Dunkeln in den Bach."),
        ("Ulla", 9, "Der Letzte fällt sowieso hinein, mit oder ohne Lampe."),
        ("Poltergeist", None, None),
        ("Frau Immerda", 11, "Bitte sachlich bleiben, wir wohnen hier alle noch länger nebeneinander."),
        ("schraubenschlüssel", 8, "> ab elf aus\nDas geht, dafür braucht es nur eine Zeitschaltuhr."),
        ("Gast", None, "Nein."),
        ("Ulla", 13, "Wer bezahlt die Uhr?"),
        ("schraubenschlüssel", 15, "Ich. Dreißig Euro, geschenkt."),
    ],
)

MARCHE = _talk(
    "Le marché couvert fermera deux hivers",
    "La halle de Saint-Aubrac sera fermée pendant les travaux de toiture, prévus dès novembre.\n"
    "Les commerçants craignent de perdre une partie de leurs habitués, faute d'abri sur la grande place.",
    [
        ("Mireille", None, "Deux hivers sans halle, c'est la fin pour les petits étals."),
        (
            "père Colas",
            0,
            "> c'est la fin pour les petits étals\nOn disait pareil en 1998, et nous sommes toujours là.",
        ),
        ("Zoé.K", None, "Pourquoi pas la salle des fêtes ?"),
        ("Mireille", 2, "Elle est louée tous les samedis jusqu'en juin."),
        ("un client", None, "Non."),
        ("père Colas", 4, "Non à quoi ?"),
        ("un client", 5, "À la place en plein vent."),
        ("Basile 12", None, "Il faudrait :\n- des bâches\n- un brasero\n- du café"),
        ("Zoé.K", 7, "Surtout du café."),
        ("Rouspéteur", None, None),
        ("Basile 12", 9, "Restons corrects, merci bien."),
        ("Mireille", 7, "Le brasero est interdit sous les bâches, renseignez-vous."),
        ("un client", None, "Non."),
        (
            "père Colas",
            11,
            "> Le brasero est interdit\nAlors une soupe dans un thermos, personne ne l'interdira.",
        ),
        ("Zoé.K", 13, "Vendu !"),
    ],
)

TALKS = {"en": FERRY, "en2": ORCHARD, "de": LICHT, "fr": MARCHE}
