"""Stance: what a clause says for or against a target, and what an author's posts add up to."""

import pytest

from discourse.analysis.base import PostView
from discourse.analysis.stance.judgements import judge_post
from discourse.analysis.stance.kinds import with_kind
from discourse.analysis.stance.mentions import MentionFinder
from discourse.analysis.stance.stance import Stance, add_up
from discourse.model import Annotation, Post, Target
from discourse.tables import ANNOTATIONS, TARGETS, Tables, frame_of
from tests.analysis.mini import Line, thread_of
from tests.growth import assert_linear

TARGET_ROWS = [
    ("Drunt", "Donwald|Mayor Drunt", "person"),
    ("Velka", "", "person"),
    ("Norway", "Norwegians|Oslo", "country"),
    ("Guilders", "the guild", "party"),
    ("kite ban", "the ban|the kite ban", "measure"),
]


def with_targets(tables: Tables, *threads: str) -> Tables:
    rows = [
        Target(thread_id=thread, target=target, aliases=aliases, kind=kind, mentions=1)
        for thread in threads
        for target, aliases, kind in TARGET_ROWS
    ]
    return tables.replace(targets=frame_of(TARGETS, rows))


def run(lines: list[Line]) -> Tables:
    return Stance().analyze(with_targets(thread_of(lines), "t")).check("stance")


def judged(text: str) -> set[tuple[str, str]]:
    view = PostView(Post(post_id="p", thread_id="t", source_id="s", position=1, author="ada", text=text), ())
    finder = MentionFinder(
        Target(thread_id="t", target=target, aliases=aliases, kind=kind, mentions=1)
        for target, aliases, kind in TARGET_ROWS
    )
    return {(row.target, row.label) for row in judge_post(view, finder)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # subjects of what they do
        ("Drunt caved again.", {("Drunt", "against")}),
        ("Drunt has completely caved to Velka.", {("Drunt", "against")}),
        ("Drunt had a chance to talk, but caved like a child.", {("Drunt", "against")}),
        ("Drunt keeps a cool head.", {("Drunt", "favor")}),
        ("Velka is thumbing her nose at Drunt.", {("Velka", "against")}),
        ("Norway attacked the Guilders.", {("Norway", "against")}),
        ("Drunt let Velka off the hook.", {("Drunt", "against")}),
        ("All they did was to shout.", set()),
        ("Norway sent a boat. All they did was to shout.", {("Norway", "against")}),
        # what they are
        ("Drunt is a coward.", {("Drunt", "against")}),
        ("Drunt is nothing but Velka's puppet.", {("Drunt", "against")}),
        ("The problem is thugs like Velka.", {("Velka", "against")}),
        ("Norway's the PROBLEM.", {("Norway", "against")}),
        ("The kite ban is a disaster.", {("kite ban", "against")}),
        ("What the corrupt Drunt wants, nobody knows.", {("Drunt", "against")}),
        ("Velka, a genius, wrote it.", {("Velka", "favor")}),
        # denied
        ("Velka isn't a coward.", {("Velka", "favor")}),
        ("Drunt is not serious about boats.", {("Drunt", "against")}),
        ("Norway didn't heed the request.", {("Norway", "against")}),
        ("I don't think Velka is a coward.", {("Velka", "favor")}),
        # how they do it
        ("Drunt is wisely waiting.", {("Drunt", "favor")}),
        # one's own attitude
        ("I trust Velka.", {("Velka", "favor")}),
        ("I can't stand the kite ban.", {("kite ban", "against")}),
        ("Scrap the ban!", {("kite ban", "against")}),
        ("thanks Mayor Drunt!", {("Drunt", "favor")}),
        ("Shame on the guild.", {("Guilders", "against")}),
        # wishes and demands
        ("I hope Velka wins.", {("Velka", "favor")}),
        ("Drunt should resign.", {("Drunt", "against")}),
        # what is theirs
        ("This is all Drunt's fault.", {("Drunt", "against")}),
        ("It was another war crime, one of the crimes of Norway.", {("Norway", "against")}),
        ("We need Velka's courage.", {("Velka", "favor")}),
        # comparisons
        ("Drunt is better than Velka.", {("Drunt", "favor"), ("Velka", "against")}),
        # ridicule and irony
        ("Drunt would sell the quay if somebody asked nicely.", {("Drunt", "against")}),
        ("As usual, Velka would accuse the ferryman.", {("Velka", "against")}),
        ("The ban works great, yeah right.", {("kite ban", "against")}),
        ("So the ban does work perfectly, I see!", {("kite ban", "against")}),
        ("The ban works great. Ah, I see.", {("kite ban", "favor")}),
        ("The ban works great, ah, now I see.", {("kite ban", "favor")}),
        # measures: what they do, what ought to become of them, whose side one is on
        ("The kite ban saves lives.", {("kite ban", "favor")}),
        ("The ban won't work.", {("kite ban", "against")}),
        ("The ban is not the answer.", {("kite ban", "against")}),
        ("The ban should be kept.", {("kite ban", "favor")}),
        ("The kite ban should never have been passed.", {("kite ban", "against")}),
        ("There is no need for the kite ban.", {("kite ban", "against")}),
        ("We need the kite ban.", {("kite ban", "favor")}),
        ("What is the point of the kite ban?", {("kite ban", "against")}),
        ("I am no fan of the kite ban.", {("kite ban", "against")}),
        ("As a supporter of Velka I say so.", {("Velka", "favor")}),
        ("I am a Velka supporter.", {("Velka", "favor")}),
        ("I'm pro-Norway.", {("Norway", "favor")}),
        # what is said of what is about them
        ("I support the repeal of the kite ban.", {("kite ban", "against")}),
        ("Abolishing the kite ban is a bad idea.", {("kite ban", "favor")}),
        ("Whoever reads this: another foolish speech by Drunt.", {("Drunt", "against")}),
        ("Velka gave a great speech.", {("Velka", "favor")}),
        ("I like Velka and Drunt.", {("Velka", "favor"), ("Drunt", "favor")}),
        ("Anyone who trusts Drunt is a fool.", {("Drunt", "against")}),
        # what is done to them, and by whom
        ("The ferrymen were betrayed by Drunt.", {("Drunt", "against")}),
        # strange deeds
        ("I find it disgusting that Drunt sold the quay.", {("Drunt", "against")}),
        # doubts
        ("I doubt that Velka is honest.", {("Velka", "against")}),
        ("There is no evidence that Velka is a liar.", {("Velka", "favor")}),
        ("I'm glad that Drunt lost.", {("Drunt", "against")}),
        ("I see Drunt as a coward.", {("Drunt", "against")}),
        # pronouns
        ("Drunt went home. He is a liar.", {("Drunt", "against")}),
        ("Drunt spoke at noon. What an utter coward.", {("Drunt", "against")}),
    ],
)
def test_the_clause_decides(text: str, expected: set[tuple[str, str]]):
    assert judged(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Drunt asked for a week, Norway gave four days.",
        "Is Drunt a coward?",
        "If Drunt is a coward, we shall see.",
        "Velka says that Drunt is a liar.",
        "You think Drunt is great.",
        "They trust Drunt.",
        "The wife of Drunt lied.",
        "Drunt's wife lied.",
        "The pro-Norway paper lied.",
        "The ferryman is a coward, and I told Drunt so.",
        "Drunt is fine with that.",
        "Wrong. Drunt was there.",
        "All winter, Drunt stockpiled oats.",
        "Drunt was bullied at school.",
        "Drunt should be honest.",
        "I wonder whether Drunt is a coward.",
        "Drunt is honest, but he lives on the quay.",
        '"Drunt is a coward, a liar and a thief", as the song goes.',
        "Drunt's supporters are idiots.",
        "I hate Drunt critics.",
        "Some people who met Drunt are idiots.",
        "Great, Drunt, now tell us the price.",
        "Drunt met Ada Marl. He is a liar.",
        "Velka spoke of the ban. It is sad that it rained.",
        "Drunt would have ruined the quay.",
    ],
)
def test_where_the_clause_does_not_decide_there_is_no_row(text: str):
    assert judged(text) == set()


def test_a_short_verdict_is_about_the_one_target_of_the_post_answered():
    lines: list[Line] = [("ada", None, "Drunt has left the council."), ("bo", 1, "Good riddance.")]
    rows = run(lines)["annotations"]
    assert [(r.post_id, r.target, r.label) for r in rows.itertuples()] == [("t:2", "Drunt", "against")]
    lines = [("ada", None, "Drunt has left, and Velka too."), ("bo", 1, "Good riddance.")]
    assert run(lines)["annotations"].empty


@pytest.mark.parametrize(
    ("name", "aliases", "kind"),
    [
        ("Oda Velk", "Velk", "person"),
        ("Velk", "Mayor Velk", "person"),
        ("Harbour Council", "", "institution"),
        ("HBC", "", "institution"),
        ("ferrymen's rights", "", "other"),
        ("harbour plan", "", "measure"),
        ("sand", "", "other"),
    ],
)
def test_a_target_without_a_kind_is_of_the_kind_that_its_names_tell(name: str, aliases: str, kind: str):
    target = Target(thread_id="t", target=name, aliases=aliases, kind="other", mentions=1)
    assert with_kind(target).kind == kind


def test_a_kind_that_is_known_stays():
    target = Target(thread_id="t", target="Oda Velk", aliases="", kind="institution", mentions=1)
    assert with_kind(target) is target


def test_a_continued_fault_counts_under_if():
    assert judged("If Drunt continues to cower, we lose.") == {("Drunt", "against")}


def test_who_sides_with_the_blamed_is_blamed():
    text = "Velka is a tyrant. The Guilders admire Velka."
    assert judged(text) == {("Velka", "against"), ("Guilders", "against")}
    assert judged("The Guilders admire Velka.") == set()


def test_quoted_words_are_not_the_authors():
    lines: list[Line] = [
        ("ada", None, "Drunt is a coward."),
        ("bo", 1, "> Drunt is a coward.\nHe was there."),
    ]
    rows = run(lines)["annotations"]
    assert rows["post_id"].tolist() == ["t:1"]


def test_a_sentence_without_a_subject_is_about_what_was_just_quoted():
    lines: list[Line] = [
        ("ada", None, "The ban works as planned."),
        ("bo", 1, "> The ban works as planned.\nWorking better than Velka's."),
    ]
    rows = run(lines)["annotations"]
    assert {(r.target, r.label) for r in rows.itertuples() if r.post_id == "t:2"} == {
        ("kite ban", "favor"),
        ("Velka", "against"),
    }


def test_a_pronoun_may_mean_the_only_person_of_the_post_answered():
    lines: list[Line] = [("ada", None, "I met Velka."), ("bo", 1, "She is a liar.")]
    rows = run(lines)["annotations"]
    assert [(r.post_id, r.target, r.label) for r in rows.itertuples()] == [("t:2", "Velka", "against")]


def test_a_pronoun_that_may_mean_two_means_neither():
    lines: list[Line] = [("ada", None, "I met Velka and Drunt."), ("bo", 1, "He is a liar.")]
    assert run(lines)["annotations"].empty


def test_the_span_is_the_deciding_clause_and_the_entry_is_named():
    row = next(run([("ada", None, "It rained, but Drunt caved.")])["annotations"].itertuples())
    assert row.quote == "but Drunt caved"
    assert "cave" in row.entry
    assert row.annotator == "stance@3"


def stances(lines: list[Line]) -> dict[tuple[str, str], tuple[str, int, int]]:
    table = run(lines)["stances"]
    return {(r.author, r.target): (r.label, r.favor_posts, r.against_posts) for r in table.itertuples()}


def test_an_authors_posts_add_up():
    lines: list[Line] = [
        ("ada", None, "Drunt caved. What a coward he is, Drunt."),
        ("ada", None, "Drunt is a liar."),
        ("bo", None, "Drunt lives on the quay."),
        ("cy", None, "I trust Velka."),
        ("cy", None, "Velka is a liar."),
    ]
    assert stances(lines) == {
        ("ada", "Drunt"): ("against", 0, 2),
        ("bo", "Drunt"): ("none", 0, 0),
        ("cy", "Velka"): ("mixed", 1, 1),
    }


def test_one_slip_does_not_outweigh_three_posts():
    against = [{"against": 0.8}] * 3
    assert add_up([*against, {"favor": 0.9}]) == {
        "label": "against",
        "favor_posts": 1,
        "against_posts": 3,
        "score": 0.675,
    }
    assert add_up([*against[:2], {"favor": 0.9}])["label"] == "mixed"
    assert add_up([{}, {}])["label"] == "none"


def test_claims_are_targets_of_their_authors():
    tables = thread_of([("ada", None, "It was a week."), ("bo", 1, "It was not a week.")])
    rows = [
        Annotation(
            post_id=f"t:{place}",
            start=0,
            end=2,
            layer="claim",
            label=label,
            target="t:c1",
            annotator="made@1",
            quote="It",
        )
        for place, label in ((1, "asserts"), (2, "denies"))
    ]
    tables = with_targets(tables.replace(annotations=frame_of(ANNOTATIONS, rows)), "t")
    table = Stance().analyze(tables).check("claims")["stances"]
    assert [(r.author, r.target, r.label) for r in table.itertuples()] == [
        ("ada", "t:c1", "favor"),
        ("bo", "t:c1", "against"),
    ]


def test_thread_by_thread_equals_all_at_once():
    one = with_targets(thread_of([("ada", None, "Drunt caved."), ("bo", 1, "He lied.")], name="a"), "a")
    two = with_targets(thread_of([("bo", None, "I trust Velka.")], name="b"), "b")
    both = Tables.concat([one, two])
    whole, parts = Stance().analyze(both), [Stance().analyze(part) for part in both.by_thread()]
    for name in ("annotations", "stances"):
        assert whole[name].equals(Tables.concat(parts)[name])
    assert len(whole["stances"]) == 3


def test_a_thread_without_targets_says_nothing():
    made = Stance().analyze(thread_of([("ada", None, "Drunt caved.")])).check("none")
    assert made["annotations"].empty
    assert made["stances"].empty


def test_long_hostile_text_is_read_in_linear_time():
    def thread(count: int) -> list[Line]:
        words = ("Drunt ", "would ", ",", " is a coward")
        return [("ada", None, "".join(word * count for word in words))]

    assert_linear(thread, run, small=400)  # quadratic where every cue looks at every word
