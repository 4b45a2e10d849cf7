"""A field in a form of the admin, with its label, help and errors."""

from types import SimpleNamespace
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def cell(field: Any, *, is_alone: bool) -> SafeString:
    """The inner loop of Django's fieldset.html, with the same tags; a role's form has 120 of these.

    field: one of django.contrib.admin.helpers. is_alone: whether it is the only one on its line.
    """
    is_group = not field.is_readonly and field.is_fieldset
    bound = SimpleNamespace(**field.field, id_for_label="") if field.is_readonly else field.field
    errors = "" if field.is_readonly else field.errors()
    shown = f'<div class="readonly">{field.contents()}</div>' if field.is_readonly else str(bound)
    label = field.label_tag()
    hidden = " hidden" if bound.is_hidden else ""
    helped_by = f"{bound.id_for_label}_helptext" if bound.help_text else ""

    classes = "flex-container"
    classes += " errors" if errors else ""
    classes += "" if is_alone else f" fieldBox field-{conditional_escape(bound.name)}{hidden}"
    classes += " checkbox-row" if field.is_checkbox else ""
    parts = ["" if is_group else label, _help(bound, helped_by, hidden), errors, shown]
    if field.is_checkbox:
        parts[0] = f'<div class="checkbox">\n{parts.pop()}\n{parts[0]}\n</div>'
    made = f'<div class="{classes}">\n{"\n".join(filter(None, parts))}\n</div>'
    if is_group:
        described = f' aria-describedby="{helped_by}"' if helped_by else ""
        made = f"<fieldset{described}>{label}\n{made}\n</fieldset>"
    return mark_safe(made)  # noqa: S308  all parts are safe, as in Django's template


def _help(bound: Any, helped_by: str, hidden: str) -> str:
    if not bound.help_text:
        return ""
    own = f' id="{helped_by}"' if bound.id_for_label else ""
    return f'<div class="help{hidden}"{own}>\n<div>{bound.help_text}</div>\n</div>'
