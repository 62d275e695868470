"""What labels are called in a report, and what they mean, in plain words."""

UNSURE_BELOW = 0.5  # score from which down a label is called unsure

BY_EXCHANGE = "exchanges"  # maker of claims that are told by how an exchange goes

EVIDENCE: dict[str, str] = {
    "explicit": "named on the page",
    "quote": "found by what it quotes",
    "mention": "found by an @-mention",
    "indent": "found by indentation",
    "inferred": "guessed from what was said",
    "none": "no link",
}

LAYERS: dict[str, str] = {
    "quote": "quotations",
    "reply": "agreement with the post answered",
    "stance": "stance towards a target",
    "rhetoric": "rhetoric markers",
    "claim": "claims asserted or denied",
    "any": "anything at all",
}

# the layers whose rules, lists and models are English
ENGLISH = "agreement, stance, rhetoric markers and of disputes over anything but a value"

LANGUAGES: dict[str, str] = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "ms": "Malay",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}

STATES: dict[str, str] = {
    "open": "open: neither side gave way",
    "conceded": "conceded: one side gave way",
    "compromise": "ended in a compromise",
    "refined": "a claim was narrowed, and stood",
    "withdrawn": "one side withdrew",
    "third_party": "settled by somebody else",
    "topic_shift": "left for another topic",
}

KINDS: dict[str, str] = {
    "quantity": "two values of one quantity",
    "polarity": "a statement and its denial",
    "definition": "what a word covers",
    "blame": "who is to blame, or must mend it",
    "other": "two claims that exclude each other",
}

REPLIES: dict[str, str] = {
    "agree": "agrees with",
    "disagree": "disagrees with",
    "neither": "takes no side on",
}

STANCES: dict[str, str] = {
    "favor": "in favour of",
    "against": "against",
    "none": "takes no side on",
    "mixed": "mixed on",
}


def brief(definition: str) -> str:
    """Write a sentence as a clause that follows a name: no capital before a small letter, no stop."""
    start = definition[:1].lower() if definition[1:2].islower() else definition[:1]
    return start + definition[1:].removesuffix(".")


def marker_anchor(label: str) -> str:
    """Return the id under which a marker is explained; a user's own may hold blanks and any other sign."""
    return "m-" + "".join(c if c == "_" or (c.isascii() and c.isalnum()) else f"-{ord(c):x}" for c in label)


def plain(label: str) -> str:
    """Write a label as words: underscores become blanks."""
    return label.replace("_", " ")


def counted(value: float | None, one: str, many: str | None = None) -> str:
    """Write a number with its noun, such as "1 post" or "1,200 posts"; "no" for zero, "–" where unknown."""
    if value is None:
        return f"– {many or one + 's'}"
    number = f"{value:,.0f}" if value else "no"
    return f"{number} {one if value == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """Join words as a sentence does: "a, b and c"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""
