"""Report live edits that no file can hold, and leave them out, so that others can be exported."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from django.core.exceptions import ValidationError

from careers.sync.entries import Key, referenced_keys
from careers.sync.exporting.scalars import why_unwritable
from careers.sync.exporting.target import Target, TargetDocument
from careers.sync.kinds import KINDS
from careers.sync.wording.reasons import Reason
from paths.fields import tidy_markdown
from paths.models import validate_slug
from paths.text.characters import texts_in

_ADDRESS = {"slug", "path"}  # fields in a file's name, by which others refer to its thing


class Unwritable(Exception):
    """Some live edits can't be written into files. reasons: why, for each."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("\n".join(map(str, reasons)))
        self.reasons = reasons


class UnwritableThings(Exception):
    """Some things have live values that no file can hold. reasons: by a thing's key."""

    def __init__(self, reasons: Mapping[Key, Sequence[Reason]]) -> None:
        super().__init__()
        self.reasons = reasons


class Blocked:
    """What of a target stays as the files have it. reasons: why each edit is left out."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.reasons: list[Reason] = []
        self._fields: set[tuple[Key, str]] = set()
        self._things: set[Key] = set()

    def has(self, key: Key, name: str) -> bool:
        """Whether a field of a thing may differ from what is live."""
        return key in self._things or (key, name) in self._fields

    def refuse_one_file_for_two(self) -> None:
        """Raise Unwritable if two things are to be in one file: an editor gave one an address that
        the files give the other."""
        alone = [thing for thing in self.target.things if not KINDS[thing.kind].is_listed]
        count = Counter(thing.name for thing in alone)
        reasons = [
            Reason(f"It belongs in {thing.name}, and so does another.", thing.live.id, "slug")
            for thing in alone
            if count[thing.name] > 1 and thing.live
        ]
        if reasons:
            raise Unwritable(*reasons)

    def leave_bad_values(self) -> None:
        """Leave out each value that no file can hold. Raises Unwritable as leave_things() does."""
        whole: dict[Key, list[Reason]] = {}
        for thing in self.target.things:
            found = list(_reasons(thing))
            if found and (thing.file is None or not _ADDRESS.isdisjoint(dict(found))):
                whole[thing.id] = [reason for _, reason in found]
                continue
            for name, reason in found:
                self.target.restore(thing, name)
                self._fields.add((thing.id, name))
                self.reasons.append(reason)
        if whole:
            self.leave_things(UnwritableThings(whole))

    def leave_things(self, error: UnwritableThings) -> None:
        """Leave things as the files have them. Raises Unwritable if other files would refer to
        something that is only live, or if leaving a thing out was no help."""
        things = {thing.id: thing for thing in self.target.things}
        for key, reasons in error.reasons.items():
            thing = things.get(key)
            if thing is None or key in self._things or self._is_needed(thing):
                raise Unwritable(
                    *self.reasons, *(r for each in error.reasons.values() for r in each)
                )
            self.target.leave(thing)
            self._things.add(key)
            self.reasons += reasons

    def _is_needed(self, thing: TargetDocument) -> bool:
        """Whether other files would say what is true only with this thing's live edits."""
        if thing.file is not None:
            return not _ADDRESS.isdisjoint(thing.changed)
        others = (each for each in self.target.things if each is not thing)
        return any(thing.id in set(referenced_keys(each.kind, each.values)) for each in others)


def _reasons_of_body(body: str) -> Iterator[str]:
    """Why no file can hold a lesson's text, which isn't YAML: its first line may be indented."""
    if why := why_unwritable(f"x{body}"):
        yield why
    if "\r" in body:
        yield "it holds a carriage return"
    elif body.rstrip() != tidy_markdown(body):
        yield "it begins with an empty line"


def _reasons(thing: TargetDocument) -> Iterator[tuple[str, Reason]]:
    """Each new value that no file can hold: its field, and why."""
    for name in sorted(thing.changed):
        found = {why_unwritable(text) for text in texts_in(thing.values[name])} - {""}
        if name == "body":
            found = set(_reasons_of_body(thing.values[name]))
        if name in {"slug", "path"}:
            with suppress(ValidationError):
                validate_slug(thing.values[name])
                continue
            found.add("it isn't an address")
        for why in sorted(found):
            yield name, Reason(f"It can't stand in a file: {why}.", thing.id, name)
