"""Which content encoding a client gets, and that it decodes to the same bytes."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.pagecache.encodings import ENCODINGS, IDENTITY, choose_encoding, encode, shrinks, zstd

UNPACK = {"br": brotli.decompress, "zstd": zstd.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("zstd;q=0.9, gzip;q=0.8", "zstd"),
        ("gzip;q=0.9,br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR ; Q=1", "br"),
        ("br;q=0", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("gzip;q=2, br;q=x", "identity"),
        ("*", "identity"),
        (",;=,br;q", "identity"),
        ("deflate, compress", "identity"),
    ],
)
def test_a_client_gets_what_it_likes_best(accepted, chosen):
    assert choose_encoding(accepted) == chosen


@given(st.text(alphabet="brgzipstd;=q01., *identy\t\xff", max_size=60))
def test_any_header_can_be_read(accepted):
    assert choose_encoding(accepted) in {IDENTITY, *ENCODINGS}


@given(st.binary(max_size=2_000))
def test_what_is_packed_unpacks_to_the_same_and_is_packed_the_same_again(body):
    for encoding, unpack in UNPACK.items():
        assert unpack(encode(body, encoding)) == body
        assert encode(body, encoding) == encode(body, encoding)
    assert encode(body, IDENTITY) == body


def test_pictures_are_packed_already():
    assert shrinks("text/html; charset=utf-8")
    assert shrinks("image/svg+xml")
    assert not shrinks("image/png")
