"""Which roles have a word, or a synonym of it, in their titles, other names, or texts.

Pure. Words are folded and found by their beginnings. Synonyms are those of job titles.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from careers.published.catalog import Catalog, Role, differing_roles, once_updated
from careers.published.titles.concepts import Wanted, Words, concepts_of_words, fold, singular

# Key → places of roles that lose or gain it.
type Changes = dict[str, set[int]]


class Postings:
    """Key → the places of the roles that have it, in ascending order, without duplicates."""

    def __init__(self) -> None:
        self._found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self.keys: list[str] = []

    def add(self, place: int, keys: Iterable[str]) -> None:
        for key in keys:
            self._found[key].append(place)

    def close(self) -> None:
        """Sort the keys, after the last call of `add`."""
        self._found = dict(self._found)
        self.keys = sorted(self._found)

    def changed(self, lost: "Changes", gained: "Changes") -> "Postings":
        """A copy without the lost places and with the gained ones."""
        new = Postings()
        new._found = dict(self._found)
        for key in {*lost, *gained}:
            places = {*self._found.get(key, ())} - lost.get(key, set()) | gained.get(key, set())
            if places:
                new._found[key] = array("I", sorted(places))
            else:
                del new._found[key]
        is_same = new._found.keys() == self._found.keys()
        new.keys = self.keys if is_same else sorted(new._found)
        return new

    def having(self, key: str) -> Collection[int]:
        return self._found.get(key, ())

    def beginning(self, begin: str) -> set[int]:
        """The places that have any key that begins so."""
        found: set[int] = set()
        for key in self._keys_from(begin):
            if not key.startswith(begin):
                break
            found.update(self._found[key])
        return found

    def _keys_from(self, begin: str) -> Iterator[str]:
        return (self.keys[at] for at in range(bisect_left(self.keys, begin), len(self.keys)))


class _Field:
    """The words of one part of every role, and the concepts that they mean in job titles."""

    def __init__(self) -> None:
        self.words = Postings()
        self.concepts = Postings()

    def add(self, place: int, words: Iterable[str], concepts: Iterable[str]) -> None:
        self.words.add(place, words)
        self.concepts.add(place, concepts)

    def close(self) -> None:
        self.words.close()
        self.concepts.close()

    def changed(self, was: "Said", now: "Said") -> "_Field":
        """A copy in which some roles say something else. was, now: what they said and say."""
        new = _Field()
        new.words = self.words.changed(*_moved(was, now, 0))
        new.concepts = self.concepts.changed(*_moved(was, now, 1))
        return new

    def saying(self, wanted: Wanted) -> set[int]:
        """The places of roles with words that begin as the wanted ones, or mean the same."""
        found = _all(self.words.beginning(singular(word)) for word in wanted.words)
        if wanted.concepts:
            found |= _all(set(self.concepts.having(each)) for each in wanted.concepts)
        return found


# Place of a role → its words in a field, and the concepts that these mean.
type Said = dict[int, tuple[set[str], set[str]]]


def _moved(was: Said, now: Said, which: int) -> tuple[Changes, Changes]:
    """The keys that places have lost and gained. which: 0 for words, 1 for concepts."""
    lost: Changes = defaultdict(set)
    gained: Changes = defaultdict(set)
    for place in was:
        before, after = was[place][which], now[place][which]
        for key in before - after:
            lost[key].add(place)
        for key in after - before:
            gained[key].add(place)
    return lost, gained


def _all(sets: Iterable[set[int]]) -> set[int]:
    return set.intersection(*sets)


class RoleWords:
    """titles: of roles. names: titles and aliases. texts: all of these and the roles' texts."""

    def __init__(self, roles: Collection[Role]) -> None:
        self.titles, self.names, self.texts = _Field(), _Field(), _Field()
        self.heads: list[str] = []
        self.lengths = array("H")
        for place, role in enumerate(roles):
            self._add(place, role)
        for each in (self.titles, self.names, self.texts):
            each.close()
        self.own = Words(self.texts.words.keys)

    def _add(self, place: int, role: Role) -> None:
        for field, (said, meant) in zip(self._fields, _said_by(role), strict=True):
            field.add(place, said, meant)
        self.heads.append(_head(role.title))
        self.lengths.append(len(role.title.split()))

    @property
    def _fields(self) -> tuple[_Field, _Field, _Field]:
        return self.titles, self.names, self.texts

    def changed(self, roles: Mapping[int, tuple[Role, Role]]) -> "RoleWords":
        """A copy for a catalog in which some roles changed. roles: place → the role that was there,
        and the one that is there now."""
        was = {place: list(_said_by(before)) for place, (before, _) in roles.items()}
        now = {place: list(_said_by(after)) for place, (_, after) in roles.items()}
        new = RoleWords(())
        new.titles, new.names, new.texts = (
            field.changed(
                {place: said[which] for place, said in was.items()},
                {place: said[which] for place, said in now.items()},
            )
            for which, field in enumerate(self._fields)
        )
        new.heads, new.lengths = self.heads[:], self.lengths[:]
        for place, (_, role) in roles.items():
            new.heads[place] = _head(role.title)
            new.lengths[place] = len(role.title.split())
        is_same = new.texts.words.keys is self.texts.words.keys
        new.own = self.own if is_same else Words(new.texts.words.keys)
        return new

    def find(self, wanted: Iterable[Wanted]) -> set[int]:
        """The places of the roles that have everything that is wanted."""
        return _all(map(self.texts.saying, wanted))

    def ranks(self, wanted: Collection[Wanted]) -> "Ranks":
        return Ranks(self, wanted)


def _said_by(role: Role) -> Iterator[tuple[set[str], set[str]]]:
    """The words of a role's title; of its title and aliases; and of these and its texts. Each with
    the concepts that the words mean."""
    said: set[str] = set()
    meant: set[str] = set()
    for texts in ((role.title,), role.aliases, (role.summary, *role.daily_work)):
        for text in texts:
            words = fold(text).split()
            said.update(words)
            meant |= concepts_of_words(words)
        yield {*said}, {*meant}


def _head(title: str) -> str:
    """The noun of a title: “nurses” of “Registered Nurses” and of “Nurses, Registered”."""
    words = fold(title.partition(",")[0]).split()
    return words[-1] if words else ""


class Ranks:
    """A sort key for places of roles that were found: the best match is the least.

    A match in the title ranks above one in an alias, and that above one in a text. In a catalog of
    many roles, titles whose noun is a wanted word come first, then those with the fewest words.
    """

    def __init__(self, words: RoleWords, wanted: Collection[Wanted]) -> None:
        self._words = words
        self._wanted = [singular(word) for each in wanted for word in each.words]
        self._titles = _all(map(words.titles.saying, wanted)) if wanted else set()
        self._names = _all(map(words.names.saying, wanted)) if wanted else set()
        self._are_many = len(words.heads) > MOST_IN_ORDER

    def __getitem__(self, place: int) -> tuple[int, bool, int]:
        if place not in self._titles:
            return (1 if place in self._names else 2), False, 0
        if not self._are_many:
            return 0, False, 0
        head = self._words.heads[place]
        return 0, not any(map(head.startswith, self._wanted)), self._words.lengths[place]


MOST_IN_ORDER = 50  # roles; with more than these, the editors' order says little


def _changed_words(words: RoleWords, before: Catalog, now: Catalog) -> RoleWords | None:
    roles = differing_roles(before, now)
    return None if roles is None else words.changed(roles)


@once_updated(_changed_words)
def role_words(catalog: Catalog) -> RoleWords:
    return RoleWords(catalog.roles.values())
