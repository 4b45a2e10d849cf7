"""What an editor does in the admin, without a browser."""

from bs4 import BeautifulSoup
from django.urls import reverse


def tree(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def change_url(thing) -> str:
    return reverse(f"admin:{thing._meta.label_lower.replace('.', '_')}_change", args=[thing.pk])


def typed(page: BeautifulSoup, form: str) -> dict[str, object]:
    """What a browser would send if the form were submitted as it stands."""
    data = {}
    for field in page.select(f"#{form} :is(input, select, textarea)[name]"):
        if field.find_parent("template") or field.get("type") in {"submit", "checkbox"}:
            continue
        if field.name == "select":
            chosen = [option["value"] for option in field.select("option[selected]")]
            data[field["name"]] = chosen if field.has_attr("multiple") else (chosen or [""])[0]
        else:
            text = field.text.removeprefix("\n") if field.name == "textarea" else None
            data[field["name"]] = field.get("value", "") if text is None else text
    return data


def form_of(client, thing) -> dict[str, object]:
    return typed(tree(client.get(change_url(thing))), f"{thing._meta.model_name}_form")


def save(client, thing, **changes):
    """Submit a thing's form with some fields changed, as a browser would."""
    return client.post(change_url(thing), form_of(client, thing) | changes)


def errors(response) -> list[str]:
    assert response.status_code == 200, "the form was saved"
    return [item.text for item in tree(response).select(".errorlist li")]


def messages(response) -> str:
    return tree(response).select_one(".messagelist").text


def run(client, kind, action, *things):
    sent = {"action": action, "_selected_action": [thing.pk for thing in things], "index": 0}
    sent["removals"] = len(things)  # what is typed where the page asks about much at once
    return client.post(reverse(f"admin:{kind}_changelist"), sent, follow=True)
