"""One line ending for all texts."""


def unix_newlines(text: str) -> str:
    """A text with LF only. Browsers send CR LF; in Markdown a lone CR ends a line, too."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
