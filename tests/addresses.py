"""Query strings that strangers may send: the parameters that pages read, and garbage."""

from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

NAMES = ["q", "from", "path", "hours", "band", "sort", "pace", "page", "r", "title", "r[]", "", "Q"]
NASTY = [
    *("0", "-1", "61", "1e5", "1.5", "+5", " 5 ", "05", "5_0", "٣", "²", "½", "9" * 400, "10" * 20),
    *("\0", "a\0b", "\r\nX: y", "<script>alert(1)</script>", "' OR 1=1--", "../../", "{{ 7*7 }}"),
    *(
        "\u202e",
        "\u0301" * 50,
        "İ",
        "ß",
        "\ufeff",
        "\u200d",
        "%s",
        "%",
        "&&",
        "a" * 101,
        "b" * 5000,
    ),
]
SENSIBLE = [
    *("ml-engineer", "mlops-engineer", "ai-researcher", "rag", "data-scientist", "title", "left"),
    *("5", "24", "60000", "2", "last", "ML Engineer", "LLM engineer", "red team"),
]
values = (st.sampled_from(SENSIBLE) | st.sampled_from(NASTY) | st.text(max_size=12)).map(quote_plus)
raw = st.binary(max_size=8).map(quote) | st.sampled_from(["%", "%zz", "%ff%fe", "=", "&&==", ";"])
queries = st.lists(
    st.tuples(st.sampled_from(NAMES), values | raw).map("=".join) | raw, max_size=8
).map("&".join)
