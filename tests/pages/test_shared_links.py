"""What a link to a page shows where somebody shares it, and what it says of itself."""

import re
from pathlib import Path

from bs4 import BeautifulSoup
from django.conf import settings

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
TO_A_FEED = re.compile(r"<a\b[^>]*\{% url '(?:\w+-)?feed' %\}[^>]*>.*?</a>", re.DOTALL)


def test_a_link_to_a_feed_says_that_it_is_for_feed_readers():
    links = [link for file in TEMPLATES for link in TO_A_FEED.findall(file.read_text("utf-8"))]
    assert len(links) >= 3
    for link in links:
        assert "for feed readers" in BeautifulSoup(link, "html.parser").get_text()
