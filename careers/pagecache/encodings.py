"""Compress answers, in an encoding that the client accepts."""

import gzip
import sys
from collections.abc import Callable, Mapping

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDENTITY = "identity"
TEXTS = ("text/", "application/", "image/svg+xml")  # other pictures are compressed already

# Best first. The levels take about a millisecond a page, since it may be asked for only once.
ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstd.compress(body, level=6),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


def shrinks(content_type: str) -> bool:
    """Whether compression makes this type of content smaller."""
    return content_type.startswith(TEXTS)


def encode(body: bytes, encoding: str) -> bytes:
    """Compress a body. Equal bodies always give equal bytes, as their ETag promises."""
    return body if encoding == IDENTITY else ENCODINGS[encoding](body)


def choose_encoding(accepted: str) -> str:
    """The one of ENCODINGS that an Accept-Encoding header prefers; the first of several.

    "identity" if it prefers that, accepts none of ours, or can't be read.
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        weights[name] = _weight(parameters)
    best = max(ENCODINGS, key=lambda encoding: weights.get(encoding, 0))
    likes = weights.get(best, 0)
    return best if likes and likes >= weights.get(IDENTITY, 0) else IDENTITY


def _weight(parameters: list[str]) -> float:
    """The weight in "q=0.5", from 0 to 1; 1 without one, 0 for one that can't be read."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0
