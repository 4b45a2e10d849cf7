"""A violation of the content security policy on any page fails the browser test that visits it."""

import pytest

BY_SCRIPT = "document.body.setAttribute('style', 'color: red')"
FROM_ELSEWHERE = (
    "document.body.append(Object.assign(new Image(), {src: 'https://example.org/x.png'}))"
)
INLINE = """{
    const script = document.createElement("script");
    script.textContent = "1";
    document.body.append(script);
}"""


@pytest.fixture
def watched(browser, watch, live_server, transactional_db):
    """A browser context and the list of its complaints, which don't fail the test."""
    complaints: list[str] = []
    context = browser.new_context(base_url=live_server.url)
    watch(context, complaints, refused=True)
    yield context, complaints
    context.close()


@pytest.mark.parametrize(
    ("violation", "directive"),
    [(BY_SCRIPT, "style-src"), (FROM_ELSEWHERE, "img-src"), (INLINE, "script-src")],
    ids=["style", "picture", "script"],
)
def test_what_the_policy_forbids_is_a_complaint(watched, violation, directive):
    context, complaints = watched
    page = context.new_page()
    page.goto("/privacy/")
    assert not complaints
    page.evaluate(violation)
    page.wait_for_timeout(200)
    assert any(f"CSP: {directive}" in said for said in complaints), complaints


def test_so_it_is_in_a_tab_that_a_page_opened(watched):
    context, complaints = watched
    page = context.new_page()
    page.goto("/privacy/")
    with context.expect_page() as opened:
        page.evaluate("window.open('/data/', '_blank', 'noopener')")
    opened.value.wait_for_load_state()
    opened.value.evaluate(BY_SCRIPT)
    opened.value.wait_for_timeout(200)
    assert any("CSP: style-src" in said for said in complaints), complaints
