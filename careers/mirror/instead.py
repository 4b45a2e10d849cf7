"""What the mirror shows in place of a form."""

from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from careers import snapshot


def instead_of_form(action: str, classes: str) -> str:
    """HTML in place of a form: a sentence, with the whole list if there is one.

    action: the address that the form is sent to. classes: the form's.
    """
    try:
        asks = resolve(urlsplit(action).path).url_name or ""
    except Resolver404:
        asks = ""
    if asks.startswith("plan-"):
        return ""  # the foot of each page says that there is no plan
    given = classes.split()
    context = {
        "asks": asks,
        "is_door": "door" in given,
        "says_who": "you" in given and asks != "changes",
        "catalog": snapshot.current(),
    }
    return render_to_string("mirror/instead_of_form.html", context).strip()
