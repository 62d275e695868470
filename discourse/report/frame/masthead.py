"""The first screen: what is argued about, who stands where, what goes in circles, by what means, how sure."""

from collections.abc import Mapping

from msgspec import Struct

from discourse.model import Loop
from discourse.report.basis.book import Book
from discourse.report.basis.pieces import Pieces, data, listed_pieces, said
from discourse.report.basis.titles import Title, heading
from discourse.report.basis.words import ENGLISH, LANGUAGES, STATES, UNSURE_BELOW, counted, listed, plain
from discourse.report.frame.topics import argued_over, topics
from discourse.report.quality.errors_known import weakest

SHOWN = 3  # targets, disputes and markers that are named
_MANY_UNHEARD = 0.05  # share of comments in other languages from which the lede says so
_LOPSIDED = 0.1  # share of those placed from which down a camp may be no side
_MOST_OF_A_QUESTION = 150  # characters of a dispute's question
_VERBS = {"disagree": "disagree with the comment they answer", "agree": "agree", "neither": "do neither"}


class Key(Struct, frozen=True):
    """One figure of the row below the lede."""

    figure: str
    words: str
    note: str  # empty where nothing is to be added
    href: str
    warns: bool = False  # whether the note is a doubt


class Answer(Struct, frozen=True):
    """One of the questions that a report answers, with the answer in short."""

    question: str
    href: str  # where the long answer stands
    pieces: Pieces
    items: tuple[Pieces, ...] = ()


class Masthead(Struct, frozen=True):
    """The report's head."""

    title: Title
    lede: list[Pieces]  # its sentences
    keys: list[Key]
    answers: list[Answer]
    times: tuple[str, ...] = ()  # the days of the first comment and of the last; none where none is known


def masthead(book: Book, error_rates: Mapping[str, object]) -> Masthead:
    """Sum a report up.

    Parameters
    ----------
    error_rates
        Of the run's record; of what was measured the largest error is named.
    """
    if not book.count("posts_found"):
        return Masthead(heading(book), [said("No comments were found here.")], [], [])
    makers = (_camps, _circles, _means)
    return Masthead(
        title=heading(book),
        lede=_lede(book),
        times=_times(book),
        keys=_keys(book),
        answers=[
            Answer("What is argued about", "#stance", topics(book, SHOWN)),
            *(make(book) for make in makers),
            _sure(book, error_rates),
        ],
    )


def _times(book: Book) -> tuple[str, ...]:
    days = [post.timestamp.date() for post in book.posts if post.timestamp is not None]
    if 2 * len(days) < len(book.posts):  # the days of a few tell nothing of the others
        return ()
    return tuple(day.isoformat() for day in dict.fromkeys((min(days), max(days)))) if days else ()


def _lede(book: Book) -> list[Pieces]:
    return [_who(book), *_answers_given(book), said(_in_circles(book)), *_unheard(book)]


def _unheard(book: Book) -> list[Pieces]:
    """Say on how many comments the makers that know English alone could not speak; nothing where on few."""
    others = book.other_languages
    count = sum(others.values())
    if count < _MANY_UNHEARD * book.count("posts_found"):
        return []
    named = listed([LANGUAGES.get(language, language) for language in others])
    verb = "is" if count == 1 else "are"
    where = f"{counted(count, 'comment').capitalize()} {verb} in {named}"
    return [said(f"{where}, where nothing is known of {ENGLISH}: their makers know English alone.")]


def _who(book: Book) -> Pieces:
    links, threads = book.count("links"), book.count("threads")
    words = f"{counted(book.count('posts_found'), 'comment')} by {counted(book.count('authors'), 'author')}"
    words += f" in {threads:,} threads" if threads > 1 else ""
    words += f", {links:,} of them in answer to another" if links else ", none linked to another"
    taken = argued_over(book)[:SHOWN]
    if not taken:
        return said(f"{words}.")
    return said(
        f"{words}. Authors take sides above all on ", *listed_pieces(said(data(n)) for n in taken), "."
    )


def _answers_given(book: Book) -> list[Pieces]:
    told = book.count("replies")
    if not told:
        return []
    kinds = [(book.count(f"replies.{kind}"), verb) for kind, verb in _VERBS.items()]
    spoken = [f"{count:,} {verb}" for count, verb in kinds if count]
    return [said(f"Of {counted(told, 'answer')} that could be read, {listed(spoken)}.")]


def _in_circles(book: Book) -> str:
    loops, unsure = book.count("loops"), _unsure(book)
    if not loops:
        return "No argument was found to go round in circles."
    sure = loops - unsure
    words = "No argument surely goes round in circles"
    if sure:
        words = (
            f"{counted(sure, 'argument goes', 'arguments go').capitalize()} round in circles: {_ends(book)}"
        )
    words += f"; {counted(unsure, 'more' if sure else 'quarrel', 'more' if sure else 'quarrels')} may" * (
        unsure > 0
    )
    share = book.number("posts_in_loops_share")
    if share is None:
        return f"{words}."
    takes = "This takes" if loops == 1 else "Together they take"
    taken = counted(book.count("posts_in_loops"), "comment")
    return f"{words}. {takes} {taken} ({_percent(share)} of all)."


def _ends(book: Book) -> str:
    """Say how the sure ones ended."""
    sure = [loop.state for loop in book.loops if loop.score >= UNSURE_BELOW]
    states, loops = {state: sure.count(state) for state in dict.fromkeys(sure)}, len(sure)
    ends = [(count, STATES.get(state, plain(state)).partition(":")[0]) for state, count in states.items()]
    if len(ends) == 1:
        return f"all {ends[0][1]}" if loops > 1 else ends[0][1]
    return listed([f"{count:,} {words}" for count, words in ends])


def _unsure(book: Book) -> int:
    return sum(loop.score < UNSURE_BELOW for loop in book.loops)


def _percent(share: float) -> str:
    return "under 1\u00a0%" if 0 < share < 0.01 else f"{100 * share:.0f}\u00a0%"


def _keys(book: Book) -> list[Key]:
    posts, stated = book.count("posts_found"), book.number("posts_stated")
    beside, warns = "", False
    if stated is not None:
        warns = stated != posts
        beside = f"≠ {stated:,.0f} on the page" if warns else "as many as the page states"
    loops, links, told = (book.count(name) for name in ("loops", "links", "replies"))
    unsure, threads = _unsure(book), book.count("threads")
    keys = [
        Key(f"{posts:,}", "comment" if posts == 1 else "comments", beside, "#thread", warns),
        Key(
            f"{book.count('authors'):,}",
            "author" if book.count("authors") == 1 else "authors",
            f"in {threads:,} threads" if threads > 1 else "",
            "#stance",
        ),
        Key(
            f"{loops - unsure:,}",
            "dispute in circles" if loops - unsure == 1 else "disputes in circles",
            f"and {unsure:,} unsure" if unsure else "",
            "#disputes",
            warns=True,
        ),
    ]
    if told:
        keys.append(Key(f"{book.count('replies.disagree'):,} of {told:,}", "answers disagree", "", "#stance"))
    if links:
        keys.append(Key(f"{book.count('links_guessed'):,} of {links:,}", "links are guesses", "", "#quality"))
    return keys


def _camps(book: Book) -> Answer:
    placed, authors = book.count("authors_in_camps"), book.count("authors")
    if not placed:
        words = "No two camps could be told from the replies."
    else:
        if book.count("threads") > 1:  # one who writes in two threads is placed twice
            authors = sum(len(names) for names in book.authors.values())
        words = f"{placed:,} of {counted(authors, 'author')} could be placed in one of two camps"
        if book.count("threads") == 1:
            sizes = book.metrics("authors_in_camps")
            words += f": {listed([f'{count:,.0f} in camp {camp}' for camp, count in sizes.items()])}"
        else:
            words += " of their thread, thread by thread"
        words += "; of the others too few replies tell it." if placed < authors else "."
        words += _lopsided(book)
    silent = book.count("authors_without_stance")
    return Answer(
        "Who stands where",
        "#stance",
        said(
            words, f" Of {counted(silent, 'author')} no stance on anything could be told." if silent else ""
        ),
    )


def _lopsided(book: Book) -> str:
    sizes = book.metrics("authors_in_camps")
    if book.count("threads") != 1 or min(sizes.values(), default=0) >= _LOPSIDED * sum(sizes.values()):
        return ""
    return " Camps so unequal may be no two sides."


def _circles(book: Book) -> Answer:
    if not book.loops:
        return Answer("Where it goes in circles", "#disputes", said("Nowhere that could be seen."))
    numbered = sorted(
        enumerate(book.loops, start=1), key=lambda pair: (pair[1].score < UNSURE_BELOW, pair[0])
    )
    more = len(numbered) - SHOWN
    return Answer(
        "Where it goes in circles",
        "#disputes",
        said(f"{SHOWN} of {len(numbered):,} disputes, the surer ones first:") if more > 0 else (),
        tuple(_dispute(book, number, loop) for number, loop in numbered[:SHOWN]),
    )


def _dispute(book: Book, number: int, loop: Loop) -> Pieces:
    question = " ".join(loop.question.split())
    if len(question) > _MOST_OF_A_QUESTION:
        question = question[: _MOST_OF_A_QUESTION - 1].rstrip() + "…"
    facts = [
        STATES.get(loop.state, plain(loop.state)).partition(":")[0],
        counted(book.count("turns", ("loop", loop.loop_id)), "turn"),
        *(["unsure"] if loop.score < UNSURE_BELOW else []),
    ]
    return said(data(question, f"#d{number}"), f" – {', '.join(facts)}")


def _means(book: Book) -> Answer:
    rates = book.metrics("markers_per_1000")
    if not rates:
        words = (
            "Not looked at: no comment is in English."
            if book.hears_nobody
            else "No rhetoric marker was found."
        )
        return Answer("By what means", "#markers", said(words))
    order = sorted(rates, key=lambda label: (-rates[label], label))
    words = "" if len(order) <= SHOWN else f"The {SHOWN} most frequent of {counted(len(order), 'marker')}:"
    rows = tuple(_means_of(book, label, rates[label]) for label in order[:SHOWN])
    return Answer("By what means", "#markers", said(words) if words else (), rows)


def _means_of(book: Book, label: str, rate: float) -> Pieces:
    meaning = book.meaning(label)
    return said(f"{plain(label)}, {rate:.1f} in 1,000 own words" + (f" – {meaning}" if meaning else ""))


def _sure(book: Book, error_rates: Mapping[str, object]) -> Answer:
    known = weakest(book, error_rates)
    words = [_links_sure(book), _disputes_sure(book)]
    words += [f"Measured weakest, on other texts: {known}."] if known else []
    words += (
        []
        if any(name.startswith("audit.") for name in error_rates)
        else ["Nothing was audited for dialects."]
    )
    return Answer("How sure this is", "#quality", said(" ".join(filter(None, words))))


def _links_sure(book: Book) -> str:
    links, guessed = book.count("links"), book.count("links_guessed")
    if not links:
        return ""
    if not guessed:
        return "Who answers whom is stated by the source."
    return f"Of {counted(links, 'link')} between comments {guessed:,} {_are(guessed)} guessed."


def _disputes_sure(book: Book) -> str:
    loops, unsure = book.count("loops"), _unsure(book)
    return f"Of {counted(loops, 'dispute')} {unsure:,} {_are(unsure)} unsure." if unsure else ""


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
