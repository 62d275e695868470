"""Which golden pages there are; `python -m tests.ingest.pasted.platforms.golden` writes them anew."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.ingest.pasted.platforms import layouts
from tests.ingest.pasted.platforms.sheets import Sheet, Style
from tests.ingest.pasted.platforms.talks import TALKS, Talk

FOLDER = Path(__file__).parent
WORDS = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Case:
    """One golden page."""

    name: str  # of its files
    reader: str  # the profile that reads it
    layout: Callable[[Talk, Style], Sheet]
    talk: str
    style: Style

    def sheet(self, **changes: object) -> Sheet:
        """Lay the page out, with another style where one is wanted."""
        talk = changes.pop("talk", TALKS[self.talk])
        return self.layout(talk, replace(self.style, **changes))  # type: ignore[arg-type]


def unbroken(name: str) -> str:
    """Return a name as platforms without blanks in names have it."""
    return name.replace(" 🐟", "").replace(" ", "_").replace("ñ", "n")


def handle(name: str) -> str:
    """Return a name as YouTube has it."""
    return "@" + unbroken(name).lower()


AGO = ("3 hours ago", "17 minutes ago", "a day ago", "2 days ago", "5 months ago", "3 years ago")
VOR = ("vor 3 Stunden", "vor 17 Minuten", "vor einem Tag", "vor 2 Tagen", "vor 5 Monaten", "vor 3 Jahren")
ILYA = (
    "il y a 3 heures",
    "il y a 17 minutes",
    "il y a un jour",
    "il y a 2 jours",
    "il y a 5 mois",
    "il y a 3 ans",
)
SHORT = ("3h ago", "17m ago", "1d ago", "2d ago", "5mo ago", "3y ago")
BARE = ("3h", "17m", "1d", "2d", "2w", "3y")
US = ("March 12, 2008 at 11:06 pm", "March 13, 2008 at 4:19 am", "April 1, 2008 at 12:00 pm")
DE = ("12. März 2008 um 23:06 Uhr", "13. März 2008 um 4:19 Uhr", "1. April 2008 um 12:00 Uhr")
FR = ("12 mars 2008 à 23 h 06 min", "13 mars 2008 à 4 h 19 min", "1 avril 2008 à 12:00")
BOARD = ("Mon Jul 03, 2017 5:12 pm", "Tue Jul 04, 2017 9:40 am", "Wed Aug 16, 2017 11:59 pm")
BOARD_DE = ("Mo 3. Jul 2017, 17:12", "Di 4. Jul 2017, 09:40", "Mi 16. Aug 2017, 23:59")
DASHED = ("07-03-2017, 05:12 PM", "07-24-2017, 09:40 AM", "Yesterday, 11:59 PM")
DAYS = ("July 3", "July 4", "Aug. 16, 2021")
GUARDIAN = ("3 Jul 2021 12.45", "4 Jul 2021 0:07", "16 Aug 2021 23.59")
JST = ("Today 07:15 am JST", "Feb. 4 11:02 pm JST", "Yesterday 01:30 pm JST")


CASES = (
    Case("disqus", "Disqus (one line)", layouts.disqus, "en", Style(AGO, WORDS["disqus"])),
    Case("disqus-de", "Disqus (one line)", layouts.disqus, "de", Style(VOR, WORDS["disqus-de"])),
    Case(
        "disqus-lines", "Disqus (one piece a line)", layouts.disqus_lines, "en2", Style(AGO, WORDS["disqus"])
    ),
    Case("wordpress-says", "WordPress (says)", layouts.wordpress_says, "en2", Style(US, WORDS["wordpress"])),
    Case(
        "wordpress-sagt-am",
        "WordPress (says)",
        layouts.wordpress_says_on,
        "de",
        Style(tuple(f"am {t}" for t in DE), WORDS["wordpress-de"]),
    ),
    Case(
        "wordpress-a-dit",
        "WordPress (says)",
        layouts.wordpress_says,
        "fr",
        Style(FR, WORDS["wordpress-fr"]),
    ),
    Case(
        "wordpress-on", "WordPress (name on date)", layouts.wordpress_on, "en", Style(US, WORDS["wordpress"])
    ),
    Case(
        "wordpress-date",
        "WordPress (name over date)",
        layouts.wordpress_date,
        "en",
        Style(US, WORDS["wordpress"]),
    ),
    Case(
        "wordpress-mark",
        "WordPress (name and date)",
        layouts.wordpress_mark,
        "en2",
        Style(US, WORDS["wordpress"]),
    ),
    Case("reddit-old", "Reddit, old design", layouts.reddit_old, "en", Style(AGO, {}, unbroken)),
    Case("reddit", "Reddit", layouts.reddit, "en2", Style(SHORT, WORDS["reddit"], unbroken)),
    Case(
        "hacker-news",
        "Hacker News",
        layouts.hacker_news,
        "en",
        Style((*AGO, "on July 3, 2020"), {}, unbroken),
    ),
    Case("phpbb", "phpBB", layouts.phpbb, "en", Style(BOARD, WORDS["phpbb"])),
    Case("phpbb-below", "phpBB", layouts.phpbb_old, "de", Style(BOARD_DE, WORDS["phpbb-de"])),
    Case("vbulletin", "vBulletin", layouts.vbulletin, "en2", Style(DASHED, WORDS["vbulletin"])),
    Case("vbulletin-4", "vBulletin", layouts.vbulletin_4, "en", Style(DASHED, WORDS["vbulletin"])),
    Case(
        "discourse",
        "Discourse (live)",
        layouts.discourse_live,
        "en2",
        Style(("Jul '21", "3h", "Aug 2021", "12d", "Jul 3"), WORDS["discourse"], unbroken),
    ),
    Case(
        "discourse-printed",
        "Discourse (printed)",
        layouts.discourse_printed,
        "en",
        Style(("July 3, 2021, 5:12pm", "July 14, 2021, 11:40am"), WORDS["discourse"], unbroken),
    ),
    Case("youtube", "YouTube (handles)", layouts.youtube, "en", Style(AGO, WORDS["youtube"], handle)),
    Case("youtube-fr", "YouTube (handles)", layouts.youtube, "fr", Style(ILYA, WORDS["youtube-fr"], handle)),
    Case("youtube-names", "YouTube (names)", layouts.youtube, "en2", Style(AGO, WORDS["youtube"])),
    Case("guardian", "The Guardian", layouts.guardian, "en2", Style(GUARDIAN, {})),
    Case(
        "new-york-times",
        "The New York Times",
        layouts.new_york_times,
        "en",
        Style(DAYS, WORDS["new-york-times"]),
    ),
    Case("coral", "Coral", layouts.coral, "en2", Style(AGO, WORDS["coral"])),
    Case("coral-de", "Coral", layouts.coral, "de", Style(VOR, WORDS["coral-de"])),
    Case("facebook", "Facebook", layouts.facebook, "en", Style(BARE, WORDS["facebook"])),
    Case(
        "facebook-de",
        "Facebook",
        layouts.facebook,
        "de",
        Style(("3 Std.", "17 Min.", "2 Wo.", "1 Tag"), WORDS["facebook-de"]),
    ),
    Case("spot-im", "Spot.IM", layouts.spot_im, "en", Style(AGO, {})),
    Case("japan-today", "Japan Today", layouts.japan_today, "en2", Style(JST, WORDS["japan-today"])),
    Case(
        "blogger",
        "Blogger",
        layouts.blogger,
        "en",
        Style(("July 3, 2020 at 4:12 PM", "July 14, 2020 at 11:40 AM"), WORDS["blogger"]),
    ),
    Case("substack", "Substack", layouts.substack, "en2", Style(("Jul 3", "Aug 16, 2023", "3 Jul 2023"), {})),
)


def write(folder: Path = FOLDER) -> None:
    """Write every golden page and its truth."""
    for case in CASES:
        sheet = case.sheet()
        (folder / f"{case.name}.txt").write_text(sheet.text, encoding="utf-8")
        (folder / f"{case.name}.json").write_text(sheet.json, encoding="utf-8")


if __name__ == "__main__":
    write()
