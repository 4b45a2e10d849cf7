"""What the files are to say so that they have every live edit: each thing, its file, its values.

A thing that a file has keeps what that file says, except where it was edited live. A field that the
file leaves out stays out if its live value is the default.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from careers.sync.comparing.order import by_position, insert_missing
from careers.sync.comparing.plan import RETIRED, EntrySides, Plan, match_entries
from careers.sync.entries import Entry, Key, Values, address_of, referenced_keys, rename_paths
from careers.sync.kinds import KINDS
from careers.sync.writing.sides import Sides

_NOTHING = object()


@dataclass(slots=True, eq=False)
class TargetDocument:
    """What the file, or the part of a file, of one thing is to say.

    values: what it is to say. file: what it says now, if there is one. live: what its row says.
    formerly: the former addresses that it is to name; of a lesson “<path>/<slug>”.
    """

    kind: str
    values: dict[str, Any]
    file: Entry | None = None
    live: Entry | None = None
    formerly: set[str] = field(default_factory=set)

    @property
    def id(self) -> Key:
        return self.kind, str(self.values[KINDS[self.kind].key])

    @property
    def name(self) -> str:
        """The name of the file that the thing is to stand in."""
        return KINDS[self.kind].file_of(self.values)

    @property
    def changed(self) -> set[str]:
        """The fields whose value in the file is different now, or missing."""
        said = self.file.values if self.file else {}
        return {name for name, value in self.values.items() if said.get(name, _NOTHING) != value}


class Target:
    """What all files are to say.

    listed: path → the slugs that its file lists now, those of retired lessons included.
    numbers: the address that a lesson has in the files now → its number.
    """

    def __init__(self, sides: Sides, plan: Plan, listed: Mapping[str, Sequence[str]]) -> None:
        self.sides = sides
        self.listed = listed
        matched = list(match_entries(sides.base, sides.files, sides.live))
        # The fields that an apply would take from the files, or merge: these aren't live yet.
        written = {
            change.entry.id: {each.name: each.value for each in change.fields}
            for change in plan.changes
        }
        self.path_names = _path_names(matched, written)
        of_rows = _names_of_rows(matched, self.path_names)
        pairs = [replace(each, live=each.live and _renamed(each.live, of_rows)) for each in matched]
        self.numbers = {
            address_of(entry.values): entry.values["number"]
            for entry in sides.files.values()
            if entry.kind == "lessons"
        }
        self.things = [
            self._of_file(sides.file, sides.live, written.get(sides.file.id, {}))
            for sides in pairs
            if sides.file
        ]
        made = [_renamed(entry, of_rows) for entry in self.sides.unfiled()]
        self._add_what_no_file_has(pairs, made, {each.id for each in plan.drift})
        self.paths = {thing.values["slug"] for thing in self.of("paths")}
        for thing in self.things:
            if KINDS[thing.kind].has_page:
                thing.formerly = self._formerly(thing)
        self._give_up_what_others_claim()

    def of(self, *kinds: str) -> list[TargetDocument]:
        return [thing for thing in self.things if thing.kind in kinds]

    def in_list(self, kind: str) -> list[TargetDocument]:
        """The things of a listed kind in their order. One that its file doesn't have comes behind
        the one that it follows live."""
        known = [thing for thing in self.of(kind) if thing.file]
        known.sort(key=_places)
        by_key = {thing.live.id: thing for thing in self.of(kind) if thing.live}
        live = by_position(entry for entry, _ in self.sides.rows.values() if entry.id in by_key)
        return insert_missing(known, [by_key[entry.id] for entry in live])

    def outline(self, path: TargetDocument) -> list[str]:
        """The slugs of a path's lessons in order. Retired ones stay behind those they followed."""
        own = {
            thing.values["number"]: thing.values["slug"]
            for thing in self.of("lessons")
            if thing.values["path"] == path.values["slug"]
        }
        before = [number for number in self._numbers(path) if number in own]
        standing = [number for number in path.values["lessons"] if number in own]
        order = insert_missing(insert_missing(standing, before), sorted(own))
        return [own[number] for number in order]

    def lesson_names(self) -> dict[int, str]:
        """Number → "<path>/<slug>"."""
        return {t.values["number"]: address_of(t.values) for t in self.of("lessons")}

    def today(self, address: str) -> str:
        """A lesson's address, with the name that its path is to have."""
        return _with_path(address, self.path_names)

    def _numbers(self, path: TargetDocument) -> list[int]:
        """The numbers of the lessons that a path's file lists now."""
        if path.file is None:
            return []
        return [self.numbers[f"{path.file.key}/{slug}"] for slug in self.listed[path.file.key]]

    def _of_file(self, file: Entry, live: Entry | None, written: Values) -> TargetDocument:
        """What a thing's file is to say. written: what an apply would write into its row."""
        values = {}
        for name, said in file.values.items():
            if live is None or name in written:
                value = written.get(name, said)
                values[name] = rename_paths(file.kind, name, value, self.path_names)
            else:
                values[name] = live.values.get(name)
        for name, default in file.left_out.items():
            current = live.values.get(name, default) if live else default
            if current != default:
                values[name] = current
        return TargetDocument(file.kind, values, file, live)

    def _add_what_no_file_has(
        self, pairs: Iterable[EntrySides], made: Iterable[Entry], drifting: set[Key]
    ) -> None:
        """Add what was created live. Of what is gone from the files, add what was published again,
        and what something that stays refers to."""
        self.things += map(_of_row, made)
        shelved = []
        for sides in pairs:
            if sides.live and sides.file is None and sides.known.id in drifting:
                self.things.append(_of_row(sides.live))
            elif sides.live and sides.file is None and sides.live.values["status"] == RETIRED:
                shelved.append(_of_row(sides.live))
        while back := [thing for thing in shelved if thing.id in set(self._named())]:
            self.things += back
            shelved = [thing for thing in shelved if thing not in back]

    def _named(self) -> Iterator[Key]:
        """The keys of everything that the things refer to."""
        for thing in self.things:
            yield from referenced_keys(thing.kind, thing.values)

    def _formerly(self, thing: TargetDocument) -> set[str]:
        """The former addresses to name: those that the file names and, if the address was changed
        live, those that were added since."""
        own = address_of(thing.values)
        former = set(thing.live.formerly) if thing.live else set()
        if thing.file:
            base = self.sides.base.get(thing.file.id)
            before = self.today(address_of(thing.file.values))
            known = {self.today(address) for address in base.formerly} if base else set()
            since = former - (known - {before}) if before != own else set()
            former = {self.today(address) for address in thing.file.formerly} | since
        return {
            each
            for each in former - {own}
            if thing.kind != "lessons" or each.partition("/")[0] in self.paths
        }

    def restore(self, thing: TargetDocument, name: str) -> None:
        """Set a field to what its file says now, or remove it if the file leaves it out."""
        assert thing.file is not None  # noqa: S101  there is something to go back to
        if name in thing.file.values:
            value = thing.file.values[name]
            thing.values[name] = rename_paths(thing.kind, name, value, self.path_names)
        else:
            del thing.values[name]

    def leave(self, thing: TargetDocument) -> None:
        """Leave a thing as its file has it now; without a file, drop it."""
        if thing.file is None:
            self.things.remove(thing)
            return
        for name in thing.changed:
            self.restore(thing, name)
        thing.formerly = {self.today(address) for address in thing.file.formerly}

    def _give_up_what_others_claim(self) -> None:
        """Drop former addresses that another thing has now, or that lead to another thing live."""
        present = {(thing.kind, address_of(thing.values)) for thing in self.things}
        claims = Counter((thing.kind, each) for thing in self.things for each in thing.formerly)
        for thing in self.things:
            own = thing.live.formerly if thing.live else frozenset()
            thing.formerly = {
                each
                for each in thing.formerly
                if (thing.kind, each) not in present
                and (claims[thing.kind, each] == 1 or each in own)
            }


def _path_names(pairs: Iterable[EntrySides], written: Mapping[Key, Values]) -> dict[str, str]:
    """Each name that a path has, or formerly had, in the files → the slug that it is to have."""
    names: dict[str, str] = {}
    for sides in pairs:
        if sides.file and sides.file.kind == "paths":
            renamed_live = sides.live and "slug" not in written.get(sides.file.id, {})
            today = sides.live.key if sides.live and renamed_live else sides.file.key
            names |= dict.fromkeys([*sides.file.formerly, sides.file.key], today)
    return names


def _names_of_rows(pairs: Iterable[EntrySides], names: Mapping[str, str]) -> dict[str, str]:
    """Slug of each path's row → the slug that the path is to have, where the two differ.

    names: as from _path_names().
    """
    return {
        each.live.key: names[each.file.key]
        for each in pairs
        if each.file and each.live and each.live.kind == "paths"
        if each.live.key != names[each.file.key]
    }


def _renamed(live: Entry, names: Mapping[str, str]) -> Entry:
    """What a row says, with the names that paths are to have."""
    if not names:
        return live
    values = live.values.items()
    return replace(
        live,
        values={name: rename_paths(live.kind, name, value, names) for name, value in values},
        formerly=frozenset(_with_path(address, names) for address in live.formerly),
    )


def _with_path(address: str, names: Mapping[str, str]) -> str:
    """A lesson's address with the name that its path is to have; any other address as it is."""
    path, slash, slug = address.partition("/")
    return f"{names.get(path, path)}/{slug}" if slash else address


def _of_row(live: Entry) -> TargetDocument:
    return TargetDocument(live.kind, dict(live.values), live=live)


def _places(thing: TargetDocument) -> tuple[int, int]:
    """For sorting a list's things by position; those of equal position as in the file."""
    return thing.values["position"], thing.file.values["position"] if thing.file else 0
