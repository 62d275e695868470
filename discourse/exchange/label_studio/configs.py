"""Labelling configurations: what an annotator can mark in Label Studio, with a definition of each label."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from discourse.exchange.label_studio.controls import DIALOGUE, REPLY_SPAN, TARGET, TEXT
from discourse.exchange.names import label_name
from discourse.exchange.xml_safe import check_xml
from discourse.lexicon.pages import load_pages

Used = Mapping[str, Iterable[str]]  # the labels of each layer that occur

# of the layers whose labels are fixed; the markers of rhetoric are defined where the lexicons are
_HINTS: dict[str, dict[str, str]] = {
    "quote": {
        "quote": "Repeats another post, or a text from outside, in its words.",
        "attribution": "Says whose words they are.",
    },
    "reply": {
        "agree": "The whole post agrees with the post that it answers.",
        "disagree": "It disputes the main point of the post that it answers.",
        "neither": "A question, joke, aside or insult without a position on it.",
    },
    "stance": {
        "favor": "For the target: name it in the field `target`.",
        "against": "Against the target: name it in the field `target`.",
        "none": "Mentions the target without a stance.",
    },
    "claim": {
        "asserts": "Asserts the claim that the field `target` names.",
        "denies": "Denies it, or asserts what excludes it.",
    },
}
_CONTEXT = """\
  <Header value="Answers: $context_author" size="5"/>
  <Text name="context" value="$context" selectionEnabled="false"/>
  <Header value="$author" size="5"/>
"""
_PARAGRAPHS = (
    f'  <Paragraphs name="{DIALOGUE}" value="${DIALOGUE}" layout="dialogue" '
    'nameKey="author" textKey="text"/>\n'
)
_FIELD = (
    '  <TextArea name="{name}" toName="{to}" perRegion="true" maxSubmissions="1" editable="true" rows="1" '
    'placeholder="Whom or what it is about, for stance, claim and quotation"/>\n'
)


def text_config(layers: Iterable[str], used: Used, *, has_reply_spans: bool) -> str:
    """Return the configuration for tasks of one post, which shows the post that it answers above it.

    Parameters
    ----------
    layers
        Those that are asked for.
    used
        Labels that occur; those of the codebook are always there.
    has_reply_spans
        Whether agreement with other posts than the one answered occurs.
    """
    spans = [layer for layer in layers if layer != "reply"]
    parts = [_control("Labels", layer, layer, TEXT, used) for layer in spans]
    if has_reply_spans:
        parts.append(_control("Labels", REPLY_SPAN, "reply", TEXT, used))
    parts.append(f'  <Text name="{TEXT}" value="$text"/>\n')
    if "reply" in layers:
        parts.append(_control("Choices", "reply", "reply", TEXT, used))
    if spans or has_reply_spans:
        parts.append(_FIELD.format(name=TARGET, to=TEXT))
    return f"<View>\n{_CONTEXT}{''.join(parts)}</View>\n"


def dialogue_config(layers: Iterable[str], used: Used) -> str:
    """Return the configuration for tasks of a conversation; agreement is marked on the answering post."""
    parts = [_control("ParagraphLabels", layer, layer, DIALOGUE, used) for layer in layers]
    parts.append(_PARAGRAPHS)
    parts.append(_FIELD.format(name=TARGET, to=DIALOGUE))
    return f"<View>\n{''.join(parts)}</View>\n"


def _control(tag: str, name: str, layer: str, to_name: str, used: Used) -> str:
    hints = _hints(layer)
    labels = [*hints, *sorted(set(used.get(layer, ())) - set(hints))]
    option = "Choice" if tag == "Choices" else "Label"
    more = ' choice="single-radio" showInLine="true"' if tag == "Choices" else ""
    lines = [_option(option, layer, label, hints.get(label)) for label in labels]
    return f'  <{tag} name="{name}" toName="{to_name}"{more}>\n{"".join(lines)}  </{tag}>\n'


def _hints(layer: str) -> dict[str, str]:
    if layer == "rhetoric":
        return {label: page.definition for label, page in load_pages().items()}
    return _HINTS.get(layer, {})


def _option(tag: str, layer: str, label: str, hint: str | None) -> str:
    value = quoteattr(check_xml(label_name(layer, label), f"the label {label!r}"))
    said = "" if hint is None else f" hint={quoteattr(hint)}"
    return f"    <{tag} value={value}{said}/>\n"
