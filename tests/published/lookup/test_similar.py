import difflib
import random

import pytest

from careers.published.lookup import similar
from careers.published.lookup.similar import FEW, SimilarNames
from tests import foreign

NAMES = [foreign.slug(title) for title in foreign.titles()[:2_000]]


def misspelled(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name) - 1)
    return name[:at] + chance.choice(["", "x", name[at] * 2]) + name[at + 1 :]


def test_of_many_the_nearest_is_found_as_if_each_were_compared():
    chance, names = random.Random(1), SimilarNames(NAMES)  # noqa: S311
    assert len(NAMES) > FEW
    for name in chance.sample(NAMES, 40):
        asked = misspelled(name, chance)
        assert names.nearest(asked, 0.75) == difflib.get_close_matches(asked, NAMES, 1, 0.75)[0]


def test_of_many_few_are_compared(monkeypatch):
    compared = []

    def counted(name, names, **_):
        compared.extend(names)
        return []

    monkeypatch.setattr(similar, "get_close_matches", counted)
    SimilarNames(NAMES).nearest("marine-weldr", 0.75)
    assert 0 < len(compared) <= similar.LIKELY


@pytest.mark.parametrize("beginning", ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"])
def test_of_many_that_are_as_likely_the_first_are_compared(monkeypatch, beginning):
    ends = [f"{n:03}yz" for n in range(200)]
    begins = [f"{beginning}{n:03}" for n in range(200, 400)]
    compared = []
    monkeypatch.setattr(similar, "get_close_matches", lambda _, names, **__: compared.extend(names))
    SimilarNames([*ends, *begins]).nearest(f"{beginning}-yz", 0.1)
    assert compared == ends[: similar.LIKELY]


@pytest.mark.parametrize("name", ["", "x", "💥", "x" * 100_000])
def test_what_is_like_none_is_near_none(name):
    assert SimilarNames(NAMES).nearest(name, 0.75) is None
