"""Files and editors at work together, for as long as one likes: no edit is ever lost.

A state machine lets both write, apply, settle, export, undo and go back to older files, in any
order. Beside it runs the table of merges in its plainest form, and the two have to agree.
"""

import json
import re
import tempfile
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
from careers.sync.exporting.export import make_rewrites
from careers.sync.exporting.replace import replace_files
from careers.sync.writing import record
from careers.sync.writing.apply import UnresolvedConflicts, apply_entries
from careers.sync.writing.resolve import SideChoice, choose_sides
from careers.sync.writing.revert import Unrevertable, revert
from careers.sync.writing.sides import read_sides
from tests.examples import one_in
from tests.files import Files
from tests.sync.exporting.rebuilt import shown, shown_after_rebuilding
from tests.sync.nasty import NASTY

ROLES = ("ml-engineer", "data-engineer")
TEXTS = ("title", "summary", "after_paths")
# Few values, so that both sides often write the same; and some that are hard to write down.
VALUES = st.sampled_from(
    ["one", "two", "three", *(t for t in NASTY if t.strip() == t and len(t) < 60)]
)
LISTS = st.lists(st.sampled_from("ABCDEF"), unique=True, max_size=4)
CONFLICT = object()

type Cell = tuple[str, str]  # a role and one of its fields


def merged(base, file, live, older):
    """The table of merges, a field. older: what live said since the base does."""
    if file == base or file in older:
        return live
    return file if live in (base, file) else CONFLICT


class TwoWriters(RuleBasedStateMachine):
    """What each side says of each cell, and what the files said at the last apply."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        self.files = Files(Path(self.folder.name) / "catalog")
        for slug in ROLES:
            self._write(slug, "after_paths", "one")
            self._write(slug, "aliases", ["A", "B"])
        apply_entries(self.files.read())
        self.base = self._said()
        self.older: dict[Cell, list] = {cell: [] for cell in self.base}
        self.commits = [self._texts()]
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
        }

    def _everything(self):
        values = {key: entry.values for key, (entry, _) in rows.read_live().items()}
        kept = list(CatalogEntry.objects.order_by("pk").values("kind", "key", "values", "gone"))
        return values, kept, Revision.objects.count(), CatalogVersion.current()

    def _texts(self) -> dict[str, str]:
        return {slug: self.files.text(f"roles/{slug}.yaml") for slug in ROLES}

    def _write(self, slug: str, field: str, value) -> None:
        self._put(slug, field, f"{field}: {json.dumps(value, ensure_ascii=False)}\n")

    def _put(self, slug: str, field: str, line: str) -> None:
        """Let a line take the place of a key and its value."""
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
        role = Role.objects.get(slug=slug)
        before = rows.read_live({"roles": [role.pk]})
        setattr(role, field, value)
        role.save()
        after = rows.read_live({"roles": [role.pk]})
        record.write_revision(Origin.ADMIN, "ada", record.edits_between(before, after))

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
            else merged(self.base[cell], file[cell], live[cell], self.older[cell])
            for cell in file
        }
        texts = {cell for cell in expected if cell[1] in TEXTS}
        try:
            found = apply_entries(self.files.read())
        except UnresolvedConflicts as conflict:
            assert self._everything() == before
            conflicting = {(each.id[1], each.name) for each in conflict.plan.conflicts}
            assert {cell for cell in texts if expected[cell] is CONFLICT} == conflicting & texts
            return
        after = self._live()
        assert {cell: after[cell] for cell in texts} == {cell: expected[cell] for cell in texts}
        for cell in {(slug, "aliases") for slug in ROLES} - left_out:
            sides = [set(each[cell]) for each in (self.base, file, live, after)]
            self._check_list(*sides, set().union(*self.older[cell]))
        drifting = {(each.id[1], each.name) for each in found.drift}
        assert drifting == {cell for cell in after if after[cell] != file[cell]}
        self._follow(file)

    @staticmethod
    def _check_list(base: set, file: set, live: set, after: set, older: set) -> None:
        """What a side added is there, what both kept is there, nothing came from nowhere, and
        nothing comes back that an editor removed."""
        assert after <= file | live
        assert after >= (file - base - older) | (live - base) | (file & live)
        assert not (after - live) & older

    def _follow(self, file: dict[Cell, object]) -> None:
        """After an apply the files' values are the base, and what live said before is past."""
        for cell, value in file.items():
            if value != self.base[cell]:
                self.older[cell] = []
        self.base = file

    @rule()
    def an_apply_that_overwrites(self) -> None:
        live, left_out = self._live(), self._left_out()
        apply_entries(self.files.read(), overwrite=True)
        self._follow(self._said())
        given = live.keys() - left_out
        self.older |= {cell: [] for cell in given if live[cell] != self.base[cell]}
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
        before = self._texts()
        if self._exported():
            for slug, text in before.items():
                self.files.write(f"roles/{slug}.yaml", text)

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
            assert shown_after_rebuilding(self.files) == shown()

    def _exported(self) -> bool:
        """Whether every live edit is in the files now; not while there are conflicts."""
        live, now = self._live(), read_sides(self.files.read())
        plan = now.plan()
        if plan.conflicts:
            with pytest.raises(UnresolvedConflicts):
                make_rewrites(self.files.folder, now)
            return False
        replace_files(self.files.folder, make_rewrites(self.files.folder, now))
        again = read_sides(self.files.read())
        assert not again.plan().drift
        assert not make_rewrites(self.files.folder, again)
        waiting = {(change.id[1], each.name) for change in plan.changes for each in change.fields}
        said = self._said()
        assert all(said[cell] == live[cell] for cell in live if cell not in waiting)
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
        assert {cell for cell in after if after[cell] != live[cell]} <= undone

    # -- What always holds -----------------------------------------------------------------

    @invariant()
    def what_live_says_is_noted(self) -> None:
        for cell, value in self._live().items():
            self.older[cell].append(value)

    @invariant()
    def no_value_comes_from_nowhere(self) -> None:
        for cell, value in self._live().items():
            assert cell[1] not in TEXTS or self._key(value) in self.written[cell]

    @invariant()
    def the_revisions_tell_all_that_happened(self) -> None:
        """Each edit begins where the one before it ended, and the last one is what is live."""
        now: dict[tuple[str, str], object] = {}
        for edit in Edit.objects.filter(kind="roles", key__in=ROLES).order_by("pk"):
            if not edit.field:
                now |= {(edit.key, name): value for name, value in edit.after.items()}
                continue
            assert now[edit.key, edit.field] == edit.before
            now[edit.key, edit.field] = edit.after
        assert {cell: now[cell] for cell in self.base} == self._live()

    @invariant()
    def the_version_is_the_last_revisions(self) -> None:
        assert CatalogVersion.current()[0] == Revision.objects.first().number


@pytest.mark.hypothesis
@pytest.mark.django_db
def test_no_edit_of_either_writer_is_ever_lost():
    run_state_machine_as_test(
        TwoWriters, settings=one_in(2, suppress_health_check=list(HealthCheck))
    )
