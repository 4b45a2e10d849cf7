"""What an editor does in the admin, without a browser."""

from urllib.parse import urlencode

from bs4 import BeautifulSoup
from django.urls import reverse
from lxml import html

# What a browser sends: checkboxes only if ticked, and nothing inside a <template>.
FIELDS = (
    ".//*[self::input or self::select or self::textarea][@name]"
    "[not(@type='submit')][not(@type='checkbox') or @checked][not(ancestor::template)]"
)


def tree(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def change_url(thing) -> str:
    return reverse(f"admin:{thing._meta.label_lower.replace('.', '_')}_change", args=[thing.pk])


def parsed(response) -> html.HtmlElement:
    """Parse a page, twenty times as fast as `tree` does."""
    return html.document_fromstring(response.content, parser=html.HTMLParser(encoding="utf-8"))


def typed(response, form: str) -> dict[str, object]:
    """Return what a browser would send for the unchanged form. form: its id on the page."""
    return typed_in(parsed(response).get_element_by_id(form))


def typed_in(form: html.HtmlElement) -> dict[str, object]:
    """Return what a browser would send for the unchanged form."""
    data: dict[str, object] = {}
    for field in form.xpath(FIELDS):
        name = field.get("name")
        if field.tag == "select":
            data[name] = list(field.value) if field.multiple else (field.value or "")
        elif field.tag == "textarea":
            data[name] = field.text_content().removeprefix("\n")
        else:
            data[name] = field.get("value", "on" if field.get("type") == "checkbox" else "")
    return data


def form_of(client, thing) -> dict[str, object]:
    return typed(client.get(change_url(thing)), f"{thing._meta.model_name}_form")


def save(client, thing, **changes):
    """Submit a thing's form with some fields changed, as a browser would."""
    url = change_url(thing)
    form = parsed(client.get(url)).get_element_by_id(f"{thing._meta.model_name}_form")
    data = typed_in(form) | changes
    if form.get("enctype"):
        return client.post(url, data)
    return client.post(url, urlencode(data, doseq=True), "application/x-www-form-urlencoded")


def errors(response) -> list[str]:
    assert response.status_code == 200, "the form was saved"
    lists = parsed(response).find_class("errorlist")
    return [item.text_content() for each in lists for item in each.iter("li")]


def messages(response) -> str:
    (told,) = parsed(response).find_class("messagelist")
    return told.text_content()


def run(client, kind, action, *things):
    sent = {"action": action, "_selected_action": [thing.pk for thing in things], "index": 0}
    sent["removals"] = len(things)  # typed to confirm where many things are retired at once
    return client.post(reverse(f"admin:{kind}_changelist"), sent, follow=True)
