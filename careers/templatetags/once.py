"""Render once what pages say of a thing in the same words to everybody."""

from threading import Lock
from typing import Any, cast

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import TemplateIfParser, TemplateLiteral
from django.utils import timezone
from django.utils.safestring import SafeString

register = template.Library()

MOST_KEPT = 250  # renderings for each tag in a template, of 3 to 20 KB


class OnceNode(Node):
    """Renders its content once for the same things on the same day.

    Things are the same if they are the same object. To compare their values would take as long as
    to render them, and the catalog's objects never change: a new version of the catalog keeps those
    that it leaves as they were. Lists are the same if they hold the same things in the same order.
    """

    def __init__(
        self, things: list[FilterExpression], unless: TemplateLiteral | None, nodelist: NodeList
    ) -> None:
        self.things = things
        self.unless = unless
        self.nodelist = nodelist
        self._lock = Lock()
        # Keeps the things alive as well: otherwise another object could get the id() of one.
        self.kept: dict[tuple[Any, ...], tuple[list[Any], SafeString]] = {}

    def render(self, context: Context) -> SafeString:
        if self.unless and self.unless.eval(cast("Any", context)):  # {% if %} passes one as well
            return self.nodelist.render(context)
        things = [thing.resolve(context) for thing in self.things]
        key = timezone.localdate(), *map(_identity, things)
        if found := self.kept.get(key):
            return found[1]
        html = self.nodelist.render(context)
        with self._lock:
            self.kept[key] = things, html
            while len(self.kept) > MOST_KEPT:
                del self.kept[next(iter(self.kept))]
        return html


def _identity(thing: Any) -> int | tuple[int, ...]:
    """What tells a thing from all others as long as both exist; of a list, what does so for each
    thing in it: every page makes its lists anew."""
    return tuple(map(id, thing)) if isinstance(thing, list | tuple) else id(thing)


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """`{% once role %}…{% endonce %}`: render what is between once for this very role.

    It may depend on the things named, of lists on those in them, and on the day, and on nothing
    else in the page. What depends on the visitor as well only for some of them says for whom:
    `{% once role unless study %}` is rendered each time for those with a plan, and once for all
    others. Behind `unless` stands what may stand in an `{% if %}`.

    Raises:
        TemplateSyntaxError: no thing is named, or no condition behind `unless`.
    """
    _, *words = token.split_contents()
    things, condition = words, None
    if "unless" in words:
        at = words.index("unless")
        things = words[:at]
        condition = TemplateIfParser(parser, words[at + 1 :]).parse()
    if not things:
        raise template.TemplateSyntaxError("once: name the things that it is rendered for.")
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode([parser.compile_filter(thing) for thing in things], condition, nodelist)
