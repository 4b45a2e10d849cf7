"""Write the smallest pieces of forms without templates: a role's form has hundreds of them.

Django's templates for inputs, options, labels and lists of errors are a line each, and took a third
of the time of such a form. The functions here write the same bytes. Other templates, and values
that aren't plain text, are left to Django. To override one of these templates, take its line out of
WRITTEN: otherwise the override isn't used.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.safestring import SafeData

type Context = Mapping[str, Any]


class NotPlainError(Exception):
    """Raised for a value that Django's template may format, such as a time or a decimal."""


class FormRenderer(TemplatesSetting):
    """The FORM_RENDERER of the site."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        if write := WRITTEN.get(template_name):
            try:
                return write(context).strip()
            except NotPlainError:
                pass
        return super().render(template_name, context, request)


def _shown(value: Any) -> str:
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, SafeData):
        return str(value)
    if isinstance(value, str):
        return escape(value)
    raise NotPlainError


def _attribute(value: Any) -> str:
    """The value of an attribute, for which Django's template uses str() whatever its type."""
    if isinstance(value, str | Promise):
        return _shown(value)
    if callable(value):
        raise NotPlainError
    return escape(str(value))


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_attribute(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(context: Context) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_attribute(widget["value"])}"'
    begin = f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"'
    return f"{begin}{value}{_attributes(widget['attrs'])}>"


def _textarea(context: Context) -> str:
    widget = context["widget"]
    text = _shown(widget["value"]) if widget["value"] else ""
    begin = f'<textarea name="{_shown(widget["name"])}"'
    return f"{begin}{_attributes(widget['attrs'])}>\n{text}</textarea>"


def _select(context: Context) -> str:
    widget = context["widget"]
    groups = (_group(name, options) for name, options, _ in widget["optgroups"])
    begin = f'<select name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>'
    return f"{begin}{''.join(groups)}\n</select>"


def _group(name: Any, options: list[Any]) -> str:
    inner = "".join(f"\n  {_option(each)}\n" for each in options)
    return f'\n  <optgroup label="{_shown(name)}">{inner}\n  </optgroup>' if name else inner


def _option(option: Context) -> str:
    if option["template_name"] != OPTION:
        raise NotPlainError
    begin = f'<option value="{_attribute(option["value"])}"{_attributes(option["attrs"])}>'
    return f"{begin}{_shown(option['label'])}</option>"


def _label(context: Context) -> str:
    words = _shown(context["label"])
    if not context["use_tag"]:
        return words
    tag = _shown(context["tag"])
    return f"<{tag}{_attributes(context['attrs'])}>{words}</{tag}>"


def _errors(context: Context) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    own = f' id="{_shown(errors.field_id)}_error"' if errors.field_id else ""
    items = "".join(f"<li>{_shown(each)}</li>" for each in errors)
    return f'<ul class="{_shown(context["error_class"])}"{own}>{items}</ul>'


WIDGETS = "django/forms/widgets"
OPTION = f"{WIDGETS}/select_option.html"
INPUTS = ("text", "hidden", "checkbox", "number", "url", "email", "password", "date")
WRITTEN: Mapping[str, Callable[[Context], str]] = {
    **{f"{WIDGETS}/{name}.html": _input for name in INPUTS},
    f"{WIDGETS}/textarea.html": _textarea,
    f"{WIDGETS}/select.html": _select,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
}
