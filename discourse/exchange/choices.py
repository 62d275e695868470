"""The labels that a person may choose from in a tool: the codebook's, and whatever else a run holds."""

from collections.abc import Iterable, Iterator

from discourse.exchange.corpus import LabelledPost
from discourse.lexicon.pages import load_pages

# in the order of the codebook; markers are those of `lexicons/markers.toml`
KNOWN = {
    "quote": ("quote", "attribution"),
    "reply": ("agree", "disagree", "neither"),
    "stance": ("favor", "against", "none"),
    "claim": ("asserts", "denies"),
}


class Choices:
    """Labels by layer, gathered while posts go by."""

    def __init__(self) -> None:
        self._labels = {layer: dict.fromkeys(labels) for layer, labels in KNOWN.items()}
        self._labels["rhetoric"] = dict.fromkeys(load_pages())
        self._seen: dict[str, set[str]] = {}

    def seen(self, posts: Iterable[LabelledPost]) -> Iterator[LabelledPost]:
        """Yield the posts as they come, and take note of their labels."""
        for one in posts:
            for row in one.annotations:
                self._seen.setdefault(row.layer, set()).add(row.label)
            yield one

    def by_layer(self) -> dict[str, list[str]]:
        """Return the labels of each layer: those of the codebook, then others by name."""
        layers = sorted({*self._labels, *self._seen})
        known = {layer: list(self._labels.get(layer, ())) for layer in layers}
        return {
            layer: known[layer] + sorted(self._seen.get(layer, set()) - set(known[layer])) for layer in layers
        }
