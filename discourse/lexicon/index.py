"""The literals of patterns as one table that can be kept: which of them asks for which pattern."""

from array import array
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.json import decode, encode


class Index(Struct, frozen=True, kw_only=True):
    """All literals, and the numbers of the patterns that they stand for or are gates of."""

    literals: Sequence[bytes]  # as bytes of a text
    owners: Sequence[int]  # one a literal: its pattern, or the first of several
    shared: Mapping[int, Sequence[int]]  # by the place of a literal of several patterns: all of them
    always: Sequence[int]  # patterns without a gate
    # texts in which no word stands: the patterns that match there, and that may match around them
    bare: Mapping[str, tuple[Sequence[int], Sequence[int]]]

    @classmethod
    def of(
        cls,
        owners: Iterable[tuple[bytes, Sequence[int]]],
        always: Sequence[int],
        bare: Mapping[str, tuple[Sequence[int], Sequence[int]]],
    ) -> "Index":
        """Put it together, of literals each with its patterns."""
        literals: list[bytes] = []
        firsts = array("i")
        shared: dict[int, Sequence[int]] = {}
        for place, (literal, numbers) in enumerate(owners):
            literals.append(literal)
            firsts.append(numbers[0])
            if len(numbers) > 1:
                shared[place] = numbers
        return cls(literals=literals, owners=firsts, shared=shared, always=always, bare=bare)

    def dumped(self) -> bytes:
        """Write it as `loaded` reads it; no literal holds a line break."""
        told = {
            "literals": b"\n".join(self.literals).decode("latin-1"),
            "owners": list(self.owners),
            "shared": {str(place): list(numbers) for place, numbers in self.shared.items()},
            "always": list(self.always),
            "bare": self.bare,
        }
        return encode(told)

    @classmethod
    def loaded(cls, data: bytes) -> "Index":
        """Read what `dumped` wrote.

        Raises
        ------
        ValueError, KeyError, TypeError, AttributeError
            Where the bytes are something else.
        """
        told = decode(data)
        literals = told["literals"].encode("latin-1").split(b"\n") if told["literals"] else []
        owners = array("i", told["owners"])
        if len(owners) != len(literals):
            raise ValueError("a literal has no owner")
        return cls(
            literals=literals,
            owners=owners,
            shared={int(place): numbers for place, numbers in told["shared"].items()},
            always=told["always"],
            bare={text: (whole, gated) for text, (whole, gated) in told["bare"].items()},
        )
