"""Kinds of elements, by the names that HTML gives them."""

# nothing in them is shown as running text
UNSEEN = frozenset(
    "script style template head title meta link textarea select option button input iframe noembed noframes "
    "object applet audio video canvas svg map datalist dialog".split()
)

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p pre "
    "search section summary table caption thead tbody tfoot tr ul xmp".split()
)

# a browser leaves a blank line above and below them
SPACED = frozenset("blockquote dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())
