"""The parts of a title that each name a job."""

from dataclasses import dataclass
from itertools import pairwise

from careers.published.titles.concepts import Reading, Token, concepts_of
from careers.published.titles.occupations import (
    FIELD_OF,
    JOBS,
    LEADS,
    SAYS_AI,
    Occupation,
    leads_people,
    occupation_of,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A title, or a part of it that names a job by itself. title: the whole one."""

    title: Reading
    tokens: tuple[Token, ...]

    @property
    def concepts(self) -> frozenset[str]:
        return concepts_of(token for token in self.tokens if token.known)

    @property
    def occupation(self) -> Occupation:
        return occupation_of(self.concepts)

    @property
    def leads(self) -> bool:
        return leads_people(self.concepts)

    @property
    def work(self) -> Occupation:
        """The occupation of the title; for somebody who leads, that of the people they lead."""
        return occupation_of(self.concepts - LEADS) if self.leads else self.occupation

    @property
    def leading(self) -> list[Token]:
        """The words for leading, with an adjacent job: Research Manager, Chief Scientist."""
        leads = {token for token in self.tokens if token.concepts & LEADS}
        beside = {
            job
            for pair in pairwise(self.tokens)
            for token, job in (pair, pair[::-1])
            if token in leads and job.concepts & JOBS and self._in_a_row(*pair)
        }
        return [token for token in self.tokens if token in leads | beside]

    def _in_a_row(self, before: Token, token: Token) -> bool:
        return not self.title.text[before.end : token.start].strip()

    @property
    def beside_the_job(self) -> list[Token]:
        """The tokens in the same parts of the title as the words for the job."""
        parts = {token.part for token in self.tokens if token.concepts & JOBS}
        return [token for token in self.tokens if token.part in parts]

    @property
    def unread(self) -> list[Token]:
        return [token for token in self.beside_the_job if not token.known]

    @property
    def field_tokens(self) -> list[Token]:
        """The words for any field."""
        fields = {concept for those in FIELD_OF.values() for concept in those}
        return [token for token in self.tokens if token.concepts & fields]

    @property
    def job_tokens(self) -> list[Token]:
        """The words for the job, with those for another trade."""
        trade = {"other-trade"} if self.occupation.kind != "data-science" else set()
        beside = self.beside_the_job or self.tokens
        return [token for token in beside if token.concepts & (JOBS | trade)]


def units_of(title: Reading) -> list[Unit]:
    """The parts that name a job with its field, each as a unit; or else one unit of all parts.

    The first part with a job decides. If that is a job of another trade, the other parts don't
    count: a “Recruiter – ML Engineering” recruits. “AI” is too wide a field for a part of its own:
    in “AI Engineer – Vision”, the second part says what the work is. In “ML Engineer – Team Lead”,
    the second part says that the title is of the one who leads.
    """
    parts = [
        Unit(title, tuple(token for token in title.tokens if token.part == part))
        for part in sorted({token.part for token in title.tokens})
    ]
    head = next((part for part in parts if part.concepts & JOBS), None)
    if head and _another_trade(head):
        return [head]
    ours = [part for part in parts if part.occupation.kind != "other"]
    is_led = any(part.leads and not part.occupation.field for part in ours)
    if head and _stands_alone(head) and not is_led:
        return [part for part in ours if _stands_alone(part)]
    return [Unit(title, tuple(token for part in ours for token in part.tokens))]


def _another_trade(part: Unit) -> bool:
    trade = "other-trade" in part.concepts and not part.concepts & {*SAYS_AI, "data-science"}
    return trade or part.occupation.kind == "other"


def _stands_alone(part: Unit) -> bool:
    return bool(part.occupation.kind) and part.occupation.field not in {"", "ai"}
