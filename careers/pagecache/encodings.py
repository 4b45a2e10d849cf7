"""How an answer's bytes are packed, and which packing a client takes."""

import gzip
import sys
from collections.abc import Callable, Mapping

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDENTITY = "identity"
TEXTS = ("text/", "application/", "image/svg+xml")  # what shrinks; pictures are packed already

# The best first. Quality is what a page may cost that is asked for once: about a millisecond.
ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstd.compress(body, level=6),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


def shrinks(content_type: str) -> bool:
    """Whether packing makes such a thing smaller."""
    return content_type.startswith(TEXTS)


def encode(body: bytes, encoding: str) -> bytes:
    """A body, packed. The same bytes for the same body, always: its ETag says so."""
    return body if encoding == IDENTITY else ENCODINGS[encoding](body)


def choose_encoding(accepted: str) -> str:
    """What an Accept-Encoding likes best of ours; of those it likes equally, the smallest.

    "identity", which nobody has to accept by name, if it likes none, or says so in a way that can't
    be read.
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        weights[name] = _weight(parameters)
    best = max(ENCODINGS, key=lambda encoding: weights.get(encoding, 0))
    likes = weights.get(best, 0)
    return best if likes and likes >= weights.get(IDENTITY, 0) else IDENTITY


def _weight(parameters: list[str]) -> float:
    """From 0 to 1, of "q=0.5". One that can't be read counts as none."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
