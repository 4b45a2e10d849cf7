import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from careers.published.transit import Cell, Line, Station, column_order, lay_out


def station(key: str, position: int = 0) -> Station:
    return Station(key, key.upper(), f"/paths/{key}/", position, 60)


def line(stops: str, *, in_sequence: bool = True, code: str = "AA") -> Line:
    return Line(code, "blue", code, f"/careers/{code}/", in_sequence, tuple(stops), 60)


def order(lines: list[str], keys: str) -> str:
    stations = [station(key, place) for place, key in enumerate(keys)]
    return "".join(each.key for each in column_order([line(stops) for stops in lines], stations))


def forwards(columns: str, lines: list[str]) -> int:
    return sum(
        all(columns.index(a) < columns.index(b) for a, b in itertools.pairwise(stops))
        for stops in lines
    )


sequences = st.lists(st.permutations("abcde").map(lambda p: "".join(p[:3])), max_size=7)


def test_without_lines_stations_keep_their_positions():
    assert order([], "bca") == "bca"


def test_a_line_orders_its_stations():
    assert order(["ca"], "abc") == "bca"


def test_a_line_in_any_order_orders_nothing():
    stations = [station("a", 1), station("b", 2)]
    columns = column_order([line("ba", in_sequence=False)], stations)
    assert [each.key for each in columns] == ["a", "b"]


@given(sequences)
def test_as_many_lines_as_possible_run_forwards(lines):
    best = max(forwards("".join(columns), lines) for columns in itertools.permutations("abcde"))
    assert forwards(order(lines, "abcde"), lines) == best


@given(sequences)
def test_every_station_has_one_column(lines):
    assert sorted(order(lines, "abcde")) == list("abcde")


@given(sequences)
def test_the_same_catalog_gives_the_same_map(lines):
    assert order(lines, "abcde") == order(list(lines), "abcde")


def test_a_line_passes_stations_between_its_stops():
    (row,) = lay_out([line("ac")], [station("a", 1), station("b", 2), station("c", 3)]).rows
    a, b, c = (cell for _, cell in row.cells)
    assert (a.stops, a.first, a.number) == (True, True, 1)
    assert (b.on, b.stops, b.number) == (True, False, 0)
    assert (c.stops, c.last, c.number) == (True, True, 2)


def test_a_line_is_only_between_its_ends():
    (row,) = lay_out([line("b")], [station("a", 1), station("b", 2), station("c", 3)]).rows
    assert [cell.on for _, cell in row.cells] == [False, True, False]


def test_any_order_has_no_numbers():
    (row,) = lay_out([line("ab", in_sequence=False)], [station("a"), station("b")]).rows
    assert [cell.number for _, cell in row.cells] == [0, 0]


def test_the_last_row_counts_the_lines_that_stop():
    drawn = lay_out([line("ab"), line("b")], [station("a", 1), station("b", 2), station("c", 3)])
    assert [count for _, count in drawn.columns] == [1, 2, 0]


def test_a_stop_that_is_not_on_the_map_is_left_out():
    (row,) = lay_out([line("xa")], [station("a")]).rows
    assert [(cell.stops, cell.number) for _, cell in row.cells] == [(True, 1)]


def test_forty_lines_over_thirty_stations_are_drawn_at_once():
    keys = [chr(65 + n) for n in range(30)]
    lines = [
        line("".join(keys[(n * 7 + k * (n % 5 + 1)) % 30] for k in range(6))) for n in range(40)
    ]
    drawn = lay_out(lines, [station(key, n) for n, key in enumerate(keys)])
    assert (len(drawn.rows), len(drawn.columns)) == (40, 30)


def test_many_lines_that_cannot_all_run_forwards_still_order_their_stations():
    orders = itertools.permutations("abcdefgh", 4)
    lines = ["".join(stops) for stops in itertools.islice(orders, 0, None, 71)]
    assert forwards(order(lines, "abcdefgh"), lines) > forwards("abcdefgh", lines)


def test_one_line_at_one_station():
    drawn = lay_out([line("a")], [station("a")])
    ((_, cell),) = drawn.rows[0].cells
    assert cell.first
    assert cell.last


def test_nothing_at_all():
    assert lay_out([], []).rows == ()


# -- Parts of paths, and further paths --


def cells(drawn: Line, *stations: Station) -> dict[str, Cell]:
    """Station → a line's cell. A second line stops at every station, so that none moves."""
    everywhere = line("".join(each.key for each in stations), in_sequence=False)
    row, _ = lay_out([drawn, everywhere], stations).rows
    return {station.key: cell for station, cell in row.cells}


def test_a_stop_that_takes_part_of_a_path_says_how_much():
    part = replace(line("ab"), partial={"b": 3}, focus=frozenset("a"))
    found = cells(part, station("a", 1), station("b", 2))
    assert (found["a"].taken, found["a"].focus) == (0, True)
    assert (found["b"].taken, found["b"].focus) == (3, False)


def test_a_line_goes_on_thin_from_its_last_stop_to_the_paths_beyond():
    onward = replace(line("ab"), further=("d",))
    found = cells(onward, *(station(key, n) for n, key in enumerate("abcde")))
    drawn = {key: (cell.on, cell.thin_before, cell.thin_after) for key, cell in found.items()}
    assert drawn == {
        "a": (True, False, False),
        "b": (True, False, True),
        "c": (False, True, True),
        "d": (False, True, False),
        "e": (False, False, False),
    }
    assert [key for key, cell in found.items() if cell.further] == ["d"]
    assert not found["d"].stops


def test_a_path_beyond_may_stand_before_or_between_the_stops():
    found = cells(replace(line("bd"), further=("a", "c")), *map(station, "abcd", range(4)))
    assert (found["a"].thin_before, found["a"].thin_after, found["a"].further) == (
        False,
        True,
        True,
    )
    assert (found["b"].thin_before, found["b"].on, found["b"].first) == (True, True, True)
    assert (found["c"].on, found["c"].thin_before, found["c"].further) == (True, False, True)
    assert not found["d"].thin_after


def test_lines_that_only_go_on_to_a_station_do_not_stop_there():
    drawn = lay_out([replace(line("a"), further=("b",))], [station("a", 1), station("b", 2)])
    assert [count for _, count in drawn.columns] == [1, 0]


def test_stations_that_lines_only_go_on_to_stand_behind_all_others():
    """A line goes on to them after its last stop, so that it never runs back."""
    lines = [replace(line("db"), further=("a",)), replace(line("b"), further=("a", "c"))]
    columns = column_order(lines, [station(key, n) for n, key in enumerate("abcd")])
    assert "".join(each.key for each in columns) == "dbac"


def test_without_a_stop_there_is_nothing_to_go_on_from():
    assert cells(replace(line(""), further=("a",)), station("a")) == {"a": Cell()}


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_every_track_begins_and_ends_at_a_station(stops, further):
    drawn = replace(line("".join(sorted(stops))), further=tuple(further))
    found = list(cells(drawn, *map(station, "abcdef", range(6))).values())
    for left, right in itertools.pairwise(found):
        goes_right = (left.on and not left.last) or left.thin_after
        comes_left = (right.on and not right.first) or right.thin_before
        assert goes_right == comes_left
    for cell in found:
        ends = cell.thin_before != cell.thin_after
        assert not ends or cell.further or cell.first or cell.last
