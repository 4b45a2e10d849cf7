"""An index of the names of all roles in a catalog, by their concepts."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from careers.published.titles.concepts import Token
from careers.published.titles.names import (
    Name,
    RoleTitles,
    Sense,
    concepts_of_name,
    count_of_names,
    name_of,
    own_words_of,
    owners_of,
    sense_of,
)
from careers.published.titles.occupations import Occupation


class _ByConcepts:
    """Finds, among many sets of concepts, the subsets of a given one, without trying each.

    Each set is filed under the rarest of its concepts. Many sets share a common concept, but the
    rarest is seldom asked for: so few sets need to be tried.
    """

    def __init__(self, sets: Sequence[Collection[str]]) -> None:
        often = Counter(concept for each in sets for concept in each)
        self._numbers = {concept: number for number, concept in enumerate(often)}
        self._rarest: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._ends = array("I")
        self._flat = array("I")  # the numbers of the concepts of all sets, concatenated
        self._empty = [place for place, each in enumerate(sets) if not each]
        for place, each in enumerate(sets):
            if each:
                self._rarest[min(each, key=lambda one: (often[one], one))].append(place)
            self._flat.extend(self._numbers[concept] for concept in each)
            self._ends.append(len(self._flat))

    def within(self, concepts: AbstractSet[str]) -> list[int]:
        """The places of the subsets of these concepts, ascending. Empty sets are among them."""
        asked = {self._numbers[concept] for concept in concepts if concept in self._numbers}
        found = [
            place
            for concept in concepts
            for place in self._rarest.get(concept, ())
            if asked.issuperset(self._of(place))
        ]
        return sorted(found + self._empty)

    def _of(self, place: int) -> Sequence[int]:
        return self._flat[self._ends[place - 1] if place else 0 : self._ends[place]]


class TitleIndex:
    """The names of roles and the titles that may mean them, indexed for look-ups on each keystroke.

    own_words: the folded words of all of these, plurals also in the singular. fields: those in
    which the catalog has roles; empty if it isn't about AI. said: the concepts of all names that
    own them, see owners_of().
    """

    def __init__(self, roles: Iterable[RoleTitles]) -> None:
        self._roles = tuple(roles)
        self._texts = [  # (place of the role, number of its name: 0 is its title)
            (place, which)
            for place, role in enumerate(self._roles)
            for which in range(count_of_names(role))
        ]
        self._own: set[int] = set()  # the places of names that own their concepts, see owners_of()
        self._doing: dict[Occupation, list[int]] = defaultdict(list)
        self._read_names()
        self.fields = frozenset(occupation.field for occupation in self._doing)
        self._sense_texts = [
            (place, which)
            for place, role in enumerate(self._roles)
            for which in range(len(role.near))
        ]
        near = (self._roles[place].near[which].title for place, which in self._sense_texts)
        self._senses = _ByConcepts([concepts_of_name(title) for title in near])
        self.own_words = own_words_of(self._roles)

    def _read_names(self) -> None:
        names = [self._name(place) for place in range(len(self._texts))]
        owners = owners_of(names)
        said: set[str] = set()
        self._names = _ByConcepts([name.concepts for name in names])
        for place, name in enumerate(names):
            if owners[name.concepts] == name.slug:
                self._own.add(place)
                said |= name.concepts
                if name.occupation.field:
                    self._doing[name.occupation].append(place)
        self.said = frozenset(said)

    def _name(self, place: int) -> Name:
        role, which = self._texts[place]
        return name_of(self._roles[role], which)

    def knows(self, token: Token) -> bool:
        """Whether the vocabulary or any role's name has the token."""
        return token.known or bool(token.concepts & self.said)

    def called(self, concepts: AbstractSet[str]) -> list[Name]:
        """All names that have no other concepts than these, in the order of roles."""
        return [self._name(place) for place in self._names.within(concepts)]

    def names(self, concepts: AbstractSet[str]) -> list[Name]:
        """The same, but only names that own their concepts: see owners_of()."""
        places = self._names.within(concepts)
        return [self._name(place) for place in places if place in self._own]

    def names_doing(self, occupations: Iterable[Occupation]) -> list[Name]:
        """The names with these occupations, of the one role that has most of them."""
        places = sorted(place for each in occupations for place in self._doing.get(each, ()))
        if not places:
            return []
        role, _ = Counter(self._texts[place][0] for place in places).most_common(1)[0]
        return [self._name(place) for place in places if self._texts[place][0] == role]

    def names_in(self, field: str) -> list[Name]:
        """The names in a field, of the one role that has most of them."""
        return self.names_doing(each for each in self._doing if each.field == field)

    def kinds_of(self, slug: str) -> set[str]:
        """The kinds of work in the names of a role."""
        return {
            occupation.kind
            for occupation, places in self._doing.items()
            if any(self._roles[self._texts[place][0]].slug == slug for place in places)
        }

    def senses(self, concepts: AbstractSet[str]) -> list[Sense]:
        """Titles that may mean a role, with no other concepts than these, in order of roles."""
        texts = (self._sense_texts[place] for place in self._senses.within(concepts))
        near = ((self._roles[place], self._roles[place].near[which]) for place, which in texts)
        return [sense_of(role.slug, each.title, each.varies) for role, each in near]
