"""The targets that a thread argues about: found, not given."""

from collections.abc import Iterator
from dataclasses import replace

from discourse.analysis.base import ThreadView, read_threads
from discourse.analysis.stance.candidates import Candidate, find_candidates
from discourse.analysis.stance.mentions import MentionFinder, count_mentions
from discourse.model import Target
from discourse.tables import TARGETS, Tables, frame_of
from discourse.text.normalise import fold

# What is asked of a target, counted over own words. Two people who speak of it make a topic of
# it; one alone must come back to it, and the article (or the gazetteer) must know it as well.
MIN_AUTHORS = 2
MIN_POSTS_ALONE = 2
MIN_POSTS_MEASURE = 2
MAX_TARGETS = 15


class Targets:
    """Finds who and what a thread argues about, with other names, kind and mentions."""

    name = "targets"
    version = 1
    requires = frozenset({"posts", "articles", "annotations:quote"})
    assigns = frozenset({"targets"})

    def analyze(self, tables: Tables) -> Tables:
        """Return the targets of each thread, the most widely discussed first."""
        threads = (view for view in read_threads(tables) if view.speaks("en"))
        rows = [target for view in threads for target in thread_targets(view)]
        return Tables({"targets": frame_of(TARGETS, rows)})


def thread_targets(view: ThreadView) -> list[Target]:
    """Return the main targets of one thread by authors, then posts, then name; at most `MAX_TARGETS`."""
    named = {target.target: (target, candidate) for target, candidate in _named(view)}
    finder = MentionFinder(target for target, _ in named.values())
    own = count_mentions(finder, {post.post.post_id: post.own for post in view.posts})
    whole = count_mentions(finder, {post.post.post_id: post.post.text for post in view.posts})
    author_of = {post.post.post_id: post.post.author for post in view.posts}
    in_article = {m.target for article in view.articles for m in finder.find(article.text)}
    ranked = []
    for name, (target, candidate) in named.items():
        authors = len({author_of[post_id] for post_id in own[name]})
        posts, all_posts = len(own[name]), len(whole[name])
        if _is_main(candidate, authors, posts, all_posts, name in in_article):
            ranked.append((-authors, -posts, name, replace(target, mentions=sum(own[name].values()))))
    return [row[-1] for row in sorted(ranked)[:MAX_TARGETS]]


def _is_main(candidate: Candidate, authors: int, posts: int, all_posts: int, in_article: bool) -> bool:
    if not posts:
        return False
    if candidate.kind == "measure":
        return authors >= MIN_AUTHORS and posts >= MIN_POSTS_MEASURE
    if candidate.known:
        return all_posts >= MIN_POSTS_ALONE
    return authors >= MIN_AUTHORS or (in_article and all_posts >= MIN_POSTS_ALONE)


def _named(view: ThreadView) -> Iterator[tuple[Target, Candidate]]:
    """Give each candidate its name: the gazetteer's, or the form that own words use most."""
    texts = [post.own for post in view.posts]
    page = fold(" ".join([post.post.text for post in view.posts] + [a.text for a in view.articles]))
    taken: set[str] = set()
    for candidate in find_candidates(view):
        name = candidate.name or _commonest(candidate, texts)
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


def _commonest(candidate: Candidate, texts: list[str]) -> str:
    """Return the form that own words use most, longer forms counted before those within them."""
    counts: dict[str, int] = {}
    for form in sorted(candidate.forms, key=lambda form: (-len(form), form)):
        counts[form] = sum(text.count(form) for text in texts)
        texts = [text.replace(form, "") for text in texts]
    for form in [form for form in counts if " " in form and candidate.kind == "person"]:
        if (surname := form.split(" ")[-1]) in counts:
            counts[surname] += counts[form]
    return max(sorted(counts), key=lambda form: (counts[form], candidate.forms[form]))
