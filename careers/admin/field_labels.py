"""What the forms and the history call a field."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist

from careers.sync import model_of

# Of fields whose own names say too little.
LABELS = {"formerly": "earlier addresses", "knows": "lessons known", "signals": "hiring signals"}


def field_label(kind: str, name: str) -> str:
    """kind: of the catalog, as in “roles”. name: as an entry has it, as in “not_taught”."""
    try:
        field: Any = model_of(kind)._meta.get_field(name)
        of_model = str(getattr(field, "verbose_name", ""))
    except FieldDoesNotExist:
        of_model = ""
    return LABELS.get(name) or of_model or name.replace("_", " ")
