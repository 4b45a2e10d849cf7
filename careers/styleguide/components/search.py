"""Finding roles, and setting them side by side."""

from collections.abc import Iterable

from careers.pages import views
from careers.published.search import FacetOption
from careers.styleguide.states import Component, PageState, template_states


def search_components() -> Iterable[Component]:
    options = (
        FacetOption("teacher", "Teacher", 12, chosen=True),
        FacetOption("nurse", "Nurse", 0, False),
    )
    given = {"name": "sample", "label": "You come from", "any": "anywhere", "options": options}
    yield Component("Facet", template_states("parts/facet.html", {"One chosen": given}))
    chosen = "from=teacher&path=tables-and-queries&hours=30&pace=5"
    yield Component(
        "Search form",
        [PageState("Four choices made", views.role_list, ('<form id="search"', "</form>"), chosen)],
        "What narrows the roles. Each choice says how many roles it would leave.",
        wide=True,
    )
    yield Component(
        "Choices",
        [PageState("Three", views.role_list, ('<p class="chosen"', "</p>"), chosen)],
        "What was chosen. Each can be dropped.",
        wide=True,
    )
    tray = ('<aside class="tray"', "</aside>")
    yield Component(
        "Tray",
        [
            PageState("One role", views.role_list, tray, "r=sample-0"),
            PageState("Three", views.role_list, tray, "r=sample-0&r=sample-1&r=sample-2"),
        ],
        "The roles put aside to be compared. It stays at the foot of the window.",
        wide=True,
    )
    meant = ('<ol class="matches"', "</ol>")
    yield Component(
        "Matches",
        [PageState("One, by its name", views.title_meaning, meant, "title=Senior+Model+Tuner")],
        "The roles that a job ad’s title may mean, and why.",
        wide=True,
    )
    two = "r=sample-1&r=sample-2&from=teacher&pace=5"
    yield Component(
        "Comparison",
        [
            PageState(
                "Two roles", views.role_comparison, ('<div id="table"', "</table>\n</div>"), two
            )
        ],
        "Roles side by side; one below the other where the window is narrow.",
        wide=True,
    )
    yield Component(
        "Bars",
        [PageState("Two roles", views.role_comparison, ('<ul class="bars"', "</ul>"), two)],
        "What roadmaps share: their lines run side by side.",
        wide=True,
    )
