"""How words are put into a sentence. Pure."""

from collections.abc import Sequence


def listed(words: Sequence[str], last: str) -> str:
    """Words as a sentence lists them: "A", "A or B", "A, B or C"."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def lower_first(text: str) -> str:
    """A title inside a sentence: "Software engineer" is "software engineer", "SRE …" stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
