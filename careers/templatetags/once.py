"""What a page says of a thing in the same words to everybody, rendered once."""

from threading import Lock
from typing import Any

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString

register = template.Library()

MOST_KEPT = 250  # of one place in a template: some 3 KB each


class OnceNode(Node):
    """Renders what stands in it once for some things and a day.

    Things are told apart by what they are in memory and not by what they say, which would take as
    long as to render them: the catalog's never change, and those that a change of it left as they
    were stay the same.
    """

    def __init__(self, things: list[FilterExpression], nodelist: NodeList) -> None:
        self.things = things
        self.nodelist = nodelist
        self._lock = Lock()
        # The things are kept as well: whatever came after them in memory would be taken for them.
        self.kept: dict[tuple[Any, ...], tuple[list[Any], SafeString]] = {}

    def render(self, context: Context) -> SafeString:
        things = [thing.resolve(context) for thing in self.things]
        key = timezone.localdate(), *map(id, things)
        if found := self.kept.get(key):
            return found[1]
        html = self.nodelist.render(context)
        with self._lock:
            self.kept[key] = things, html
            while len(self.kept) > MOST_KEPT:
                del self.kept[next(iter(self.kept))]
        return html


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """`{% once role %}…{% endonce %}`: render what stands between once for this very role.

    For what depends on the things named and on the day, and on nothing else of the page.
    """
    _, *things = token.split_contents()
    if not things:
        raise template.TemplateSyntaxError("once: name the things that it is rendered for.")
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode([parser.compile_filter(thing) for thing in things], nodelist)
