"""The transit map: roles as lines, paths as stations, and the order of the stations.

Pure. The map page shows it as a table, with a row for each line and a column for each station. The
picture of a single role is drawn from it as well.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise

from careers.published.roadmap import FurtherPath, Roadmap, Stop

# Sets of lines that column_order() tries before it falls back to the greedy answer.
MOST_TRIES = 200


type _Edge = tuple[str, str]
type _Graph = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Station:
    """A path on the map. lessons, minutes: of the whole path, planned and published."""

    key: str
    title: str
    url: str
    position: int
    minutes: int
    lessons: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A role on the map. stops: the keys of its stations, in the order of its steps.

    minutes: of all its lessons. left: of those that the visitor still has to do, or None if that
    isn't known. unwritten: of these, or of all, what isn't published. partial: station → how many
    lessons the role takes there, if not all. focus: stations with lessons that stand out. further:
    stations that it goes on to after its last stop. done: station → how many of its lessons there
    are done, and whether that is all of them.
    """

    code: str
    color: str
    title: str
    url: str
    in_sequence: bool
    stops: tuple[str, ...]
    minutes: int
    left: int | None = None
    unwritten: int = 0
    partial: Mapping[str, int] = field(default_factory=dict)
    focus: frozenset[str] = frozenset()
    further: tuple[str, ...] = ()
    done: Mapping[str, tuple[int, bool]] = field(default_factory=dict)

    @property
    def written(self) -> int:
        """The published minutes of what is left, or of all lessons if `left` is None."""
        return (self.minutes if self.left is None else self.left) - self.unwritten


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a line meets a column. on: whether the line passes; stops: whether it stops there.

    number: the stop's place in a sequence, or 0. first, last: whether the line begins or ends here.
    taken: how many lessons of the path the line takes, or 0 if all. focus: whether some of them
    stand out. done: how many of its lessons there are done; all_done: whether that is all of them.
    further: whether the line goes on to this station after its last stop. thin_before, thin_after:
    whether it passes the left or right half of the column only on its way to such a station.
    """

    on: bool = False
    stops: bool = False
    number: int = 0
    first: bool = False
    last: bool = False
    taken: int = 0
    focus: bool = False
    done: int = 0
    all_done: bool = False
    further: bool = False
    thin_before: bool = False
    thin_after: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line and its cells in all columns."""

    line: Line
    cells: tuple[tuple[Station, Cell], ...]


@dataclass(frozen=True, slots=True)
class TransitMap:
    """The whole map. columns: each station, and how many lines stop there.

    left_out: how many stations there was no room for.
    """

    columns: tuple[tuple[Station, int], ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    @property
    def has_parts(self) -> bool:
        """Whether any line takes only part of a path."""
        return any(row.line.partial for row in self.rows)

    @property
    def has_focus(self) -> bool:
        """Whether lessons stand out on any line."""
        return any(row.line.focus for row in self.rows)

    @property
    def has_further(self) -> bool:
        """Whether any line goes further than its last stop."""
        return any(row.line.further for row in self.rows)

    @property
    def going_on(self) -> list[int]:
        """For each column, how many lines go on to it after their last stop."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return [sum(cell.further for _, cell in cells) for cells in columns]


def map_of_roadmaps(
    roadmaps: Iterable[Roadmap],
    done: Set[int] = frozenset(),
    marked: Set[int] = frozenset(),
    most: int | None = None,
) -> TransitMap:
    """The map of some roadmaps, with the stations that they stop at or go on to.

    done: numbers of lessons that aren't counted as left. marked: numbers of lessons that are shown
    as done. most: how many stations there is room for; those where most lines stop are kept.
    """
    cards = list(roadmaps)
    reached: dict[str, Stop | FurtherPath] = {}
    for card in cards:
        reached |= {stop.path: stop for stop in card.stops}
        reached |= {path.path: path for path in card.further}
    busiest = Counter(stop.path for card in cards for stop in card.stops)
    busiest.update(dict.fromkeys(reached, 0))
    kept = {key for key, _ in busiest.most_common(most)}
    stations = [_station(each) for each in reached.values() if each.path in kept]
    laid = lay_out([_line(card, done, marked) for card in cards], stations)
    return replace(laid, left_out=len(reached) - len(stations))


def _station(each: Stop | FurtherPath) -> Station:
    """The station of a path, with the minutes and lessons of the whole path."""
    hours = each.path_hours if isinstance(each, Stop) else each.hours
    return Station(
        each.path, each.title, each.url, each.position, hours.minutes_planned, hours.lessons_planned
    )


def _line(card: Roadmap, done: Set[int], marked: Set[int]) -> Line:
    rest = card.work_left(done)
    counted = {
        stop.path: sum(each.number in marked for each in stop.lessons) for stop in card.stops
    }
    sizes = {stop.path: len(stop.lessons) for stop in card.stops}
    return Line(
        code=card.code,
        color=card.line,
        title=card.role,
        url=card.url,
        in_sequence=card.in_sequence,
        stops=tuple(stop.path for stop in card.stops),
        minutes=card.hours.minutes_planned,
        left=rest.minutes,
        unwritten=rest.unwritten,
        partial={stop.path: len(stop.lessons) for stop in card.stops if stop.is_partial},
        focus=frozenset(stop.path for stop in card.stops if stop.in_focus),
        further=tuple(path.path for path in card.further),
        done={path: (count, count == sizes[path]) for path, count in counted.items() if count},
    )


def lay_out(lines: Iterable[Line], stations: Iterable[Station]) -> TransitMap:
    """Place lines and stations on a map. A stop at an unknown station is left out."""
    lines = list(lines)
    ordered = column_order(lines, stations)
    stopping = Counter(key for line in lines for key in set(line.stops))
    return TransitMap(
        columns=tuple((station, stopping[station.key]) for station in ordered),
        rows=tuple(Row(line, tuple(_cells(line, ordered))) for line in lines),
    )


def _cells(line: Line, columns: Sequence[Station]) -> Iterator[tuple[Station, Cell]]:
    stopping = [place for place, station in enumerate(columns) if station.key in line.stops]
    if not stopping:
        yield from ((station, Cell()) for station in columns)
        return
    reached = [place for place, station in enumerate(columns) if station.key in line.further]
    if not reached:
        yield from _stops(line, columns, stopping)
        return
    begin, end = min(stopping + reached), max(stopping + reached)
    for place, (station, cell) in enumerate(_stops(line, columns, stopping)):
        further = station.key in line.further and not cell.stops
        before = begin < place <= stopping[0] or stopping[-1] < place <= end
        after = begin <= place < stopping[0] or stopping[-1] <= place < end
        yield station, replace(cell, further=further, thin_before=before, thin_after=after)


def _stops(
    line: Line, columns: Sequence[Station], stopping: Sequence[int]
) -> Iterator[tuple[Station, Cell]]:
    """Each station with its cell, without regard to `further`. stopping: columns of stops."""
    known = {station.key for station in columns}
    ordered = [key for key in line.stops if key in known]
    numbers = {key: number for number, key in enumerate(ordered, start=1)}
    for place, station in enumerate(columns):
        stops = place in stopping
        done, all_done = line.done.get(station.key, (0, False))
        cell = Cell(
            on=stopping[0] <= place <= stopping[-1],
            stops=stops,
            number=numbers[station.key] if stops and line.in_sequence else 0,
            first=place == stopping[0],
            last=place == stopping[-1],
            taken=line.partial.get(station.key, 0) if stops else 0,
            focus=stops and station.key in line.focus,
            done=done if stops else 0,
            all_done=stops and all_done,
        )
        yield station, cell


def column_order(lines: Iterable[Line], stations: Iterable[Station]) -> list[Station]:
    """Order the stations from left to right so that as many sequences as possible run forwards.

    Some lines can all run forwards if the union of their "before" relations has no cycle. The
    largest such set is searched for by breaking one cycle at a time: to break it, all lines that
    have one of its edges are dropped. The result is exact if MOST_TRIES sets are enough; otherwise
    lines are added one by one, and each that would close a cycle is dropped. Where the lines leave
    the order open, stations are ordered by position, with those that no line stops at last.
    """
    lines = list(lines)
    beyond = {key for line in lines for key in line.further} - {
        key for line in lines for key in line.stops
    }
    stations = sorted(
        stations, key=lambda station: (station.key in beyond, station.position, station.key)
    )
    edges = _edges(lines, {station.key for station in stations})
    return _sorted(stations, _graph(edges, _fewest_dropped(edges)))


def _fewest_dropped(edges: dict[int, set[_Edge]]) -> frozenset[int]:
    """The smallest set of lines to drop so that all others can run forwards."""
    best = _greedily_dropped(edges)
    queue: list[frozenset[int]] = [frozenset()]
    seen = set(queue)
    for _ in range(MOST_TRIES):
        if not queue:
            break
        dropped = queue.pop(0)  # breadth first: fewest lines dropped come first
        cycle = _cycle(_graph(edges, dropped))
        if not cycle:
            return dropped
        for edge in cycle:
            more = dropped | {line for line, own in edges.items() if edge in own}
            if more not in seen and len(more) < len(best):
                seen.add(more)
                queue.append(more)
        queue.sort(key=len)
    return best


def _greedily_dropped(edges: dict[int, set[_Edge]]) -> frozenset[int]:
    """Add lines one by one, but drop each that would close a cycle. Returns those dropped."""
    dropped = frozenset(edges)
    for line in edges:
        if not _cycle(_graph(edges, dropped - {line})):
            dropped -= {line}
    return dropped


def _edges(lines: Iterable[Line], known: set[str]) -> dict[int, set[_Edge]]:
    """For each line with a sequence: (station, next station) pairs."""
    found = {}
    for number, line in enumerate(lines):
        stops = [key for key in line.stops if key in known]
        if line.in_sequence and len(stops) > 1:
            found[number] = set(pairwise(stops))
    return found


def _graph(edges: dict[int, set[_Edge]], dropped: frozenset[int]) -> _Graph:
    graph: _Graph = {}
    for line, own in edges.items():
        if line not in dropped:
            for before, after in own:
                graph.setdefault(before, set()).add(after)
    return graph


def _cycle(graph: _Graph) -> list[_Edge]:
    """The edges of one cycle, or an empty list."""
    done: set[str] = set()
    for start in sorted(graph):
        trail: list[str] = []
        stack = [(start, iter(sorted(graph.get(start, ()))))]
        trail.append(start)
        while stack:
            here, nexts = stack[-1]
            following = next(nexts, None)
            if following is None:
                done.add(here)
                stack.pop()
                trail.pop()
            elif following in trail:
                loop = [*trail[trail.index(following) :], following]
                return list(pairwise(loop))
            elif following not in done:
                trail.append(following)
                stack.append((following, iter(sorted(graph.get(following, ())))))
    return []


def _sorted(stations: list[Station], graph: _Graph) -> list[Station]:
    """A topological order of the graph. Ties are in the order of `stations`."""
    waiting = Counter(after for afters in graph.values() for after in afters)
    left = list(stations)
    ordered = []
    while left:
        station = next(station for station in left if not waiting[station.key])
        left.remove(station)
        ordered.append(station)
        for after in graph.get(station.key, ()):
            waiting[after] -= 1
    return ordered
