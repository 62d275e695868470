"""The targets that a thread argues about: those that the user names, then those that are found."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from discourse.analysis.base import ThreadView, read_threads
from discourse.analysis.stance.candidates import find_candidates
from discourse.analysis.stance.given import NOTHING_GIVEN, GivenTarget, GivenTargets
from discourse.analysis.stance.known import passages_of
from discourse.analysis.stance.mentions import MentionFinder, aliases_of, count_mentions
from discourse.analysis.stance.names import Candidate
from discourse.model import Target
from discourse.tables import TARGETS, Tables, frame_of
from discourse.text.normalise import fold

# What is asked of a target, counted over own words. Two people who speak of it make a topic of
# it; one alone must come back to it, and the article (or the gazetteer) must know it as well.
MIN_AUTHORS = 2
MIN_POSTS_ALONE = 2
MIN_POSTS_MEASURE = 2
MAX_TARGETS = 15
_BETWEEN = "\0"  # between two posts; part of no name
_COMMON = ("group", "other")  # named by ordinary words: one person's aside is no topic


class Targets:
    """Finds who and what a thread argues about, with other names, kind and mentions.

    Parameters
    ----------
    given
        What the user says of targets. Those that are named are listed first, in threads of any
        language, as soon as one post mentions them; others are found in English threads.
    """

    name = "targets"
    version = 2
    requires = frozenset({"posts", "articles", "annotations:quote"})
    assigns = frozenset({"targets"})

    def __init__(self, given: GivenTargets = NOTHING_GIVEN) -> None:
        self.given = given

    def analyze(self, tables: Tables) -> Tables:
        """Return the targets of each thread: those given, then the most widely discussed first."""
        rows = [target for view in read_threads(tables) for target in thread_targets(view, self.given)]
        return Tables({"targets": frame_of(TARGETS, rows)})


def thread_targets(view: ThreadView, given: GivenTargets = NOTHING_GIVEN) -> list[Target]:
    """Return the targets of one thread: those given that it mentions, in the order given, then its main
    ones by authors, then posts, then name; at most `MAX_TARGETS` of these."""
    # nothing is a topic that one post alone speaks of
    looks = given.find and len(view.posts) > 1 and view.speaks("en")
    found = list(_named(view)) if looks else []
    if not found and not given.targets:
        return []
    places = {target.name: place for place, target in enumerate(given.targets)}
    named = {target.target: (target, candidate) for target, candidate in _joined(view, given.targets, found)}
    finder = MentionFinder(target for target, _ in named.values())
    own = count_mentions(finder, {post.post.post_id: post.own for post in view.posts})
    whole = count_mentions(finder, {post.post.post_id: post.post.text for post in view.posts})
    author_of = {post.post.post_id: post.post.author for post in view.posts}
    in_article = {m.target for article in view.articles for m in finder.find(article.text)}
    ranked = []
    for name, (target, candidate) in named.items():
        if name in places:
            if own[name]:
                ranked.append((places[name], 0, 0, name, replace(target, mentions=sum(own[name].values()))))
            continue
        authors = len({author_of[post_id] for post_id in own[name]})
        posts, all_posts = len(own[name]), len(whole[name])
        if _is_main(candidate, authors, posts, all_posts, name in in_article):
            ranked.append(
                (len(places), -authors, -posts, name, replace(target, mentions=sum(own[name].values())))
            )
    own_first = sum(row[0] < len(places) for row in ranked)
    return [row[-1] for row in sorted(ranked)[: own_first + MAX_TARGETS]]


def _joined(
    view: ThreadView, given: Iterable[GivenTarget], found: Iterable[tuple[Target, Candidate]]
) -> list[tuple[Target, Candidate]]:
    """Put the targets that are given before those that are found.

    A found one whose own name is the name or an alias of a given one is that one: it lends its kind
    and its other forms. All other forms that the user gives away are taken from those that are found.
    """
    rest = list(found)
    joined: list[tuple[Target, Candidate]] = []
    targets = list(given)
    taken = {fold(form) for target in targets for form in target.forms}
    for target in targets:
        own = {fold(form) for form in target.forms}
        same = [(row, candidate) for row, candidate in rest if fold(row.target) in own]
        rest = [pair for pair in rest if fold(pair[0].target) not in own]
        others = (form for row, _ in same for form in aliases_of(row) if fold(form) not in taken)
        aliases = list(dict.fromkeys([*target.aliases, *others]))
        kind = target.kind or next((row.kind for row, _ in same), "other")
        row = Target(
            thread_id=view.thread_id, target=target.name, aliases="|".join(aliases), kind=kind, mentions=0
        )
        joined.append((row, Candidate(kind, known=True, forms=Counter(aliases), name=target.name)))
    return [*joined, *(_without(pair, taken) for pair in rest)]


def _without(pair: tuple[Target, Candidate], taken: set[str]) -> tuple[Target, Candidate]:
    target, candidate = pair
    kept = [form for form in aliases_of(target)[1:] if fold(form) not in taken]
    return replace(target, aliases="|".join(kept)), candidate


def _is_main(candidate: Candidate, authors: int, posts: int, all_posts: int, in_article: bool) -> bool:
    if not posts:
        return False
    if candidate.kind == "measure":
        return authors >= MIN_AUTHORS and posts >= MIN_POSTS_MEASURE
    if candidate.known and candidate.kind not in _COMMON:
        return all_posts >= MIN_POSTS_ALONE
    return authors >= MIN_AUTHORS or (in_article and all_posts >= MIN_POSTS_ALONE)


def _named(view: ThreadView) -> Iterator[tuple[Target, Candidate]]:
    """Give each candidate its name: the gazetteer's, or the form that own words use most."""
    passages = passages_of(view)
    own = _BETWEEN.join(post.own for post in view.posts)
    page = " ".join(passages.folded)
    taken: set[str] = set()
    for candidate in find_candidates(view, passages):
        name = candidate.name or _commonest(candidate, own)
        if fold(name) in taken:
            continue
        taken.add(fold(name))
        forms = {form for form in candidate.forms if fold(form).removeprefix("the ") in page}
        aliases = sorted(form for form in forms if form != name and len(form) > 1)
        yield (
            Target(
                thread_id=view.thread_id,
                target=name,
                aliases="|".join(aliases),
                kind=candidate.kind,
                mentions=0,
            ),
            candidate,
        )


def _commonest(candidate: Candidate, text: str) -> str:
    """Return the form that own words use most, longer forms counted before those within them."""
    if len(candidate.forms) == 1:
        return next(iter(candidate.forms))
    counts: dict[str, int] = {}
    for form in sorted(candidate.forms, key=lambda form: (-len(form), form)):
        counts[form] = text.count(form)
        if counts[form]:
            text = text.replace(form, "")
    for form in [form for form in counts if " " in form and candidate.kind == "person"]:
        if (surname := form.split(" ")[-1]) in counts:
            counts[surname] += counts[form]
    return max(sorted(counts), key=lambda form: (counts[form], candidate.forms[form]))
