"""Files and editors change the catalog in turn, and no edit is ever lost.

A state machine lets both write, apply, settle, export, undo and go back to older files, in any
order. Beside it runs the plainest form of the merge table, and the two must agree.
"""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from careers.models import CatalogEntry, CatalogVersion, Edit, Origin, Revision, Role, Side
from careers.sync import rows
from careers.sync.entries import Entry
from careers.sync.exporting.replace import replace_files
from careers.sync.problems import CatalogError
from careers.sync.writing import record
from careers.sync.writing.apply import UnresolvedConflicts, apply_entries
from careers.sync.writing.resolve import SideChoice, choose_sides
from careers.sync.writing.revert import Unrevertable, revert
from careers.sync.writing.sides import read_sides
from tests.examples import one_in
from tests.files import Files
from tests.sync.exporting.rebuilt import Shown, shown, shown_after_rebuilding
from tests.sync.exporting.whole import make_rewrites
from tests.sync.nasty import NASTY

ROLES = ("ml-engineer", "data-engineer")
TEXTS = ("title", "summary", "after_paths")
# Few values, so that both sides often write the same; and some that YAML makes hard to write.
VALUES = st.sampled_from(
    ["one", "two", "three", *(t for t in NASTY if t.strip() == t and len(t) < 60)]
)
# A third role, which both sides rename; and two surveys of one region, whose figures they change.
RENAMED = "analyst"
NAMES = st.sampled_from([RENAMED, "bi-analyst", "insight"])
SURVEYS = ("A", "B")
LOWS = st.sampled_from([10, 20, 30])
BANDS = "salary_bands:\n" + "".join(
    f"""  - region: EU
    currency: EUR
    low: 10
    high: 99
    measures: Mean
    period: "2026"
    source:
      title: {survey}
      url: https://example.org/
    collected: 2026-01-02
"""
    for survey in SURVEYS
)
LISTS = st.lists(st.sampled_from("ABCDEF"), unique=True, max_size=4)
CONFLICT = object()

type Cell = tuple[str, str]  # a role, and one of its fields or surveys


def field_of(cell: Cell) -> Cell:
    """The field that a cell is, or is a part of."""
    slug, field = cell
    return slug, "salary_bands" if field in SURVEYS else field


def cell_field(name: str) -> str:
    """The field of the cell that a conflict of this name is about."""
    found = re.fullmatch(r"salary_bands\[EU, Mean, (\w), 2026\]\.low", name)
    return found[1] if found else name


def without_addresses(found: Shown) -> Shown:
    """What is shown, without former addresses: no file has those that were live between exports."""
    return {
        key: {name: value for name, value in values.items() if name != "formerly"}
        for key, values in found.items()
    }


def merged(base, file, live, older):
    """One field by the merge table. older: what exports wrote since the base got its value."""
    if file == base or file in older:
        return live
    return file if live in (base, file) else CONFLICT


class TwoWriters(RuleBasedStateMachine):
    """The catalog as both sides change it. base: each cell's value at the last apply."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        self.files = Files(Path(self.folder.name) / "catalog")
        for slug in ROLES:
            self._write(slug, "after_paths", "one")
            self._write(slug, "aliases", ["A", "B"])
            text = self.files.text(f"roles/{slug}.yaml")
            bands = re.search(r"^salary_bands:\n(?: +.*\n)*", text, re.MULTILINE)
            self.files.write(f"roles/{slug}.yaml", text.replace(bands.group(), BANDS))
        other = self.files.text("roles/data-engineer.yaml").replace("code: DE", "code: AN")
        other = other.replace("title: Data Engineer", "title: Analyst")
        self.files.write(f"roles/{RENAMED}.yaml", other)
        apply_entries(self.files.read())
        self.base = self._said()
        self.exports: list[tuple[int, dict[Cell, object]]] = []  # catalog version, live values then
        self.since = dict.fromkeys(self.base, CatalogVersion.current()[0])
        self.commits = [self._texts()]
        self.answering = {RENAMED}  # addresses that the third role has had
        self.written = {cell: {self._key(value)} for cell, value in self.base.items()}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)
        self.folder.cleanup()

    # -- Both sides, read and written ------------------------------------------------------

    def _said(self) -> dict[Cell, object]:
        entries = self.files.entries()
        return {
            (slug, field): entries["roles", slug].said[field]
            for slug in ROLES
            for field in (*TEXTS, "aliases")
        } | {
            (slug, band["source"]["title"]): band["low"]
            for slug in ROLES
            for band in entries["roles", slug].said["salary_bands"]
        }

    def _left_out(self) -> set[Cell]:
        entries = self.files.entries()
        return {(slug, field) for slug in ROLES for field in entries["roles", slug].left_out}

    def _live(self) -> dict[Cell, object]:
        found = {slug: Role.objects.get(slug=slug) for slug in ROLES}
        return {
            (slug, field): getattr(found[slug], field)
            for slug in ROLES
            for field in (*TEXTS, "aliases")
        } | {
            (slug, band.source_title): band.low
            for slug in ROLES
            for band in found[slug].salary_bands.all()
        }

    def _everything(self):
        values = {key: entry.values for key, (entry, _) in rows.read_live().items()}
        kept = list(CatalogEntry.objects.order_by("pk").values("kind", "key", "values", "gone"))
        return values, kept, Revision.objects.count(), CatalogVersion.current()

    def _texts(self) -> dict[str, str]:
        return {slug: self.files.text(f"roles/{slug}.yaml") for slug in ROLES}

    def _files(self) -> dict[str, str]:
        return {
            f"roles/{each.name}": each.read_text() for each in self.files.folder.glob("roles/*")
        }

    def _write(self, slug: str, field: str, value) -> None:
        self._put(slug, field, f"{field}: {json.dumps(value, ensure_ascii=False)}\n")

    def _put(self, slug: str, field: str, line: str) -> None:
        """Replace a key and its value by a line, or append the line."""
        name = f"roles/{slug}.yaml"
        old = rf"^{field}:.*\n(?: +.*\n)*"
        said = re.compile(old, re.MULTILINE)
        text, found = said.subn(lambda _: line, self.files.text(name), count=1)
        self.files.write(name, text if found else text + line)

    @staticmethod
    def _key(value) -> str:
        return json.dumps(value)

    def _note(self, cell: Cell, value) -> None:
        self.written[cell].add(self._key(value))

    # -- What may happen -------------------------------------------------------------------

    @rule(slug=st.sampled_from(ROLES), field=st.sampled_from(TEXTS), value=VALUES)
    def a_file_says(self, slug, field, value) -> None:
        self._write(slug, field, value)
        self._note((slug, field), self._said()[slug, field])

    @rule(slug=st.sampled_from(ROLES), value=LISTS)
    def a_file_lists(self, slug, value) -> None:
        self._write(slug, "aliases", value)

    @rule(slug=st.sampled_from(ROLES))
    def a_file_clears(self, slug) -> None:
        self._write(slug, "after_paths", None)
        self._note((slug, "after_paths"), "")

    @rule(slug=st.sampled_from(ROLES), field=st.sampled_from(["after_paths", "aliases"]))
    def a_file_leaves_out(self, slug, field) -> None:
        self._put(slug, field, "")

    @rule(slug=st.sampled_from(ROLES), field=st.sampled_from(TEXTS), value=VALUES)
    def an_editor_says(self, slug, field, value) -> None:
        self._edit(slug, field, value)
        self._note((slug, field), value)

    @rule(slug=st.sampled_from(ROLES), value=LISTS)
    def an_editor_lists(self, slug, value) -> None:
        self._edit(slug, "aliases", value)

    def _edit(self, slug: str, field: str, value) -> None:
        with self._revision(Role.objects.get(slug=slug)) as role:
            setattr(role, field, value)
            role.save()

    @contextmanager
    def _revision(self, role: Role) -> Iterator[Role]:
        """Record the changes made within as an editor's revision of the role."""
        before = rows.read_live({"roles": [role.pk]})
        yield role
        after = rows.read_live({"roles": [role.pk]})
        record.write_revision(Origin.ADMIN, "ada", record.edits_between(before, after))

    @rule(slug=st.sampled_from(ROLES), survey=st.sampled_from(SURVEYS), low=LOWS)
    def a_file_says_what_a_survey_found(self, slug, survey, low) -> None:
        name = f"roles/{slug}.yaml"
        found = re.compile(rf"low: \d+(?=(?:(?!low:)[\s\S])*?title: {survey}\n)")
        text, count = found.subn(f"low: {low}", self.files.text(name))
        assert count == 1
        self.files.write(name, text)

    @rule(slug=st.sampled_from(ROLES), survey=st.sampled_from(SURVEYS), low=LOWS)
    def an_editor_says_what_a_survey_found(self, slug, survey, low) -> None:
        with self._revision(Role.objects.get(slug=slug)) as role:
            role.salary_bands.filter(source_title=survey).update(low=low)

    @rule(name=NAMES, without_a_word=st.booleans())
    def a_file_is_renamed(self, name, without_a_word) -> None:
        entry = self._third()
        if name == entry.key:
            return
        self.files.rename(entry.file, f"roles/{name}.yaml")
        if without_a_word:
            self._apply_that_may_be_refused()
        former = sorted({*entry.formerly, entry.key} - {name})
        text = re.sub(r"formerly:.*\n(?: *- .*\n)*", "", self.files.text(f"roles/{name}.yaml"))
        self.files.write(f"roles/{name}.yaml", f"{text}formerly: {json.dumps(former)}\n")

    def _third(self) -> Entry:
        """The files' entry of the role that both sides rename."""
        roles = (entry for entry in self.files.read() if entry.kind == "roles")
        return next(entry for entry in roles if entry.values["code"] == "AN")

    def _apply_that_may_be_refused(self) -> None:
        """If it is refused, check that it wrote nothing; otherwise, roll it back."""
        before = self._everything()
        with transaction.atomic():
            with suppress(CatalogError, UnresolvedConflicts):
                apply_entries(self.files.read())
                assert Role.objects.get(code="AN").status == "published"
            transaction.set_rollback(True)
        assert self._everything() == before

    @rule(name=NAMES)
    def an_editor_renames(self, name) -> None:
        role = Role.objects.get(code="AN")
        if role.slug == name:
            return
        with self._revision(role):
            old, role.slug = role.slug, name
            role.save()
            role.keep_address(old)

    @rule()
    def the_files_are_committed(self) -> None:
        self.commits.append(self._texts())

    @rule(data=st.data())
    def an_older_commit_comes_back(self, data) -> None:
        for slug, text in data.draw(st.sampled_from(self.commits)).items():
            self.files.write(f"roles/{slug}.yaml", text)

    @rule()
    def an_apply(self) -> None:
        file, live, before = self._said(), self._live(), self._everything()
        left_out = self._left_out()
        expected = {
            cell: live[cell]
            if cell in left_out
            else merged(self.base[cell], file[cell], live[cell], self._older(cell))
            for cell in file
        }
        texts = {cell for cell in expected if cell[1] in (*TEXTS, *SURVEYS)}
        try:
            found = apply_entries(self.files.read())
        except UnresolvedConflicts as conflict:
            assert self._everything() == before
            conflicting = {(each.id[1], cell_field(each.name)) for each in conflict.plan.conflicts}
            assert {cell for cell in texts if expected[cell] is CONFLICT} == conflicting & texts
            return
        after = self._live()
        assert {cell: after[cell] for cell in texts} == {cell: expected[cell] for cell in texts}
        for cell in {(slug, "aliases") for slug in ROLES} - left_out:
            sides = [set(each[cell]) for each in (self.base, file, live, after)]
            self._check_list(*sides, set().union(*self._older(cell)))
        drifting = {(each.id[1], each.name) for each in found.drift if each.id[1] in ROLES}
        assert drifting == {field_of(cell) for cell in after if after[cell] != file[cell]}
        self._follow(file)

    @staticmethod
    def _check_list(base: set, file: set, live: set, after: set, older: set) -> None:
        """Check a merged list: additions of each side and what both kept are there, nothing came
        from nowhere, and nothing comes back that an editor removed.
        """
        assert after <= file | live
        assert after >= (file - base - older) | (live - base) | (file & live)
        assert not (after - live) & older

    def _follow(self, file: dict[Cell, object]) -> None:
        """After an apply, the files' values are the base. Forget exports of what they changed."""
        self._forget(cell for cell, value in file.items() if value != self.base[cell])
        self.base = file

    def _forget(self, cells: Iterable[Cell]) -> None:
        """Ignore earlier exports of fields that the files changed, or that were overwritten."""
        fields, now = set(map(field_of, cells)), CatalogVersion.current()[0]
        self.since |= {cell: now for cell in self.since if field_of(cell) in fields}

    def _older(self, cell: Cell) -> list:
        return [live[cell] for version, live in self.exports if version >= self.since[cell]]

    @rule()
    def an_apply_that_overwrites(self) -> None:
        live, left_out = self._live(), self._left_out()
        apply_entries(self.files.read(), overwrite=True)
        self._follow(self._said())
        given = live.keys() - left_out
        self._forget(cell for cell in given if live[cell] != self.base[cell])
        assert self._live() == {c: self.base[c] if c in given else live[c] for c in live}

    @rule(side=st.sampled_from(Side))
    def all_conflicts_are_settled(self, side) -> None:
        now = read_sides(self.files.read())
        conflicting = now.plan().conflicts
        file, live = self._said(), self._live()
        for conflict in conflicting:
            choice = SideChoice("/".join(conflict.id), conflict.name, side)
            choose_sides(now, [choice], "ada")
        apply_entries(self.files.read())
        after = self._live()
        for conflict in conflicting:
            cell = (conflict.id[1], conflict.name)
            if cell in after and conflict.name in TEXTS:
                assert after[cell] == (file if side == Side.FILE else live)[cell]
        self._follow(file)

    @rule()
    def an_export_is_thrown_away(self) -> None:
        before = self._files()
        if self._exported():
            for name in self._files().keys() - before.keys():
                self.files.remove(name)
            for name, text in before.items():
                self.files.write(name, text)

    @rule()
    def an_export_waits(self) -> None:
        self._exported()

    @rule()
    def an_export_is_applied(self) -> None:
        if self._exported():
            said = self._said()
            apply_entries(self.files.read())
            self._follow(said)
            assert self._live() == said
            assert without_addresses(shown_after_rebuilding(self.files)) == without_addresses(
                shown()
            )

    def _exported(self) -> bool:
        """Export. False if conflicts prevent it; then nothing was written."""
        live, now = self._live(), read_sides(self.files.read())
        plan = now.plan()
        if plan.conflicts:
            with pytest.raises(UnresolvedConflicts):
                make_rewrites(self.files.folder, now)
            return False
        rewrites = make_rewrites(self.files.folder, now)
        if rewrites:
            self.exports.append((CatalogVersion.current()[0], live))
        replace_files(self.files.folder, rewrites)
        again = read_sides(self.files.read())
        assert not again.plan().drift
        assert not make_rewrites(self.files.folder, again)
        waiting = {(change.id[1], each.name) for change in plan.changes for each in change.fields}
        said = self._said()
        assert all(said[cell] == live[cell] for cell in live if field_of(cell) not in waiting)
        return True

    @precondition(lambda _: Revision.objects.count() > 1)
    @rule(data=st.data())
    def a_revision_is_undone(self, data) -> None:
        numbers = Revision.objects.exclude(number=Revision.objects.last().number)
        number = data.draw(st.sampled_from(sorted(numbers.values_list("number", flat=True))))
        before, live = self._everything(), self._live()
        try:
            with transaction.atomic():
                revert(number, "ada")
        except Unrevertable:
            assert self._everything() == before
            return
        undone = set(Edit.objects.filter(revision=number).values_list("key", "field"))
        after = self._live()
        assert {field_of(cell) for cell in after if after[cell] != live[cell]} <= undone

    # -- What always holds -----------------------------------------------------------------

    @invariant()
    def no_value_comes_from_nowhere(self) -> None:
        for cell, value in self._live().items():
            assert cell[1] not in TEXTS or self._key(value) in self.written[cell]

    @invariant()
    def the_revisions_tell_all_that_happened(self) -> None:
        """Each edit begins where the one before it ended; the last one ends at the live value."""
        now: dict[tuple[str, str], object] = {}
        for edit in Edit.objects.filter(kind="roles", key__in=ROLES).order_by("pk"):
            if not edit.field:
                now |= {(edit.key, name): value for name, value in edit.after.items()}
                continue
            assert now[edit.key, edit.field] == edit.before
            now[edit.key, edit.field] = edit.after
        found = {cell: now[field_of(cell)] for cell in self.base}
        for (slug, field), value in found.items():
            if field in SURVEYS:
                lows = {band["source"]["title"]: band["low"] for band in value}
                found[slug, field] = lows[field]
        assert found == self._live()

    @invariant()
    def the_third_role_is_one_and_answers_at_each_name(self) -> None:
        role = Role.objects.get(code="AN")
        assert role.status == "published"
        former = set(role.former_slugs.values_list("slug", flat=True))
        self.answering |= {role.slug}
        assert self.answering <= {role.slug, *former}

    @invariant()
    def the_version_is_the_last_revisions(self) -> None:
        assert CatalogVersion.current()[0] == Revision.objects.first().number


@pytest.mark.hypothesis
@pytest.mark.django_db
def test_no_edit_of_either_writer_is_ever_lost():
    run_state_machine_as_test(
        TwoWriters, settings=one_in(2, suppress_health_check=list(HealthCheck))
    )
