"""The guide shows every token, and text in every color has enough contrast."""

from careers.models import LineColor
from careers.styleguide.tokens import line_colors, tokens
from tests.stylesheets import declarations


def test_every_token_is_shown_as_what_it_is(page):
    declared = [
        each.name.removeprefix("--")
        for each in declarations("static/css/site.css")
        if each.within == ("@layer tokens", ":root") and each.name.startswith("--")
    ]
    assert "paper" in declared
    shown = [swatch["data-token"] for swatch in page.select("[data-token]")]
    assert sorted(shown) == sorted(declared)
    values = {each.within[-1]: each.text for each in declarations("static/css/styleguide.css")}
    for name in declared:
        assert values[f'[data-token="{name}"]'] == f"var(--{name})"


def test_every_line_color_is_shown(page):
    roundels = page.find(id="line-colors").find_next("ul").select(".roundel")
    assert [roundel["data-line"] for roundel in roundels] == LineColor.values


def test_all_text_has_a_contrast_of_seven(css):
    texts = tokens(css) + line_colors(css)
    contrasts = [each for token in texts for each in token.contrasts]
    assert len(contrasts) > 20
    assert min(min(each.light, each.dark) for each in contrasts) >= 7
