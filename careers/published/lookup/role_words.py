"""Which roles have a word, or mean it: in their titles, in their other names, or in their texts.

Pure. Words are folded, and found by how they begin; what texts mention is read as job titles are.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from careers.published.catalog import Catalog, Role, differing_roles, once_updated
from careers.published.titles.concepts import Wanted, Words, concepts_of_words, fold, singular

# Key → places of roles.
type Changes = dict[str, set[int]]


class Postings:
    """Key → the places of the roles that have it, each once, in their order."""

    def __init__(self) -> None:
        self._found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self.keys: list[str] = []

    def add(self, place: int, keys: Iterable[str]) -> None:
        for key in keys:
            self._found[key].append(place)

    def close(self) -> None:
        """Have all keys in order, once nothing more is added."""
        self._found = dict(self._found)
        self.keys = sorted(self._found)

    def changed(self, lost: "Changes", gained: "Changes") -> "Postings":
        """These, without places that keys have lost, and with those that they have gained."""
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
        """Those with any key that begins so."""
        found: set[int] = set()
        for key in self._keys_from(begin):
            if not key.startswith(begin):
                break
            found.update(self._found[key])
        return found

    def _keys_from(self, begin: str) -> Iterator[str]:
        return (self.keys[at] for at in range(bisect_left(self.keys, begin), len(self.keys)))


class _Field:
    """What roles say in one place: its words, and what they mean as words of job titles."""

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
        """The same, but for some roles. was, now: by their places, what these say here."""
        new = _Field()
        new.words = self.words.changed(*_moved(was, now, 0))
        new.concepts = self.concepts.changed(*_moved(was, now, 1))
        return new

    def saying(self, wanted: Wanted) -> set[int]:
        """Those with words that begin as is wanted, or with others of the same meaning."""
        found = _all(self.words.beginning(singular(word)) for word in wanted.words)
        if wanted.concepts:
            found |= _all(set(self.concepts.having(each)) for each in wanted.concepts)
        return found


# The place of a role → its words in some field, and what they mean.
type Said = dict[int, tuple[set[str], set[str]]]


def _moved(was: Said, now: Said, which: int) -> tuple[Changes, Changes]:
    """The keys that places have lost, and those that they have gained."""
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
    """titles: of roles; names: these and their aliases; texts: these and what roles say besides."""

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
        """The same of a catalog in which some roles say something else. roles: place → the role
        that stood there, and the one that does now."""
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
        """The places of the roles that say all that is wanted."""
        return _all(map(self.texts.saying, wanted))

    def ranks(self, wanted: Collection[Wanted]) -> "Ranks":
        return Ranks(self, wanted)


def _said_by(role: Role) -> Iterator[tuple[set[str], set[str]]]:
    """The words of a role's title; of this and its other names; of these and its texts. With each,
    what the words mean."""
    said: set[str] = set()
    meant: set[str] = set()
    for texts in ((role.title,), role.aliases, (role.summary, *role.daily_work)):
        for text in texts:
            words = fold(text).split()
            said.update(words)
            meant |= concepts_of_words(words)
        yield {*said}, {*meant}


def _head(title: str) -> str:
    """What its job is: “nurses” of “Registered Nurses” and of “Nurses, Registered”."""
    words = fold(title.partition(",")[0]).split()
    return words[-1] if words else ""


class Ranks:
    """How much of what is wanted roles are called: the least comes first.

    What a title says ranks above what another name says, and that above a text. Of titles, where
    there are many, that which ends with it comes first, and then that which says least besides.
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


MOST_IN_ORDER = 50  # roles of which one can say that an editor put them in order


def _changed_words(words: RoleWords, before: Catalog, now: Catalog) -> RoleWords | None:
    roles = differing_roles(before, now)
    return None if roles is None else words.changed(roles)


@once_updated(_changed_words)
def role_words(catalog: Catalog) -> RoleWords:
    return RoleWords(catalog.roles.values())
