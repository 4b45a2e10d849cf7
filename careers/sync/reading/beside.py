"""The files beside a document: a lesson's pictures, its data, the answers of its model."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from careers.sync.problems import Place, Problem, did_you_mean
from careers.sync.reading.yaml_tree import Text
from paths import files, markdown


@dataclass(slots=True)
class Neighbors:
    """The files beside one document.

    contents: digest → bytes, and names: name → digest, of the files that are in order.
    odd: the names of the files that aren't.
    """

    contents: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    odd: set[str] = field(default_factory=set)

    def add(self, file: str, data: bytes) -> list[Problem]:
        """Add a file, or return what is wrong with it."""
        name = PurePosixPath(file).name
        wrong = files.problems(name, data)
        if wrong:
            self.odd.add(name)
            return [Problem("file", said, place_in(file, data, line)) for line, said in wrong]
        self.names[name] = files.digest(data)
        self.contents[self.names[name]] = data
        return []

    @property
    def listed(self) -> list[dict[str, str]]:
        """The names and digests, as an entry has them."""
        return [{"name": name, "digest": self.names[name]} for name in sorted(self.names)]

    def missing_from(self, body: Text) -> Iterator[Problem]:
        """A problem for each picture that a text shows and that isn't there."""
        for line, name in markdown.images(body.text):
            if name not in {*self.names, *self.odd} and markdown.is_picture(name):
                message = f"there is no file {name} beside this lesson"
                place = body.place_of_line(line)
                yield Problem("missing-picture", message, place, did_you_mean(name, self.names))


def place_in(file: str, data: bytes, line: int) -> Place:
    """The place of a line, counted from 1, in a file of any bytes; for line 0, the whole file."""
    lines = data.split(b"\n")
    if not 0 < line <= len(lines):
        return Place(file)
    text = lines[line - 1][:200].decode(errors="replace")
    return Place(file, line, 1, max(1, len(text)), text)
