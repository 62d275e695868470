"""Made-up threads of a few posts for the tests of claims, loops and context."""

from collections.abc import Sequence

from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.context import Context
from discourse.analysis.loops.loops import Loops
from discourse.model import Annotation, Article, Post
from discourse.tables import ANNOTATIONS, ARTICLES, POSTS, Tables, frame_of

Line = tuple[str, int | None, str]  # author, number of the post answered (from 1), text


def thread_of(lines: Sequence[Line], *, name: str = "t", article: str = "") -> Tables:
    """Build the tables of one thread; lines that begin with `> ` are quotations of the post answered."""
    posts, quotes = [], []
    for number, (author, answers, text) in enumerate(lines, start=1):
        post_id = f"{name}:{number}"
        target = f"{name}:{answers}" if answers else None
        posts.append(
            Post(
                post_id=post_id,
                thread_id=name,
                source_id=name,
                position=number,
                author=author,
                text=text,
                reply_to=target,
                reply_evidence="explicit" if target else "none",
            )
        )
        start = 0
        for line in text.split("\n"):
            if line.startswith("> "):
                end = start + len(line)
                quotes.append(_quote(post_id, text, start, end, target))
            start += len(line) + 1
    articles = [Article(source_id=name, start_line=1, end_line=9, text=article)] if article else []
    return Tables(
        {
            "posts": frame_of(POSTS, posts),
            "annotations": frame_of(ANNOTATIONS, quotes),
            "articles": frame_of(ARTICLES, articles),
        }
    )


def _quote(post_id: str, text: str, start: int, end: int, target: str | None) -> Annotation:
    return Annotation(
        post_id=post_id,
        start=start,
        end=end,
        layer="quote",
        label="quote",
        target=target or "external",
        annotator="made@1",
        quote=text[start:end],
    )


def analysed(tables: Tables) -> Tables:
    """Run claims, loops and context, each checked against the contract."""
    made = Claims().analyze(tables).check("claims")
    both = Tables.concat([Tables({"annotations": tables["annotations"]}), made])
    tables = tables.replace(claims=both["claims"], annotations=both["annotations"])
    found = Loops().analyze(tables).check("loops")
    tables = tables.replace(loops=found["loops"], turns=found["turns"])
    return tables.replace(**Context().analyze(tables).check("context").frames)


def turns(tables: Tables) -> list[str]:
    """Write the turns as `1a 2b 3A`: position, side, capital for an empty restatement."""
    positions = dict(zip(tables["posts"]["post_id"], tables["posts"]["position"], strict=True))
    return [
        f"{positions[turn.post_id]}{turn.side.upper() if turn.is_empty else turn.side}"
        for turn in tables["turns"].itertuples()
    ]


FEE: list[Line] = [
    ("Ada", None, "The harbour fee is 40 euros a season. I read the notice on the door."),
    ("Bo", 1, "It is 55 euros, not 40."),
    ("Ada", 2, "No. It's 40 euros."),
    ("Cleo", 2, "Does anybody know when the slipway opens?"),
    ("Bo", 3, "The fee is 55 euros, as I said."),
    ("Ada", 5, "40 euros. I can do this all evening."),
    ("Bo", 6, "So can I. 55 euros."),
    ("Dov", 4, "The slipway opens in May, after the dredging."),
]
ROOF: list[Line] = [
    ("Nell", None, "The scaffold stood on our corner from 3 May to 24 May, three weeks of dust."),
    ("Otto", 1, "It was up for ten days. I know the foreman."),
    ("Nell", 2, "It was three weeks, Otto."),
    ("Otto", 3, "Nope. Ten days."),
    ("Pia", 4, "Are you admitting that the scaffold was up for three weeks and not ten days?"),
    ("Otto", 5, "I admit nothing, it was ten days."),
    ("Nell", 6, "From the 3rd to the 24th makes three weeks in any calendar."),
    ("Quin", 7, "Ten days or three weeks, who cares."),
]
GHOST: list[Line] = [
    ("Ivo", None, "There is a curfew in Brell."),
    ("Jun", 1, "There is no curfew."),
    ("Ivo", 2, "There is a curfew, ask anyone."),
    ("Kit", 3, "What curfew?"),
    ("Jun", 3, "No curfew, Ivo."),
    ("Ivo", 5, "Of course there is a curfew."),
    ("Kit", 6, "There isn't a curfew and there never was."),
]
