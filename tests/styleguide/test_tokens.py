"""The guide shows every token, and text can be read in every color."""

import re
from pathlib import Path

from django.conf import settings

from careers.models import Line
from careers.styleguide.tokens import line_colors, tokens

GUIDE = (Path(settings.BASE_DIR) / "static/css/styleguide.css").read_text(encoding="utf-8")


def test_every_token_is_shown_as_what_it_is(page, css):
    declared = re.findall(r"^    --([a-z0-9-]+):", css, re.MULTILINE)
    assert "paper" in declared
    shown = [swatch["data-token"] for swatch in page.select("[data-token]")]
    assert sorted(shown) == sorted(declared)
    for name in declared:
        assert f'[data-token="{name}"] {{ --shown: var(--{name}); }}' in GUIDE


def test_every_line_color_is_shown(page):
    roundels = page.find(id="line-colors").find_next("ul").select(".roundel")
    assert [roundel["data-line"] for roundel in roundels] == Line.values


def test_all_text_has_a_contrast_of_seven(css):
    texts = tokens(css) + line_colors(css)
    contrasts = [each for token in texts for each in token.contrasts]
    assert len(contrasts) > 20
    assert min(min(each.light, each.dark) for each in contrasts) >= 7
