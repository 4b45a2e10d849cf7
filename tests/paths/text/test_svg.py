"""Which drawings may stand beside a lesson."""

import pytest

from paths.text import svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 300">'
DRAWING = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
{HEAD}
  <title>Two lines</title>
  <style>.a {{ stroke: #223; fill: url(#g) }}</style>
  <defs><linearGradient id="g"><stop offset="0"/></linearGradient>
    <marker id="arrow"><path d="M0 0L9 9"/></marker></defs>
  <g class="a" style="stroke-width: 2"><path d="M0 0H9" marker-end="url(#arrow)"/>
    <text x="1" y="2" font-size="16">a &amp; b</text></g>
  <use href="#arrow"/>
</svg>
"""


def said(text: str | bytes) -> list[tuple[int, str]]:
    return svg.problems(text if isinstance(text, bytes) else text.encode())


def test_a_drawing_is_in_order_and_has_its_size():
    assert said(DRAWING) == []
    assert svg.size(DRAWING.encode()) == (680, 300)


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ('width="340"', (340, 150)),
        ('width="2"', (2, 1)),
        ('width="340" height="1"', (340, 150)),
        ("", (680, 300)),
    ],
)
def test_a_drawing_is_shown_as_large_as_it_says(more, size):
    assert svg.size(f"{HEAD[:-1]} {more}></svg>".encode()) == size


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        '<script href="https://example.org/x.js"/>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        "<foreignObject><p>x</p></foreignObject>",
        '<image href="https://example.org/x.png"/>',
        '<a href="https://example.org/"><text>x</text></a>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/>',
        '<feImage href="https://example.org/x"/>',
        '<rect onclick="alert(1)"/>',
        '<rect ONLOAD="alert(1)"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:image/svg+xml,x"/>',
        '<use href="javascript:alert(1)"/>',
        '<rect fill="url(https://example.org/x)"/>',
        '<rect fill="&#117;&#x72;l(https://example.org/x)"/>',
        '<rect fill="url(#g) url(https://example.org/x)"/>',
        '<rect fill="url(#url(#https://example.org/x)"/><rect fill="url(&#35;g)src(x)"/>',
        "<style>rect { fill: u<!-- -->rl(https://example.org/x) }</style>",
        "<rect style=\"fill: URL( '//example.org/x')\"/>",
        '<rect style="fill: u\\72l(https://example.org/x)"/>',
        "<style>@import 'https://example.org/x.css';</style>",
        "<style>rect { fill: url(https://example.org/x) }</style>",
        "<style>rect { cursor: image-set('https://example.org/x' 1x) }</style>",
        "<style><![CDATA[@IMPORT 'x';]]></style>",
        '<?xml-stylesheet href="https://example.org/x.css"?>',
        '<rect xml:base="https://example.org/" src="x"/>',
        '<rect xmlns:e="http://www.w3.org/2001/xml-events" e:event="load"/>',
    ],
)
def test_what_runs_or_loads_is_refused_at_its_line(inside):
    ((line, words), *_) = said(f"{HEAD}\n<g/>\n{inside}\n</svg>")
    assert line == 3
    assert words


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "x">]>\n' + HEAD + "&a;</svg>",
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD + "&b;</svg>",
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + HEAD + "</svg>",
        '<?xml version="1.0" encoding="UTF-7"?>' + HEAD + "</svg>",
        '<?xml-stylesheet href="x.css"?>' + HEAD + "</svg>",
        HEAD + "</svg><?x y?>",
        HEAD + "&nosuch;</svg>",
        HEAD + "<g></svg>",
        "<html/>",
        "<svg viewBox='0 0 1 1'/>",
        "",
        b"\xff\xfe<\x00s\x00v\x00g\x00",
        HEAD + "<g>" * 100_000,
        HEAD + "<g>" * 100_000 + "</g>" * 100_000 + "</svg>",
    ],
)
def test_what_is_no_plain_drawing_is_refused(text):
    assert said(text)


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace(' viewBox="0 0 680 300"', ""),
        HEAD.replace("680", "none"),
        HEAD.replace("680", "0"),
        HEAD.replace("680", "nan"),
        HEAD[:-1] + ' width="100%">',
        HEAD[:-1] + ' width="900">',
        HEAD[:-1] + ' width="0">',
        HEAD[:-1] + ' width="0.4">',
        HEAD[:-1] + ' height="0">',
        HEAD.replace("680 300", "1000 0.01"),
        HEAD.replace("680 300", "0.01 1000"),
        HEAD.replace("680 300", "0.3 0.3"),
        HEAD[:-1] + ' width="1">',
    ],
)
def test_a_drawing_says_how_large_it_is(head):
    ((line, words),) = said(f"{head}</svg>")
    assert line == 1
    assert "viewBox" in words or "width" in words or "height" in words
