"""Five this-or-that questions about daily work, and the roles that the answers point to.

Pure. Each question offers work of two roles, in the catalog's words. Roles whose work was chosen
come first. Among them, the answers to the other questions decide, by the lessons that roles share.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import combinations, product

from careers.published.catalog import Catalog, Role, Things, once
from careers.published.lookup.roads import roads
from careers.published.query import Reader
from careers.published.roadmap import total_work

QUESTIONS = 5
MOST_SUGGESTED = 3
MOST_REASONS = 2
MOST_TURNS = 2
MOST_LIKELY = 30  # roles that are compared in detail when there are thousands
EXACT = 1e-9  # sums of the same floats in another order differ by less


@dataclass(frozen=True, slots=True)
class Option:
    """A piece of daily work, and the role whose work it is."""

    role: Role
    work: str

    @property
    def formerly(self) -> tuple[str, ...]:
        """The role's earlier slugs, by which old addresses name this option."""
        return self.role.formerly


@dataclass(frozen=True, slots=True)
class Question:
    """Two options. name: the parameter with the answer. chosen: None if unanswered."""

    name: str
    options: tuple[Option, Option]
    chosen: Option | None = None

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of the two roles."""
        return tuple(option.role.slug for option in self.options)

    @property
    def other(self) -> Option | None:
        """The option that wasn't chosen, or None if there is no answer."""
        if not self.chosen:
            return None
        return self.options[1] if self.chosen == self.options[0] else self.options[0]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A role that the answers point to. reasons: the chosen options that favor it most."""

    role: Role
    reasons: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer that would have put another role first. option: the one that wasn't chosen."""

    option: Option
    role: Role


@dataclass(frozen=True, slots=True)
class Outcome:
    """The questions and the result. suggestions: the best first; none if nothing is answered.

    further: the chosen options of roles that aren't suggested, the best first.
    """

    questions: tuple[Question, ...]
    suggestions: tuple[Suggestion, ...] = ()
    further: tuple[Option, ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def roles(self) -> list[Role]:
        """The roles that are suggested."""
        return [each.role for each in self.suggestions]

    @property
    def unanswered(self) -> int:
        return sum(question.chosen is None for question in self.questions)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions without answers. alike: the likeness of each two of their roles, by slugs.

    places: the slug of one of their roles → its place in the editors' order.
    """

    questions: tuple[Question, ...]
    alike: Mapping[tuple[str, str], float]
    places: Mapping[str, int]

    def likeness(self, one: Role, other: Role) -> float:
        known = self.alike.get((one.slug, other.slug))
        return likeness(one, other) if known is None else known

    def lean(self, role: Role, question: Question) -> float:
        """How far an answer favors a role: below 0 where it speaks against it."""
        if not question.chosen or not question.other:
            return 0
        chosen, other = question.chosen.role, question.other.role
        return self.likeness(role, chosen) - self.likeness(role, other)

    def favor(self, role: Role, questions: Iterable[Question]) -> tuple[float, float]:
        """How far the answers favor a role, as two figures to sort by; the second decides ties.

        The first is the share of all possible answers to the same questions that would favor it
        less; those that favor it equally count half. The second is the sum of the answers' leans,
        relative to the highest possible. Questions about its own work don't count. Being like many
        roles or like few makes no difference: a role is only measured against what it could get.
        """
        leans = [self.lean(role, each) for each in questions if role.slug not in each.slugs]
        said, most = sum(leans), sum(map(abs, leans))
        ways = [sum(way) for way in product(*((lean, -lean) for lean in leans))]
        less = sum(way < said - EXACT for way in ways)
        as_much = sum(abs(way - said) <= EXACT for way in ways)
        return (less + as_much / 2) / len(ways), said / most if most else 0

    def chosen(self, questions: Iterable[Question]) -> list[Option]:
        """The chosen options, ordered by how far the other answers favor their roles.

        Ties are in the editors' order.
        """
        options = [question.chosen for question in questions if question.chosen]
        options.sort(key=lambda each: self.places[each.role.slug])
        return sorted(options, key=lambda each: self.favor(each.role, questions), reverse=True)

    def not_chosen(self, questions: Sequence[Question], roles: Iterable[Role]) -> list[Role]:
        """The other roles, ordered likewise; those whose work was turned down come last."""
        chosen = {question.chosen.role.slug for question in questions if question.chosen}
        passed_over = {question.other.role.slug for question in questions if question.other}
        others = [role for role in roles if role.slug not in chosen]
        others.sort(key=lambda role: self.favor(role, questions), reverse=True)
        return sorted(others, key=lambda role: role.slug in passed_over)

    def reasons(self, role: Role, questions: Iterable[Question]) -> tuple[Option, ...]:
        """The chosen options that favor a role: its own work first, then that of the most alike."""
        spoken = [each.chosen for each in questions if each.chosen and self.lean(role, each) > 0]
        spoken.sort(key=lambda option: -self.likeness(role, option.role))
        return tuple(spoken[:MOST_REASONS])

    def turns(self, questions: Sequence[Question]) -> Iterator[Turn]:
        """Each answer that, if it alone were changed, would put another role first."""
        for place, question in enumerate(questions):
            if question.other:
                turned = replace(question, chosen=question.other)
                first = self.chosen([*questions[:place], turned, *questions[place + 1 :]])[0].role
                if first.slug != self.chosen(questions)[0].role.slug:
                    yield Turn(question.other, first)


def read_choices(reader: Reader, catalog: Catalog) -> Outcome:
    """Read the answers from an address."""
    asked = _asked(catalog)
    questions = _answered(asked, reader)
    chosen = asked.chosen(questions)
    suggested = [option.role for option in chosen[:MOST_SUGGESTED]]
    if suggested and len(suggested) < MOST_SUGGESTED:
        suggested += asked.not_chosen(questions, _likely(suggested, catalog))
    return Outcome(
        questions,
        tuple(
            Suggestion(role, asked.reasons(role, questions)) for role in suggested[:MOST_SUGGESTED]
        ),
        tuple(chosen[MOST_SUGGESTED:]),
        tuple(asked.turns(questions))[:MOST_TURNS],
    )


def _likely(chosen: Sequence[Role], catalog: Catalog) -> list[Role]:
    """The roles that share most with the chosen ones, and the first in the editors' order."""
    known = roads(catalog)
    shared = known.minutes_of(frozenset().union(*(role.roadmap.numbers for role in chosen)))
    most = nsmallest(MOST_LIKELY, shared, key=lambda place: (-shared[place], place))
    places = {*most, *range(min(MOST_LIKELY, len(known.roles)))}
    return [known.roles[place] for place in sorted(places)]


@once
def _asked(catalog: Catalog) -> _Asked:
    """Ask about the work of the first roles in the editors' order, in the pairs that share least.

    If two were alike, either choice would say nearly the same about all other roles.
    """
    telling = [role for role in catalog.roles.values() if role.daily_work][: 2 * QUESTIONS]
    options = [Option(role, role.daily_work[0]) for role in telling[: len(telling) // 2 * 2]]
    slugs = [option.role.slug for option in options]
    alike: dict[tuple[str, str], float] = {}
    for one, other in combinations(options, 2):
        pair = one.role.slug, other.role.slug
        alike[pair] = alike[pair[::-1]] = likeness(one.role, other.role)
    pairs = min(
        _pairings(tuple(range(len(options)))),
        key=lambda pairs: sum(alike[slugs[one], slugs[other]] for one, other in pairs),
    )
    questions = (
        Question(f"a{number}", (options[one], options[other]))
        for number, (one, other) in enumerate(pairs, start=1)
    )
    return _Asked(tuple(questions), alike, {slug: place for place, slug in enumerate(slugs)})


def _pairings(places: tuple[int, ...]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way to put an even number of places into pairs: 945 for ten."""
    if not places:
        yield ()
        return
    first, *others = places
    for other in others:
        for pairs in _pairings(tuple(place for place in others if place != other)):
            yield ((first, other), *pairs)


def _answered(asked: _Asked, reader: Reader) -> tuple[Question, ...]:
    """The questions with the answers that an address gives.

    An option may be given under the name of any question: the pairs change when the roles' lessons
    do, and an address that somebody kept must still say what they chose. So must one from before a
    role was renamed.
    """
    options = (each for question in asked.questions for each in question.options)
    known = Things({each.role.slug: each for each in options})
    given = {each.name: reader.one_of(each.name, known, "answer") for each in asked.questions}
    return tuple(replace(each, chosen=_answer(each, given)) for each in asked.questions)


def _answer(question: Question, given: Mapping[str, Option | None]) -> Option | None:
    answers = (given[question.name], *given.values())
    return next((each for each in answers if each in question.options), None)


def likeness(one: Role, other: Role) -> float:
    """How alike the lessons of two roles are: 1 for the same role, else up to 0.5.

    That is half of the share that the lessons needed by both have in the minutes of all lessons
    that either needs.
    """
    if one.slug == other.slug:
        return 1
    mine, theirs = one.roadmap.numbers, other.roadmap.numbers
    lessons = {lesson.number: lesson for lesson in (*one.roadmap.lessons, *other.roadmap.lessons)}
    every = total_work(lessons.values()).minutes
    both = total_work(lessons[number] for number in mine & theirs).minutes
    return both / every / 2 if every else 0
