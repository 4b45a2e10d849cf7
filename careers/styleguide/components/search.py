"""Finding roles, and setting them side by side."""

from collections.abc import Iterable

from careers.pages import views
from careers.published.search import Option
from careers.styleguide.states import Component, Piece, _parts


def _of_the_list() -> Iterable[Component]:
    options = (Option("teacher", "Teacher", 12, chosen=True), Option("nurse", "Nurse", 0, False))
    given = {"name": "sample", "label": "You come from", "any": "anywhere", "options": options}
    yield Component("Facet", _parts("parts/facet.html", {"One chosen": given}))
    chosen = "from=teacher&path=tables-and-queries&hours=30&pace=5"
    yield Component(
        "Search form",
        [Piece("Four choices made", views.role_list, ('<form id="search"', "</form>"), chosen)],
        "What narrows the roles. Each choice says how many roles it would leave.",
        wide=True,
    )
    yield Component(
        "Choices",
        [Piece("Three", views.role_list, ('<p class="chosen"', "</p>"), chosen)],
        "What was chosen. Each can be dropped.",
        wide=True,
    )
    tray = ('<aside class="tray"', "</aside>")
    yield Component(
        "Tray",
        [
            Piece("One role", views.role_list, tray, "r=sample-0"),
            Piece("Three", views.role_list, tray, "r=sample-0&r=sample-1&r=sample-2"),
        ],
        "The roles put aside to be compared. It stays at the foot of the window.",
        wide=True,
    )
    meant = ('<ol class="matches"', "</ol>")
    yield Component(
        "Matches",
        [Piece("One, by its name", views.decode_title, meant, "title=Senior+Model+Tuner")],
        "The roles that a job ad’s title may mean, and why.",
        wide=True,
    )
    two = "r=sample-1&r=sample-2&from=teacher&pace=5"
    yield Component(
        "Comparison",
        [Piece("Two roles", views.compare, ('<div id="table"', "</table>\n  </div>"), two)],
        "Roles side by side; one below the other where the window is narrow.",
        wide=True,
    )
    yield Component(
        "Bars",
        [Piece("Two roles", views.compare, ('<ul class="bars"', "</ul>"), two)],
        "What roadmaps share: their lines run side by side.",
        wide=True,
    )
