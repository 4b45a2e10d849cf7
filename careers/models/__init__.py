"""The rows: who needs what is taught, and what happened to the catalog."""

from careers.models.backgrounds import SAME_BACKGROUND_TWICE, Background, Fit, Pivot, PivotQuerySet
from careers.models.history import Apply, CatalogEntry, Choice, Edit, News, Origin, Revision, Side
from careers.models.listed import SAME_KEY
from careers.models.pay import (
    LOW_ABOVE_HIGH,
    MIDDLE_OUTSIDE,
    MIDDLE_UNNAMED,
    NOT_YET_COLLECTED,
    PROXY_UNNAMED,
    Grade,
    MiddleKind,
    SalaryBand,
)
from careers.models.roles import (
    RESERVED_SLUG,
    RESERVED_SLUGS,
    SAME_CODE,
    SAME_PATH_TWICE,
    SAME_SLUG,
    SHARES_NOT_WHOLE,
    FormerRoleSlug,
    Group,
    LineColor,
    Role,
    RoleQuerySet,
    Sequence,
    Step,
    validate_time_split,
)
from careers.models.signals import HiringSignal
from careers.models.version import CatalogVersion

__all__ = [
    "LOW_ABOVE_HIGH",
    "MIDDLE_OUTSIDE",
    "MIDDLE_UNNAMED",
    "NOT_YET_COLLECTED",
    "PROXY_UNNAMED",
    "RESERVED_SLUG",
    "RESERVED_SLUGS",
    "SAME_BACKGROUND_TWICE",
    "SAME_CODE",
    "SAME_KEY",
    "SAME_PATH_TWICE",
    "SAME_SLUG",
    "SHARES_NOT_WHOLE",
    "Apply",
    "Background",
    "CatalogEntry",
    "CatalogVersion",
    "Choice",
    "Edit",
    "Fit",
    "FormerRoleSlug",
    "Grade",
    "Group",
    "HiringSignal",
    "LineColor",
    "MiddleKind",
    "News",
    "Origin",
    "Pivot",
    "PivotQuerySet",
    "Revision",
    "Role",
    "RoleQuerySet",
    "SalaryBand",
    "Sequence",
    "Side",
    "Step",
    "validate_time_split",
]
