from careers.published.onward import onward
from careers.published.roadmap import LessonRef, Roadmap, Stop


def a_stop(path: int, *, published: bool = True, only: frozenset[int] = frozenset()) -> Stop:
    numbers = (100 * path + 1, 100 * path + 2)
    outline = tuple(
        LessonRef(n, 8, 40, f"Lesson {n}" if published else "", f"/{n}/" if published else "")
        for n in numbers
    )
    return Stop(f"p{path}", f"Path {path}", path, "/", "", "", outline, only)


def a_roadmap(role: str, *stops: Stop, in_sequence: bool = True) -> Roadmap:
    return Roadmap(role, f"/{role}/", "RO", "blue", in_sequence, stops, "", "")


def ways(*roadmaps: Roadmap) -> list[tuple[int, list[str]]]:
    """What comes after lesson 102 of path p1: lesson numbers, each with the roles' names."""
    found = onward("p1", 102, roadmaps)
    return [(each.lesson.number, [line.title for line in each.lines]) for each in found]


def test_a_role_goes_on_with_its_next_step():
    assert ways(a_roadmap("a", a_stop(3), a_stop(1), a_stop(2))) == [(201, ["a"])]


def test_a_step_of_which_nothing_can_be_read_is_passed_over():
    roadmap = a_roadmap("a", a_stop(1), a_stop(2, published=False), a_stop(3))
    assert ways(roadmap) == [(301, ["a"])]


def test_only_steps_in_any_order_lead_back():
    stops = (a_stop(2), a_stop(3), a_stop(1))
    assert ways(a_roadmap("a", *stops)) == []
    assert ways(a_roadmap("a", *stops, in_sequence=False)) == [(201, ["a"])]


def test_a_role_that_takes_other_lessons_of_the_path_says_nothing():
    roadmap = a_roadmap("a", a_stop(1, only=frozenset({101})), a_stop(2))
    assert ways(roadmap) == []


def test_a_part_of_a_path_begins_with_its_own_first_lesson():
    roadmap = a_roadmap("a", a_stop(1), a_stop(2, only=frozenset({202})))
    assert ways(roadmap) == [(202, ["a"])]


def test_what_most_roles_go_on_with_stands_first():
    one, two, three = (a_roadmap(n, a_stop(1), a_stop(2 + (n != "a"))) for n in "abc")
    assert ways(one, two, three) == [(301, ["b", "c"]), (201, ["a"])]
