"""Camps of made-up threads: who disputes with whom, and when nobody can tell."""

from itertools import product

import pytest
from msgspec.structs import replace

from discourse.analysis.stance.camps import Camps
from discourse.model import Annotation, Post
from discourse.tables import ANNOTATIONS, POSTS, Tables, frame_of

NO = "No, that is simply wrong, and you know it. The ferry never paid for itself."
YES = "Exactly, I agree with every word of that."
KEEP, CLOSE = ("Ada", "Bo", "Cy"), ("Dov", "Eli", "Fay")


def quarrel(*, rounds=3, evidence="explicit", lang="en", text=NO, name="t"):
    """Return posts in which those who would keep a ferry dispute with those who would close it."""
    posts = []

    def say(author, words, to=None):
        number = len(posts) + 1
        posts.append(
            Post(
                post_id=f"{name}:{number}",
                thread_id=name,
                source_id=name,
                position=number,
                author=author,
                text=words,
                reply_to=to,
                reply_evidence=evidence if to else "none",
                lang=lang,
            )
        )
        return f"{name}:{number}"

    last = {author: say(author, "The ferry, then.") for author in (*KEEP, *CLOSE)}
    for _ in range(rounds):
        for one, other in product(KEEP, CLOSE):
            last[other] = say(other, text, last[one])
            last[one] = say(one, text, last[other])
    return posts


def tables_of(posts, rows=()):
    return Tables({"posts": frame_of(POSTS, posts), "annotations": frame_of(ANNOTATIONS, rows)})


def camps_of(posts, rows=()):
    return Camps().analyze(tables_of(posts, rows)).check("camps")["camps"]


def said(posts, label, by="human:ab"):
    """Return what a maker says of every reply."""
    return [
        Annotation(
            post_id=post.post_id,
            start=0,
            end=len(post.text),
            layer="reply",
            label=label,
            target=post.reply_to,
            annotator=by,
            quote=post.text,
        )
        for post in posts
        if post.reply_to
    ]


def test_two_camps_are_told_with_their_maker_in_the_order_of_first_posts():
    found = camps_of(quarrel())
    assert found["author"].tolist() == [*KEEP, *CLOSE]
    assert found["camp"].tolist() == [1, 1, 1, 2, 2, 2]
    assert found["posts"].tolist() == [18] * 6
    assert set(found["annotator"]) == {"model:sides@1"}
    assert found["score"].between(0.5, 1).all()


def test_the_camp_of_whoever_has_most_links_is_the_first():
    posts = quarrel()
    asked = {post.author: post for post in posts}
    more = [
        replace(asked["Fay"], post_id=f"t:9{place}", position=90 + place, reply_to=asked[author].post_id)
        for place, author in enumerate(("Ada", "Bo"))
    ]
    assert camps_of([*posts, *more])["camp"].tolist() == [2, 2, 2, 1, 1, 1]


def test_a_thread_with_few_replies_gets_no_camps():
    assert camps_of(quarrel(rounds=1)).empty


def test_replies_that_are_guesses_do_not_count():
    assert camps_of(quarrel(evidence="inferred")).empty


def test_a_named_addressee_counts_even_where_the_post_is_in_doubt():
    posts = [replace(post, reply_score=0.2 if post.reply_to else None) for post in quarrel()]
    assert len(camps_of(posts)) == 6


@pytest.mark.parametrize(("lang", "count"), [("de", 0), (None, 6)])
def test_threads_in_another_language_get_no_camps(lang, count):
    assert len(camps_of(quarrel(lang=lang))) == count


def test_posts_in_another_language_do_not_count():
    posts = quarrel()
    german = [replace(post, lang="de") if post.author == "Fay" else post for post in posts]
    found = camps_of(german)
    assert dict(found[["author", "posts"]].itertuples(index=False)) == {
        **dict.fromkeys(KEEP, 15),
        "Dov": 18,
        "Eli": 18,
        "Fay": 9,
    }


def test_links_to_oneself_or_to_posts_that_are_gone_do_not_count():
    posts = quarrel()
    alone = replace(posts[-1], post_id="t:98", position=98, reply_to=posts[-1].post_id)
    lost = replace(posts[-1], post_id="t:99", position=99, reply_to="t:1000")
    assert camps_of([*posts, alone, lost]).equals(camps_of(posts))


def test_what_a_person_says_of_a_reply_counts_before_what_a_model_reads():
    posts = quarrel(text="So it is.")
    disputed = camps_of(posts, said(posts, "disagree"))
    assert disputed["camp"].tolist() == [1, 1, 1, 2, 2, 2]
    assert camps_of(posts, said(posts, "agree")).empty
    both = [*said(posts, "agree"), *said(posts, "disagree", by="agreement@3")]
    assert camps_of(posts, both).empty


def test_whoever_is_quoted_has_a_link_too():
    posts = quarrel()
    answer = posts[-1]
    quote = Annotation(
        post_id=answer.post_id,
        start=0,
        end=3,
        layer="quote",
        label="quote",
        target="t:1",
        annotator="quotes@1",
        quote=answer.text[:3],
    )
    quoting = [replace(quote, post_id=post.post_id, target=post.reply_to) for post in posts if post.reply_to]
    without = dict(camps_of(posts, quoting)[["author", "posts"]].itertuples(index=False))
    found = dict(
        camps_of(posts, [*quoting, replace(quote, start=4, end=8, quote=answer.text[4:8])])[
            ["author", "posts"]
        ].itertuples(index=False)
    )
    assert answer.author == "Cy"
    assert (found["Ada"] - without["Ada"], found["Cy"] - without["Cy"]) == (1, 1)


def test_threads_are_judged_each_by_itself():
    both = camps_of([*quarrel(name="t"), *quarrel(name="u")])
    assert both[both["thread_id"] == "u"].reset_index(drop=True).equals(camps_of(quarrel(name="u")))


def test_names_are_taken_as_they_are():
    hostile = "<b>O'Hara</b>\u202e"
    posts = [replace(post, author=hostile) if post.author == "Bo" else post for post in quarrel()]
    assert hostile in set(camps_of(posts)["author"])
