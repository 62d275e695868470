"""Wide layouts: the truth stands on their pages, and they cover every dimension on which pages vary."""

import re
from datetime import datetime
from functools import cache
from itertools import pairwise

import pytest

from tests.ingest.made_up.page import render
from tests.ingest.made_up.threads import threads
from tests.ingest.made_up.times import FORMATS
from tests.ingest.made_up.wide import fixed, wide_layout
from tests.ingest.made_up.wide_crowd import wide_crowd
from tests.ingest.made_up.words import LANGUAGES, MORE_LANGUAGES, labels, synonyms, words

THREADS = list(threads().values())


@cache
def page(seed, nth):
    thread = THREADS[(seed + 5 * nth) % len(THREADS)]
    return render(wide_crowd(thread, seed) if nth else thread, wide_layout(seed), seed)


@cache
def drawn():
    return [wide_layout(seed) for seed in range(400)]


def share(holds):
    return sum(map(bool, map(holds, drawn()))) / len(drawn())


def around(layout):
    return "\n".join((*layout.above, layout.signature, *layout.below))


def named_at(layout):
    """The number of the line of the header on which the name stands; None where it is under the text."""
    lines = [re.sub(r"\[\[.*?\]\]", "", line) for line in layout.above if line]
    spelled = [re.sub(r"\{@(\w+)\}", lambda m: words("en")[m[1]], line) for line in lines]
    return next((i for i, line in enumerate(spelled) if "{author}" in line), None)


@pytest.mark.parametrize("seed", range(200))
def test_the_truth_stands_on_the_page(seed):
    for nth in range(3):
        text, truth = page(seed, nth)
        lines = text.split("\n")
        for post in truth:
            said, want = lines[post["body_start"] - 1 : post["end"]], post["text"].split("\n")
            assert len(said) == len(want)
            assert all(own in line for own, line in zip(want, said, strict=True))
            shown = [int(i) for i, slots in post["slots"].items() if "author" in slots]
            assert shown
            assert all(post["author"] in lines[i - 1] for i in shown)
            assert set(shown) <= set(post["name_lines"])
            assert set(post["quotes"]) <= {str(i) for i in range(post["body_start"], post["end"] + 1)}
            assert not re.search(r"\{@?\w+\}|\x00", "\n".join(lines[post["start"] - 1 : post["end"]]))
        for post, after in pairwise(truth):
            assert post["start"] <= post["body_start"] <= post["end"] < after["start"]
            assert all(post["start"] <= line < after["start"] for line in post["name_lines"])


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_the_same_seed_gives_the_same_bytes(seed):
    assert wide_layout(seed) == wide_layout(seed)
    thread = THREADS[seed % len(THREADS)]
    assert render(thread, wide_layout(seed), seed) == page(seed, 0)


@pytest.mark.parametrize("seed", range(200))
def test_something_on_every_post_ends_or_begins_it(seed):
    layout = wide_layout(seed)
    ended = any(layout.between) or (layout.below and fixed(layout.below[-1]))
    begun = any(fixed(line) and line != "{author}" for line in layout.above)
    assert ended or begun or any(layout.signature)
    if not layout.between and layout.above:
        assert (
            fixed(layout.above[0]) or "{text}" in layout.above[0] or layout.above[0].startswith("{if_reply}")
        )


def test_layouts_differ():
    assert len({(layout.above, layout.below, layout.between) for layout in drawn()}) > 370


@pytest.mark.parametrize(
    ("least", "most", "holds"),
    [
        (0.05, 0.15, lambda x: named_at(x) is None),
        (0.12, 0.50, lambda x: (named_at(x) or 0) > 0),
        (0.03, 0.30, lambda x: (named_at(x) or 0) > 1),
        (0.10, 0.35, lambda x: not re.search(r"time\}|@by\}|said_at|says_ago|posted_(on|rel)", around(x))),
        (0.05, 0.30, lambda x: re.search(r"time\}|posted_(on|rel)", "\n".join(x.below))),
        (0.08, 0.20, lambda x: x.spread),
        (0.25, 0.60, lambda x: not x.between),
        (0.08, 0.35, lambda x: any(x.between)),
        (0.10, 0.40, lambda x: x.above and not x.above[-1]),
        (0.05, 0.20, lambda x: any("{text}" in line for line in x.above)),
        (0.10, 0.40, lambda x: x.indent),
        (0.30, 0.75, lambda x: re.search(r"addressee|@in_reply|@replied|answered_number", around(x))),
        (0.03, 0.30, lambda x: "answered_number" in around(x) or "in_reply_number" in around(x)),
        (0.10, 0.50, lambda x: re.search(r"\{(@?number\w*|post_id|path|@comment_no)\}", around(x))),
        (0.25, 0.70, lambda x: re.search("votes|points|likes|helpful", around(x))),
        (0.05, 0.25, lambda x: "{signed}" in x.below),
        (0.10, 0.50, lambda x: not x.below),
        (0.20, 0.60, lambda x: re.search(r"rank|@joined|@posts|@location|@karma|flair|badge", around(x))),
        (0.08, 0.30, lambda x: re.search(r"avatar|initial", around(x)) or around(x).count("{author}") > 1),
        (0.30, 0.70, lambda x: "{article}" in x.head or not x.head),
        (0.20, 0.60, lambda x: re.search(r"\{name1|online|top_users", "".join((*x.head, *x.foot)))),
        (0.08, 0.25, lambda x: x.every[0]),
        (0.10, 0.30, lambda x: x.language),
        (0.03, 0.15, lambda x: x.wrap),
        (0.03, 0.15, lambda x: x.line_end),
    ],
)
def test_every_dimension_is_covered(least, most, holds):
    assert least <= share(holds) <= most


def test_pages_choose_words_of_their_own():
    assert len({labels("en", seed)["reply"] for seed in range(60)}) > 6
    assert labels("de", None) == words("de")
    assert labels("de", 3) == labels("de", 3)


@pytest.mark.parametrize("language", [*LANGUAGES, *MORE_LANGUAGES])
def test_a_synonym_has_the_slots_of_its_word(language):
    for key, more in synonyms(language).items():
        slots = set(re.findall(r"\{\w+\}", words("en")[key]))
        assert set(re.findall(r"\{\w+\}", words(language)[key])) == slots, key
        assert all(set(re.findall(r"\{\w+\}", other)) == slots for other in more), key


@pytest.mark.parametrize("language", [*LANGUAGES, *MORE_LANGUAGES])
def test_every_time_can_be_told_in_every_language(language):
    then, now = datetime(2024, 3, 5, 17, 4), datetime(2024, 3, 6, 9, 30)
    assert all(tell(then, now, language).strip() for tell in FORMATS.values())


def test_a_crowd_keeps_the_texts_and_changes_the_names():
    for seed, thread in enumerate(THREADS):
        more = wide_crowd(thread, seed)
        assert [post.text for post in more.posts] == [post.text for post in thread.posts]
        assert more == wide_crowd(thread, seed)
    assert any(wide_crowd(THREADS[0], s).authors != THREADS[0].authors for s in range(5))
