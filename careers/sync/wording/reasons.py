"""Why something can't be done with a thing of the catalog."""

from dataclasses import dataclass

from careers.sync.entries import Key


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. str() gives it for a shell, with things named as files do; `labels` words it for
    editors.

    words: a sentence of its own. thing: the thing it is about, if there is one. part: the field or
    the part of one, “steps[rag].why”. printed: what str() gives instead of all that.
    """

    words: str
    thing: Key | None = None
    part: str = ""
    printed: str = ""

    def __str__(self) -> str:
        named = "/".join(self.thing) if self.thing else ""
        return self.printed or ": ".join(filter(None, (named, self.part, self.words)))
