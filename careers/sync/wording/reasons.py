"""Why something can't be done with a thing of the catalog."""

from dataclasses import dataclass

from careers.sync.entries import Key


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. As text it is for a shell and names things as files do; `labels` has it as
    editors read it.

    words: a sentence of its own. thing: which it is about, if about one. part: the field, or the
    part of one, “steps[rag].why”. printed: what a shell shows in the place of all that.
    """

    words: str
    thing: Key | None = None
    part: str = ""
    printed: str = ""

    def __str__(self) -> str:
        named = "/".join(self.thing) if self.thing else ""
        return self.printed or ": ".join(filter(None, (named, self.part, self.words)))
