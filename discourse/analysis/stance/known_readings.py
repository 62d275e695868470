"""How posts read: kept beside their thread, as later stages ask the same of the same words."""

from collections.abc import Iterable, Sequence

from discourse.analysis.base import ThreadView
from discourse.learn.reply_labels import Cue, Reading

_NAME = "readings of posts"


def keep_readings(view: ThreadView, readings: Sequence[Reading]) -> None:
    """Keep how each post of a thread reads, in page order."""
    view.kept[_NAME] = readings


def known_readings(views: Iterable[ThreadView]) -> dict[str, Reading]:
    """Return what was kept of some threads, by the folded texts; empty where no stage has read them."""
    return {reading.text: reading for view in views for reading in _kept(view)}


def known_tones(view: ThreadView) -> list[Sequence[Cue] | None]:
    """Return the words of praise and blame of each post; None where they were not looked for in all of it."""
    known: list[Sequence[Cue] | None] = [
        None if len(reading.text) < len(post.own) else [cue for cue in reading.cues if cue.is_tone]
        for post, reading in zip(view.posts, _kept(view), strict=False)
    ]
    return known or [None] * len(view.posts)


def _kept(view: ThreadView) -> Sequence[Reading]:
    readings: Sequence[Reading] = view.kept.get(_NAME, ())
    return readings
