"""Five this-or-that questions about daily work, and the roles that the answers point to.

Pure. A question sets the work of two roles against each other, in the catalog's words. An answer
speaks for the role whose work was chosen, and for others by what their lessons share with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careers.published.catalog import Role
from careers.published.query import Reader
from careers.published.roadmap import total_work

QUESTIONS = 5
MOST_SUGGESTED = 3
MOST_REASONS = 2
MOST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Option:
    """A piece of daily work, and the role whose work it is."""

    role: Role
    work: str


@dataclass(frozen=True, slots=True)
class Question:
    """Two options. name: the parameter that has the answer; chosen: the option, or None so far."""

    name: str
    options: tuple[Option, Option]
    chosen: Option | None = None

    @property
    def other(self) -> Option | None:
        """The option that was passed over."""
        if not self.chosen:
            return None
        return self.options[1] if self.chosen == self.options[0] else self.options[0]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A role that the answers point to. reasons: the options chosen that speak for it most."""

    role: Role
    reasons: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer that would have put another role first. option: the one that was passed over."""

    option: Option
    role: Role


@dataclass(frozen=True, slots=True)
class Outcome:
    """The questions, and what the answers say. suggestions: best first; none without an answer."""

    questions: tuple[Question, ...]
    suggestions: tuple[Suggestion, ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def unanswered(self) -> int:
        return sum(question.chosen is None for question in self.questions)


def read_choices(reader: Reader, roles: Mapping[str, Role]) -> Outcome:
    """What an address answers."""
    questions = tuple(_answered(question, reader) for question in _questions(roles))
    ranked = _ranked(questions, roles)
    suggestions = [Suggestion(role, _reasons(role, questions)) for role in ranked[:MOST_SUGGESTED]]
    return Outcome(questions, tuple(suggestions), tuple(_turns(questions, roles))[:MOST_TURNS])


def _questions(roles: Mapping[str, Role]) -> list[Question]:
    """The work of the first roles, in the editors' order, against that of those farther down."""
    telling = [role for role in roles.values() if role.daily_work]
    count = min(QUESTIONS, len(telling) // 2)
    options = [Option(role, role.daily_work[0]) for role in telling[: 2 * count]]
    return [Question(f"a{n + 1}", (options[n], options[n + count])) for n in range(count)]


def _answered(question: Question, reader: Reader) -> Question:
    known = {option.role.slug: option for option in question.options}
    return Question(question.name, question.options, reader.one_of(question.name, known, "answer"))


def likeness(one: Role, other: Role) -> float:
    """How alike two roles are to learn: 1 for the same, else half of what their lessons share.

    The share is that of minutes: of lessons that both need, among those that either needs.
    """
    if one.slug == other.slug:
        return 1
    mine, theirs = one.roadmap.numbers, other.roadmap.numbers
    lessons = {lesson.number: lesson for lesson in (*one.roadmap.lessons, *other.roadmap.lessons)}
    every = total_work(lessons.values()).minutes
    both = total_work(lessons[number] for number in mine & theirs).minutes
    return both / every / 2 if every else 0


def _score(role: Role, questions: Sequence[Question]) -> float:
    return sum(
        likeness(role, question.chosen.role) - likeness(role, question.other.role)
        for question in questions
        if question.chosen and question.other
    )


def _ranked(questions: Sequence[Question], roles: Mapping[str, Role]) -> list[Role]:
    """Roles, the best first; those with the same score in the editors' order."""
    if not any(question.chosen for question in questions):
        return []
    return sorted(roles.values(), key=lambda role: -_score(role, questions))


def _reasons(role: Role, questions: Sequence[Question]) -> tuple[Option, ...]:
    spoken = [
        (likeness(role, question.chosen.role), question.chosen)
        for question in questions
        if question.chosen
        and question.other
        and likeness(role, question.chosen.role) > likeness(role, question.other.role)
    ]
    return tuple(option for _, option in sorted(spoken, key=lambda pair: -pair[0]))[:MOST_REASONS]


def _turns(questions: Sequence[Question], roles: Mapping[str, Role]) -> list[Turn]:
    """The answers that would have put another role first, each for itself."""
    ranked, found = _ranked(questions, roles), []
    for place, question in enumerate(questions):
        if question.other:
            turned = Question(question.name, question.options, question.other)
            first = _ranked([*questions[:place], turned, *questions[place + 1 :]], roles)[0]
            if first.slug != ranked[0].slug:
                found.append(Turn(question.other, first))
    return found
