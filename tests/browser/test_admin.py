"""What an editor does, in a real browser."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from playwright.sync_api import expect

from paths.models import Status
from tests.browser.conftest import AXE_FOR_EDITORS

CHOICES = "#select2-id_steps-2-path-results [role=option]"


@pytest.fixture
def admin_page(open_signed_in):
    return open_signed_in(viewport={"width": 1280, "height": 900})


@pytest.fixture
def role(catalog):
    """A role with the steps One and Two."""
    titles = ("One", "Two")
    paths = [catalog.path(title.lower(), title=title) for title in titles]
    return catalog.role("builder", title="Builder", paths=paths)


@pytest.fixture
def form(admin_page, role):
    """A page that shows the role's form to an editor."""
    admin_page.goto(url_of(role))
    return admin_page


def url_of(thing) -> str:
    return reverse(f"admin:{thing._meta.label_lower.replace('.', '_')}_change", args=[thing.pk])


def titles(role) -> list[str]:
    return [step.path.title for step in role.steps.select_related("path")]


def preview(page):
    return page.locator("#preview")


def type_in(page, field, text: str) -> None:
    """Type, then wait for the preview: a save meanwhile would share its database connection."""
    field.wait_for()
    page.wait_for_load_state()  # the preview's script runs once the page is loaded
    with page.expect_response("**/preview/*"):
        field.fill(text)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_what_an_editor_changes_is_on_the_page(open_page, live_server, transactional_db, role):
    User.objects.create_superuser("ed", password="a long password")
    page = open_page(base_url=live_server.url)
    page.goto(url_of(role))
    page.get_by_label("Username:").fill("ed")
    page.get_by_label("Password:").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    type_in(page, page.get_by_label("Summary:"), "Builds small things that stay.")
    save(page)
    page.goto("/careers/builder/")
    expect(page.locator("main")).to_contain_text("Builds small things that stay.")


def test_the_preview_follows_what_is_typed_before_it_is_saved(form, role):
    form.get_by_label("After the paths:").fill("something that ships")
    expect(preview(form)).to_contain_text("something that ships")
    form.get_by_label("Order of the steps:").select_option("any-order")
    expect(preview(form)).to_contain_text("Any order")
    form.get_by_role("group", name="Step 1").get_by_label("Why:").fill("Because of this.")
    expect(preview(form)).to_contain_text("Because of this.")
    role.refresh_from_db()
    assert role.after_paths == ""


def test_steps_are_put_in_order_by_keyboard(form, role):
    form.get_by_role("button", name="Move step 2 up").focus()
    form.keyboard.press("Enter")
    expect(form.get_by_role("button", name="Move step 1 up")).to_be_focused()
    expect(form.locator("#steps-group").get_by_role("status")).to_have_text("Step 1 of 2")
    expect(preview(form).locator("h3")).to_have_text(["Two", "One"])
    save(form)
    assert titles(role) == ["Two", "One"]


def test_steps_are_put_in_order_by_dragging(form, role, catalog):
    role.steps.create(path=catalog.path(title="Three"), position=2, why="Last.")
    form.reload()
    third, first = (form.locator("#steps-group .handle").nth(place) for place in (2, 0))
    third.scroll_into_view_if_needed()
    start, end = third.bounding_box(), first.bounding_box()
    form.mouse.move(start["x"] + 5, start["y"] + 5)
    form.mouse.down()
    form.mouse.move(end["x"] + 5, end["y"] + 5, steps=20)
    form.mouse.up()
    expect(preview(form).locator("h3")).to_have_text(["Three", "One", "Two"])
    save(form)
    assert titles(role) == ["Three", "One", "Two"]


def test_a_step_is_added_by_its_paths_name(form, role, catalog):
    catalog.path(title="Something else")
    catalog.path(title="Wanted path", status=Status.PUBLISHED)
    form.get_by_role("button", name="Add a step").click()
    expect(form.get_by_role("combobox", name="Path:").nth(2)).to_be_focused()
    form.keyboard.press("Enter")
    form.keyboard.type("wanted")
    expect(form.locator(CHOICES)).to_have_text(["Wanted path"])
    form.keyboard.press("Enter")
    expect(preview(form).locator("h3")).to_have_text(["One", "Two", "Wanted path"])
    why = form.get_by_role("group", name="Step 3").get_by_label("Why:")
    type_in(form, why, "It was wanted.")
    save(form)
    assert titles(role) == ["One", "Two", "Wanted path"]


def test_a_step_that_is_removed_leaves_the_preview_and_the_role(form, role):
    form.get_by_label("Remove step 1").check()
    expect(preview(form).locator("h3")).to_have_text(["Two"])
    save(form)
    assert titles(role) == ["Two"]


def test_a_row_that_is_to_be_removed_shows_no_error_any_more(form):
    form.locator("[name=steps-1-id]").evaluate("each => each.value = '987654'")
    form.get_by_role("button", name="Save", exact=True).click()
    error = form.locator(".row .errorlist", has_text="changed or removed by someone else")
    expect(error).to_be_visible()
    form.get_by_label("Remove step 2").check()
    expect(error).to_be_hidden()
    form.get_by_label("Remove step 2").uncheck()
    expect(error).to_be_visible()


def test_a_refused_form_keeps_the_order_that_was_made(form, role):
    form.get_by_role("button", name="Move step 1 down").click()
    expect(preview(form).locator("h3")).to_have_text(["Two", "One"])
    type_in(form, form.get_by_label("Title:", exact=True), "")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".errors-at-once")).to_be_visible()
    expect(preview(form).locator("h3")).to_have_text(["Two", "One"])
    expect(form.get_by_role("combobox", name="Path:").first).to_have_text("Two")
    expect(form.locator("#steps-group h3")).to_have_text(["Step 1", "Step 2"])


def test_without_javascript_a_number_orders_the_steps(open_signed_in, role):
    page = open_signed_in(java_script_enabled=False)
    page.goto(url_of(role))
    expect(preview(page).locator("h3")).to_have_text(["One", "Two"])
    expect(page.get_by_role("button", name="Move step 1 down")).to_be_hidden()
    page.get_by_role("group", name="Step 1").get_by_label("Position:").fill("5")
    save(page)
    assert titles(role) == ["Two", "One"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_preview_stands_beside_the_form_where_there_is_room(form, width):
    form.set_viewport_size({"width": width, "height": 800})
    card, fields = preview(form).bounding_box(), form.locator("#role_form").bounding_box()
    beside = card["x"] >= fields["x"] + fields["width"]
    below = card["y"] >= fields["y"] + fields["height"]
    assert (beside, below) == (width == 1280, width == 360)
    assert form.evaluate("document.documentElement.scrollWidth") <= width


def test_the_preview_stays_in_sight(form):
    form.locator("#pivots-group").scroll_into_view_if_needed()
    expect(preview(form)).to_be_in_viewport()


def test_the_form_has_no_barrier(open_signed_in, role, barriers):
    page = open_signed_in(viewport={"width": 1280, "height": 800})
    page.goto(url_of(role))
    page.get_by_role("button", name="Add a step").click()
    page.keyboard.press("Enter")
    # The list that just opened, not that of "Further paths", whose options always show.
    opened = page.locator(".select2-results")
    expect(opened.get_by_role("option", name="One")).to_be_visible()
    # Django puts its list of choices at the end of the page, outside all landmarks.
    asked = AXE_FOR_EDITORS | {"rules": {"region": {"enabled": False}}}
    assert not barriers(page, asked=asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_looks_as_on_the_site(open_signed_in, role, scheme):
    page = open_signed_in(color_scheme=scheme)
    looks = []
    for url, card in (("/careers/builder/", "main .roadmap"), (url_of(role), "#preview .roadmap")):
        page.goto(url)
        looks.append(page.locator(card).evaluate(LOOK))
    assert looks[0] == looks[1]


LOOK = """card => [card, ...card.querySelectorAll("h2, h3, h3 a, li, .stop, .go")].map(each => {
  const { color, backgroundColor, borderColor, display, textDecorationLine, listStyleType } =
    getComputedStyle(each);
  return { color, backgroundColor, borderColor, display, textDecorationLine, listStyleType };
})"""


def test_the_sites_look_stays_inside_of_the_preview(form):
    """The site's styles would shift what the admin lays out."""
    outside = form.locator("html, body, body *:not(#preview, #preview *, script)")
    with_the_site = outside.evaluate_all(BOXES)
    sheet = "document.querySelector('link[href*=\"css/site.css\"]')"
    assert form.evaluate(f"{sheet} !== null")
    form.evaluate(f"{sheet}.disabled = true")
    assert outside.evaluate_all(BOXES) == with_the_site


BOXES = """all => all.map(each => {
  const { boxSizing, marginTop, maxInlineSize, letterSpacing, font, listStyleType } =
    getComputedStyle(each);
  return [each.tagName, boxSizing, marginTop, maxInlineSize, letterSpacing, font, listStyleType];
})"""


def test_the_colors_can_be_chosen(form):
    before = form.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    form.get_by_role("button", name="Toggle theme").first.click()
    assert form.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") != before


@pytest.mark.parametrize("kind", ["background", "hiringsignal", "lesson", "learningpath"])
def test_no_other_form_breaks_the_policy(admin_page, catalog, kind):
    """The console reports violations, and open_page watches it."""
    lesson = catalog.lesson(catalog.path())
    things = {"lesson": lesson, "learningpath": lesson.path, "background": catalog.background()}
    thing = things.get(kind) or catalog.signal(lesson)
    admin_page.goto(url_of(thing))
    if kind == "lesson":
        admin_page.get_by_role("combobox", name="Path:").click()
        expect(admin_page.get_by_role("option", name=lesson.path.title)).to_be_visible()
    admin_page.goto(url_of(thing).replace(f"{thing.pk}/change", "add"))
    admin_page.get_by_label("Title:", exact=True).press_sequentially("A new thing")
    expect(admin_page.locator("#id_slug")).to_have_value("a-new-thing")


def test_no_list_breaks_the_policy(admin_page, role):
    for url in (
        "/admin/",
        "/admin/careers/role/",
        "/admin/careers/role/add/",
        "/admin/auth/user/add/",
    ):
        admin_page.goto(url)
        expect(admin_page.locator("#content h1")).to_be_visible()
    admin_page.goto("/admin/careers/role/")
    admin_page.get_by_label("Select this object for an action").first.check()
    expect(admin_page.locator(".action-counter")).to_contain_text("1 of 1")


# -- The form --------------------------------------------------------------------------------------


def test_save_is_in_reach_wherever_one_is(form):
    for width in (1280, 360):
        form.set_viewport_size({"width": width, "height": 700})
        for part in ("#id_title", "#steps-group", "#pivots-group"):
            form.locator(part).scroll_into_view_if_needed()
            expect(form.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=1)


def test_columns_of_rows_stand_apart_however_long_a_name_is(form, role, catalog):
    long = "Pharmacovigilance and everything else that has to be known before one may begin with it"
    role.pivots.create(background=catalog.background(title=long))
    role.steps.create(path=catalog.path(title=long), position=5, why="Because.")
    form.reload()
    for width in (1280, 1000, 360):
        form.set_viewport_size({"width": width, "height": 900})
        assert form.evaluate(OVERLAPS) == []


def test_what_belongs_to_a_title_stands_below_it_on_a_phone(form, role, catalog):
    role.pivots.create(background=catalog.background(title="Nurse"))
    form.set_viewport_size({"width": 360, "height": 900})
    form.reload()
    for title, below in (
        ("steps-0-path", "steps-0-emphasis"),
        ("pivots-0-background", "pivots-0-fit"),
    ):
        assert form.evaluate(BELOW, [f"id_{title}", f"id_{below}"]) >= 0, below


# How far below one field's box another's begins, in pixels.
BELOW = """([one, other]) => {
  const box = id => document.getElementById(id).closest(".fieldBox").getBoundingClientRect();
  return box(other).top - box(one).bottom;
}"""


OVERLAPS = """() => [...document.querySelectorAll(".row .form-multiline")].flatMap(row => {
  const shown = "input:not([type=hidden]), select:not([aria-hidden]), .select2-container";
  const boxes = [...row.querySelectorAll(shown)]
    .map(each => [each, each.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
    .filter(([two, b]) => !one.contains(two) && a.left < b.right - 1 && b.left < a.right - 1
      && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([two]) => `${one.id || one.className} and ${two.id || two.className}`));
})"""


def test_what_may_only_be_read_stays_in_its_column_however_long_a_word_is(form, role, catalog):
    address = f"https://example.org/{'report' * 30}"
    catalog.band(role, position=1, region="Donau" * 12, source_title="S" * 90, source_url=address)
    reader = User.objects.get()
    reader.is_superuser = False
    reader.save()
    reader.user_permissions.set(Permission.objects.filter(codename="view_role"))
    for width in (1280, 360):
        form.set_viewport_size({"width": width, "height": 900})
        form.reload()
        assert form.locator("#salary_bands-group .readonly").count()
        assert form.evaluate(WIDER) == []


WIDER = """() => [...document.querySelectorAll(".readonly")]
  .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent)"""


def test_an_error_is_listed_at_the_top_and_leads_to_its_field(form):
    type_in(form, form.get_by_role("group", name="Step 2").get_by_label("Why:"), "")
    form.get_by_role("button", name="Save", exact=True).click()
    listed = form.get_by_role("region", name="Nothing is saved yet")
    expect(listed).to_be_focused()
    listed.get_by_role("link", name="Step 2, why").click()
    why = form.get_by_role("group", name="Step 2").get_by_label("Why:")
    expect(why).to_be_in_viewport()
