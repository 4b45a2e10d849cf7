"""What concepts say of a job: its field, and the kind of work in it."""

from functools import lru_cache
from typing import NamedTuple

# The first of these that a title has is its field. The narrower comes before the wider.
FIELD_OF = {
    "prompt": ("prompt",),
    "security": ("security", "adversarial", "red-team"),
    "data": ("data",),
    "ops": ("mlops", "platform", "infrastructure", "devops", "sre", "serving", "model-serving"),
    "vision": ("vision", "image", "perception", "sight"),
    "generative": ("generative", "llm", "rag", "agent", "chatbot"),
    "ml": ("ml", "deep", "nlp", "speech", "recommender", "reinforcement"),
    "ai": ("ai",),
}
# Where nobody is known in a field, whoever does the job in the wider one is next.
WIDER = {
    "prompt": "generative",
    "security": "ai",
    "data": "ai",
    "ops": "ml",
    "vision": "ml",
    "generative": "ai",
    "ml": "ai",
}
# These say AI by themselves; security, data and platforms are mostly those of something else.
SAYS_AI = frozenset(
    concept for field in ("prompt", "generative", "ml", "ai") for concept in FIELD_OF[field]
) | {"vision", "image", "perception", "mlops", "model-serving"}
# The first of these whose concepts a title has is its kind of work.
_KINDS = (
    ("other", ("other-job",)),
    ("product", ("product-manager",)),
    ("project", ("project-manager",)),
    ("architect", ("architect",)),
    ("research", ("research",)),
    ("research", ("scientist",)),
    ("consultant", ("consultant",)),
    ("lead", ("engineer", "manager")),
    ("lead", ("leader",)),
    ("lead", ("team-lead",)),
    ("presales", ("solutions-engineer",)),
    ("build", ("engineer",)),
    ("data-science", ("data-science",)),
    ("specialist", ("specialist",)),
    ("analyst", ("analyst",)),
    ("lead", ("manager",)),
    ("other", ("designer",)),
    ("other", ("writer",)),
)
LEADS = frozenset({"manager", "leader", "team-lead"})  # people, not a product or a project
_OF_THEIR_OWN = frozenset({"product-manager", "project-manager", "other-job"})
JOBS = frozenset(concept for _, needed in _KINDS for concept in needed)


class Occupation(NamedTuple):
    """A field and a kind of work, as in ("vision", "build"); "" for what a title doesn't say."""

    field: str
    kind: str


@lru_cache(maxsize=1024)
def occupation_of(concepts: frozenset[str]) -> Occupation:
    """The narrowest field, and the first kind of work, that the concepts of a title say."""
    kind = next((kind for kind, needed in _KINDS if concepts.issuperset(needed)), "")
    return Occupation(_field(concepts), kind)


def leads_people(concepts: frozenset[str]) -> bool:
    """Whether a title is that of who leads those who do the work."""
    return bool(concepts & LEADS) and not concepts & _OF_THEIR_OWN


def _field(concepts: frozenset[str]) -> str:
    if concepts & SAYS_AI:
        return next(field for field, those in FIELD_OF.items() if concepts.intersection(those))
    return ""


def has_roles_in(field: str, fields: frozenset[str]) -> bool:
    """Whether a field, or one that is wider, is among those of a catalog."""
    while field and field not in fields:
        field = WIDER.get(field, "")
    return bool(field)
