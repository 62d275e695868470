"""A layout as data."""

from dataclasses import dataclass

from tests.ingest.made_up.templates import SLOT
from tests.ingest.made_up.words import words


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a page sets its posts.

    Templates are lines with slots: {author} {addressee} {time} {reltime} {votes} {number}
    {answered_number} {badge} {rank} {location} {since} {posted} {depth} (0 at a root) {level} (1 at a
    root) {replies} {title} {n} {initial} {handle} {tag} {stars} {reactions}, more in wide_slots.py;
    {@word} is a word of the page's language (words.txt); {text} is the first line of the post itself.
    {if_reply} {if_root} {if_long} {if_edited} {if_replies} show nothing, but are empty where they do not
    hold. A line is left out where one of its slots is empty; [[…]] leaves out only what stands in it.
    """

    name: str
    above: tuple[str, ...] = ()  # lines over the text
    below: tuple[str, ...] = ()  # lines under the text
    language: str | None = None  # of the page's own words; None: that of the thread
    time: str = "long"  # see times.FORMATS
    reltime: str = "ago"
    order: str = "time"  # time | newest | thread (answers under what they answer)
    head: tuple[str, ...] = ()  # {article} stands for all lines of the article
    foot: tuple[str, ...] = ()
    between: tuple[str, ...] = ()  # from post to post
    every: tuple[int, tuple[str, ...]] = (0, ())  # furniture after each so many posts
    indent: str = ""  # once for each level, before every line of a post
    indent_text_only: bool = False
    text_prefix: str = ""
    text_suffix: str = ""
    keep_empty: bool = True  # keeps the empty lines between paragraphs
    signature: str = ""  # put after the last line of the text, in the same line
    new_day: str = ""  # a line before the first post of each day; {day}
    wrap: int = 0  # breaks lines of the text at so many characters
    addressee_from: int = 1  # the depth from which on the page names the person answered
    zero_votes: bool = True
    badges: float = 0.12  # share of the authors with one
    show_quotes: bool = True
    quote_head: str = ""  # a line above a quotation; {quoted} {quoted_time} {quoted_number}
    quote_prefix: str = ""
    quote_suffix: str = ""
    deleted: tuple[str, ...] = ()  # what stands where a post was deleted; no post in the truth
    deleted_posts: bool = False  # some posts stand without name and text; in the truth with deleted: true
    number_from: int = 1
    label_seed: int | None = None  # chooses a synonym for each word of the page; None: the first of each
    spread: bool = False  # an empty line after every line
    indent_cap: int = 0  # no deeper than so many levels; 0: as deep as answers go
    quote_tail: str = ""  # a line under a quotation
    line_start: str = ""  # before every line that is not empty
    line_end: str = ""  # after every line that is not empty

    @property
    def templates(self) -> str:
        """All that stands around a post, with the page's words spelled out."""
        text = "\n".join((*self.above, self.signature, *self.below))
        return SLOT.sub(lambda m: words("en").get(m[1][1:], "") if m[1].startswith("@") else m[0], text)
