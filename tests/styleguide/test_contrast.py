"""Contrast is computed from the colors that a screen can show."""

import pytest

from careers.styleguide.contrast import contrast


def luminance(color: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("oklch", "on_screen"),
    [
        ("oklch(45.5% 0.2 262)", "#0849c3"),
        ("oklch(43% 0.12 150)", "#006129"),  # less red than a screen can show
        ("oklch(82% 0.14 80)", "#f3b94c"),
        ("oklch(41% 0.14 28)", "#861e19"),
    ],
)
def test_contrast_is_that_of_the_color_as_a_browser_paints_it(oklch, on_screen):
    black, white = "oklch(0% 0 0)", "oklch(100% 0 0)"
    found = contrast(f"light-dark({oklch}, {oklch})", "ground", f"light-dark({white}, {black})")
    assert found.light == pytest.approx(1.05 / (luminance(on_screen) + 0.05), rel=0.01)
    assert found.dark == pytest.approx((luminance(on_screen) + 0.05) / 0.05, rel=0.01)
