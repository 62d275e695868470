"""The layers that posts and labels stand in, as UIMA's type system and as INCEpTION describes them."""

from collections.abc import Mapping
from typing import Any

from cassis import TypeSystem

POST, LABEL = "discourse.Post", "discourse.Label"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"  # noqa: S105 - a word, no password
_STRING, _INTEGER, _FLOAT = "uima.cas.String", "uima.cas.Integer", "uima.cas.Float"

# each feature's type and meaning; `shift` and `length` are about what INCEpTION cannot mark: see `spans.py`
_PLACE = {
    "shift": (_INTEGER, "from the annotation's begin to where it really begins, in code points"),
    "length": (_INTEGER, "of what it really covers, in code points"),
}
FEATURES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    POST: {
        "post_id": (_STRING, "the post's id"),
        "author": (_STRING, "who wrote it"),
        "reply_to": (_STRING, "the id of the post that it answers"),
        "text_hash": (_STRING, "of the post's text, to find it again"),
        "looked_for": (_STRING, "for you: layers that you have read this post for, with blanks between"),
        "coded": (_STRING, "who looked for what in it before, as JSON"),
        **_PLACE,
    },
    LABEL: {
        "layer": (_STRING, "quote, reply, stance, rhetoric or claim"),
        "label": (_STRING, "of that layer"),
        "target": (_STRING, "what it is about: a post's id, a target's name or a claim's id"),
        "detail": (_STRING, "what kind of it"),
        "annotator": (_STRING, "whose label it was when it was exported"),
        "score": (_FLOAT, "0 to 1: how sure its maker is"),
        "also": (_STRING, "other makers that said the same"),
        "seal": (_STRING, "tells whether the label is still as it was exported"),
        **_PLACE,
    },
}
_SHOWN = {"layer", "label", "target", "post_id"}


def type_system() -> TypeSystem:
    """Return the types that the documents use; tokens are left to the program that reads them."""
    types = TypeSystem()
    for name, features in FEATURES.items():
        made = types.create_type(name=name)
        for feature, (kind, meaning) in features.items():
            types.create_feature(made, feature, kind, description=meaning)
    for name in (SENTENCE, TOKEN):
        types.create_type(name=name)
    return types


def layer_definitions(labels: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Return what INCEpTION imports under Settings, Layers, Import: spans of characters that may overlap.

    Parameters
    ----------
    labels
        The labels of each layer, which INCEpTION then offers.
    """
    names = [label for layer in sorted(labels) for label in labels[layer]]
    tags = {"layer": sorted(labels), "label": list(dict.fromkeys(names))}
    return [_layer(name, tags if name == LABEL else {}) for name in (LABEL, POST)]


def _layer(name: str, tags: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "name": name,
        "uiName": f"discourse {name.rpartition('.')[2].lower()}",
        "type": "span",
        "description": "Exported by discourse; the names of its features must stay",
        "enabled": True,
        "built_in": False,
        "readonly": False,
        "allow_stacking": True,
        "cross_sentence": True,
        "show_hover": True,
        "anchoring_mode": "CHARACTERS",
        "overlap_mode": "ANY_OVERLAP",
        "validation_mode": "NEVER",
        "lock_to_token_offset": False,
        "multiple_tokens": False,
        "linked_list_behavior": False,
        "features": [
            _feature(name, feature, kind, meaning, tags.get(feature))
            for feature, (kind, meaning) in FEATURES[name].items()
        ],
    }


def _feature(layer: str, name: str, kind: str, meaning: str, tags: list[str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "uiName": name,
        "type": kind,
        "description": meaning,
        "enabled": True,
        "visible": name in _SHOWN,
        "required": layer == LABEL and name in ("layer", "label"),
        "remember": name == "layer",
        "hideUnconstraintFeature": False,
        "multi_value_mode": "NONE",
        "link_mode": "NONE",
    }
    if tags is not None:
        found["tag_set"] = {
            "name": f"discourse {name}",
            "description": meaning,
            "language": "x-undefined",
            "tags": [{"tag_name": tag, "tag_description": ""} for tag in tags],
            "create_tag": True,
        }
    return found
