"""What concepts say about a job: its field, and the kind of work in it."""

from functools import lru_cache
from typing import NamedTuple

# A title's field is the first one here that has any of its concepts: narrow fields come first.
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
# Where a catalog has no role in a field, the role with the same job in the wider field is nearest.
WIDER = {
    "prompt": "generative",
    "security": "ai",
    "data": "ai",
    "ops": "ml",
    "vision": "ml",
    "generative": "ai",
    "ml": "ai",
}
# These mean AI by themselves. Security, data and platforms mostly don't.
SAYS_AI = frozenset(
    concept for field in ("prompt", "generative", "ml", "ai") for concept in FIELD_OF[field]
) | {"vision", "image", "perception", "mlops", "model-serving"}
# A title's kind of work is the first entry here of which it has all concepts.
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
    """A field and a kind of work, such as ("vision", "build"); "" where a title doesn't say."""

    field: str
    kind: str


@lru_cache(maxsize=1024)
def occupation_of(concepts: frozenset[str]) -> Occupation:
    """The narrowest field and the first kind of work in the concepts of a title."""
    kind = next((kind for kind, needed in _KINDS if concepts.issuperset(needed)), "")
    return Occupation(_field(concepts), kind)


def leads_people(concepts: frozenset[str]) -> bool:
    """Whether the job is to lead those who do the work."""
    return bool(concepts & LEADS) and not concepts & _OF_THEIR_OWN


def _field(concepts: frozenset[str]) -> str:
    if concepts & SAYS_AI:
        return next(field for field, those in FIELD_OF.items() if concepts.intersection(those))
    return ""


def has_roles_in(field: str, fields: frozenset[str]) -> bool:
    """Whether a catalog has roles in a field or in a wider one. fields: those of the catalog."""
    while field and field not in fields:
        field = WIDER.get(field, "")
    return bool(field)
