"""`manage.py catalog`: the catalog's files, the database, and the way from each to the other."""

import gc
import getpass
import json
import os
import shutil
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models import Prefetch
from django.utils import timezone

from careers import sync
from careers.management.faults import words_of
from careers.management.migrated import is_migrated, require_migrations
from careers.management.terminal import any_reader, open_what_is_closed, write_for_programs
from careers.models import Edit, Revision, Role, Side
from careers.sync import report
from paths.forms import whole_number

type Options = dict[str, Any]

# Exit statuses besides 0 and 1, which is an error.
CHANGES = 2
CONFLICT = 3
# What an apply raises when it refuses to write; database errors come on top.
_REFUSED = (
    sync.CatalogError,
    sync.UnresolvedConflicts,
    sync.TooManyRemovals,
    sync.OlderFiles,
)
SCHEMAS = settings.BASE_DIR / "static" / "schema"


class Command(BaseCommand):
    """The catalog's files and the database: compare them, and bring either to the other."""

    help = "The catalog's files and the database: compare them, and bring either to the other."
    requires_system_checks: list[str] = []  # `check` needs no database; others test it

    def __init__(self, *args: Any, **streams: Any) -> None:
        open_what_is_closed()  # before Django takes them for the command's own
        super().__init__(*args, **streams)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dir",
            type=Path,
            default=settings.CATALOG_DIR,
            help="the catalog folder (CATALOG_DIR)",
        )
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("check", help="read every file, report every problem; needs no database")
        plan = actions.add_parser(
            "plan",
            help="say what apply would do; ends with 0 for nothing, 2 for changes, 3 for conflicts",
        )
        plan.add_argument("--json", action="store_true", help="print it as JSON")
        plan.add_argument("--out", type=Path, metavar="FILE", help="save the plan for apply")
        into = actions.add_parser("apply", help="bring the database to what the files say")
        into.add_argument("plan", type=Path, nargs="?", help="a saved plan: do that, or nothing")
        into.add_argument(
            "--overwrite",
            action="store_true",
            help="take the files' side wherever an editor changed what a file says",
        )
        into.add_argument(
            "--allow-older",
            action="store_true",
            help="go back to files of an older commit than those last applied",
        )
        into.add_argument(
            "--at-start",
            action="store_true",
            help="for a server: retire nothing, and fail only if there is nothing to serve",
        )
        _add_removals(into)
        actions.add_parser("drift", help="list live edits that no file has; ends with 2 for any")
        back = actions.add_parser("export", help="write live edits back into the files")
        back.add_argument(
            "--check", action="store_true", help="show what would change; ends with 2 for anything"
        )
        choice = actions.add_parser("resolve", help="choose whose value settles a conflict")
        choice.add_argument("key", help="the thing, as a conflict names it: roles/ml-engineer")
        choice.add_argument("field", help="its field, as in title, steps or 'steps[rag].why'")
        choice.add_argument("--take", choices=Side.values, required=True)
        log = actions.add_parser("log", help="say who changed what, the newest revision first")
        log.add_argument("key", nargs="?", help="only of this thing: roles/ml-engineer")
        log.add_argument(
            "--limit",
            type=_at_least_one,
            default=20,
            metavar="N",
            help="at most this many revisions",
        )
        undo = actions.add_parser("revert", help="undo a revision with another")
        undo.add_argument("revision", type=int, help="its number, as log shows it")
        _add_removals(undo)
        shapes = actions.add_parser(
            "schema", help="write the JSON Schema of every kind of file; needs no database"
        )
        shapes.add_argument(
            "--into", type=Path, default=SCHEMAS, help="the folder to write to (static/schema)"
        )

    def run_from_argv(self, argv: list[str]) -> None:
        with any_reader():
            super().run_from_argv(argv)

    def handle(self, *, action: str, **options: Any) -> None:
        with _many_objects(), sync.findings_kept(settings.VAR_DIR):
            try:
                getattr(self, f"_{action}")(options)
            except DatabaseError as error:  # full disk, no answer, no permission to write
                said = f"The database says: {words_of(error)}"
                raise CommandError(f"{said}\n\nNothing was written.") from None

    def _check(self, options: Options) -> None:
        with _problems_reported():
            found = sync.check_files(options["dir"], timezone.now().date())
        for warning in found.warnings:
            self.stderr.write(f"{warning}\n")
        self.stdout.write(f"The catalog is in order: {found.contents}.")

    def _schema(self, options: Options) -> None:
        folder: Path = options["into"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(folder, error) from None
        written = sync.schema_texts()
        for name, text in written.items():
            _save(folder / f"{name}.json", text)
        self.stdout.write(f"{len(written)} schemas written into {folder}.")

    # -- Files to database -----------------------------------------------------------------

    def _plan(self, options: Options) -> None:
        compared = _compared(options)
        plan = compared.plan
        wanted = options["json"] or options["out"]
        text = report.plan_as_json(plan, compared.fingerprint) if wanted else ""
        if options["out"]:
            _save(options["out"], text)
        lines = "\n".join(report.plan_lines(plan))
        if options["json"]:
            write_for_programs(self.stdout, text)
        else:
            self.stdout.write(lines)
        with _problems_reported():
            if refused := compared.refusals():
                raise sync.CatalogError(refused)
        if plan.conflicts:
            sys.exit(CONFLICT)
        if plan.changes:
            sys.exit(CHANGES)

    def _apply(self, options: Options) -> None:
        if options["at_start"]:
            self._apply_at_start(options)
            return
        if options["plan"] and options["overwrite"]:
            raise CommandError("A saved plan is applied as it is: leave out --overwrite.")
        try:
            with _problems_reported():
                done = self._applied(options)
        except sync.StalePlan:
            raise CommandError(
                f"{options['plan']} no longer fits: the files or the database changed since it was "
                f"made; nothing was written. Run `catalog plan --out {options['plan']}` and look "
                "at it again."
            ) from None
        except sync.TooManyRemovals as many:
            raise _too_many(many, "Gone from the files:") from None
        except sync.OlderFiles as older:
            raise CommandError(
                f"Not applied: {_older(older)}. Nothing was written. Bring them up to date or, to "
                "go back, say so with --allow-older."
            ) from None
        except sync.UnresolvedConflicts as unresolved:
            raise _conflicts(
                unresolved,
                "Choose for each with `catalog resolve KEY FIELD --take file` or `--take live`, "
                "bring the files to what the editor wrote, or take the files' side everywhere with "
                "--overwrite.",
            ) from None
        self.stdout.write("\n".join(report.applied_lines(done)))

    def _applied(self, options: Options) -> sync.Plan:
        more = {name: options[name] for name in ("allow_removals", "allow_older")}
        more["watch"] = sync.watch_progress(self.stderr, "changes")
        is_whole = options["plan"] or options["overwrite"]
        if not is_whole and sync.is_large(options["dir"]) and is_migrated():
            done = sync.apply_changed(options["dir"], _whoami(), **more)
            if done is not None:
                return done
        files = _read(options)
        require_migrations()
        more["saved"] = _fingerprint(options["plan"]) if options["plan"] else None
        return sync.apply(files, _whoami(), overwrite=options["overwrite"], **more)

    def _apply_at_start(self, options: Options) -> None:
        """Load the files, but retire nothing.

        If they can't be loaded, say so in one line as long as the database has roles to serve;
        otherwise raise CommandError with every problem.
        """
        others = ("plan", "overwrite", "allow_older")
        if any(options[each] for each in others) or options["allow_removals"] is not None:
            raise CommandError("--at-start can't be combined with another option of apply.")
        try:
            require_migrations()
            files = sync.read_catalog(options["dir"])
            watch = sync.watch_progress(self.stderr, "changes")
            done, gone = sync.apply_what_is_there(files, _whoami(), watch=watch)
        except (*_REFUSED, DatabaseError) as error:
            if not Role.objects.published().exists():
                raise _nothing_to_serve(error) from None
            self.stderr.write(
                f"The catalog isn't loaded: {_in_a_line(error)}. The site serves what it has."
            )
            return
        self.stdout.write("\n".join(report.applied_lines(done)))
        if gone:
            names = ", ".join(report.label(entry.id) for entry in gone)
            self.stderr.write(
                f"Gone from the files, and still shown: {names}. `catalog apply` retires them."
            )

    def _resolve(self, options: Options) -> None:
        files = _read(options)
        require_migrations()
        choice = sync.SideChoice(options["key"], options["field"], Side(options["take"]))
        try:
            chosen, left = sync.resolve(files, [choice], _whoami())
        except sync.NoConflict as error:
            raise CommandError(str(error)) from None
        self.stdout.write("\n".join(report.choice_lines(chosen, choice.take, left)))

    # -- History ---------------------------------------------------------------------------

    def _log(self, options: Options) -> None:
        require_migrations()
        revisions = Revision.objects.all()
        edits = Edit.objects.defer("before", "after").order_by("pk")
        if options["key"]:
            kind, _, name = options["key"].partition("/")
            # The thing that had this key last, under all its keys: no rename changes its row.
            last = edits.filter(kind=kind, key=name).last()
            if last is None:
                raise CommandError(_nothing_of(options["key"]))
            edits = edits.filter(kind=kind, row=last.row)
            revisions = revisions.filter(pk__in=edits.values("revision"))
        found = revisions.prefetch_related(Prefetch("edits", edits))[: options["limit"]]
        for revision in found:
            self.stdout.write("\n".join(report.revision_lines(revision, revision.edits.all())))

    def _revert(self, options: Options) -> None:
        require_migrations()
        try:
            allowed = options["allow_removals"]
            made = sync.revert(options["revision"], _whoami(), allow_removals=allowed)
        except sync.Unrevertable as error:
            raise CommandError(f"{error}\n\nNothing was written.") from None
        except sync.TooManyRemovals as many:
            raise _too_many(many, "It added") from None
        self.stdout.write("\n".join(report.revision_lines(made, made.edits.all())))

    # -- Database to files -----------------------------------------------------------------

    def _drift(self, options: Options) -> None:
        compared = _compared(options)
        plan = compared.plan
        self.stdout.write("\n".join(report.drift_lines(plan, compared.unfiled)))
        if plan.drift or plan.conflicts or compared.unfiled:
            sys.exit(CHANGES)

    def _export(self, options: Options) -> None:
        if not options["check"]:
            self._finish_interrupted(options["dir"])
        files = _read(options, anew=True)  # an export parses every file, without the cache
        require_migrations()
        folder, check = files.folder, options["check"]
        try:
            act = sync.preview_export if check else sync.export
            found = act(files, sync.watch_progress(self.stderr, "things"))
        except sync.UnresolvedConflicts as unresolved:
            raise _conflicts(
                unresolved,
                "Choose for each with `catalog resolve`, or change the files to what should hold.",
            ) from None
        except sync.Unwritable as error:
            raise CommandError(f"{error}\n\nNothing was written.") from None
        except OSError as error:
            what = f"{error.filename or folder}: {error.strerror}"
            became = "Nothing was written: the files are as before."
            if sync.is_interrupted(folder):  # putting the old files back failed, too
                became = f"{folder}: {sync.BEGUN}."
            raise CommandError(f"{what}\n\n{became}") from None
        self._say_export(found, folder, check)

    def _say_export(self, found: sync.Export, folder: Path, check: bool) -> None:
        rewrites = found.rewrites
        if check:
            write_for_programs(self.stdout, sync.git_patch(rewrites, folder))
        else:
            for each in rewrites:
                self.stdout.write(f"{each.action:9}{each.name}")
        verb = "would change" if check else "written"
        number = "1 file" if len(rewrites) == 1 else f"{len(rewrites)} files"
        self.stdout.write(f"Catalog export: {number} {verb}.")
        if found.left:
            words = "\n".join(map(str, found.left))
            raise CommandError(f"{words}\n\nThese live edits stay: no file can hold them.")
        if check and rewrites:
            sys.exit(CHANGES)

    def _finish_interrupted(self, folder: Path) -> None:
        try:
            if sync.finish_interrupted(folder):
                self.stderr.write("An export that was begun here and didn't end is finished now.")
        except sync.Unwritable as error:
            raise CommandError(f"{error}\n\nNothing was written.") from None
        except OSError as error:
            what = f"{error.filename or folder}: {error.strerror}"
            raise CommandError(f"{what}\n\n{folder}: {sync.BEGUN}.") from None


@contextmanager
def _many_objects() -> Iterator[None]:
    """Collect garbage rarely: a catalog is many objects, and nearly all live until the end.

    Going through them again and again would take a third of a run's time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(500_000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _add_removals(parser: ArgumentParser) -> None:
    words = "retire up to N published things; without it, a tenth of them"
    parser.add_argument("--allow-removals", type=int, metavar="N", help=words)


def _whoami() -> str:
    """The name of the system user, for the revision."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # in a container the user's number may have no name
        return str(os.getuid())


def _read(options: Options, *, anew: bool = False) -> sync.CatalogFiles:
    with _problems_reported():
        return sync.read_catalog(options["dir"], anew=anew)


def _compared(options: Options) -> sync.ComparedCatalog:
    files = _read(options)
    require_migrations()
    return sync.compare(files)


def _save(path: Path, text: str) -> None:
    """Write a file whole or not at all. A pipe, or another special file, is written to directly."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        _replace(Path(os.path.realpath(path)), text)  # keeps a symbolic link
    except OSError as error:
        raise _unwritable(path, error) from None


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> CommandError:
    return CommandError(f"{path} can't be written: {error.strerror}.")


def _at_least_one(typed: str) -> int:
    """A number of revisions, parsed. Raises ArgumentTypeError."""
    if (number := whole_number(typed)) is None or number < 1:
        raise ArgumentTypeError(f"a whole number of 1 or more, not “{typed}”")
    return number


def _nothing_of(key: str) -> str:
    """The message that no revision is about a thing, with a suggestion of what may be meant."""
    known = Edit.objects.order_by().values_list("kind", "key").distinct()
    hint = sync.did_you_mean(key, (f"{kind}/{name}" for kind, name in known))
    return f"No revision mentions {key}. {hint}".rstrip()


def _fingerprint(path: Path) -> str:
    """The fingerprint in a saved plan. Raises CommandError if it can't be read."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["fingerprint"])
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise CommandError(
            f"{path} isn't a plan: make one with `catalog plan --out FILE`."
        ) from None


@contextmanager
def _problems_reported() -> Iterator[None]:
    """Turn a CatalogError into a CommandError that lists every problem."""
    try:
        yield
    except sync.CatalogError as error:
        many = report.many(len(error.problems), "problem")
        raise CommandError(f"{error}\n\n{many} in the catalog; nothing was written.") from None


def _in_a_line(error: Exception) -> str:
    """Why a catalog wasn't loaded, in one line that names the command for the details."""
    if isinstance(error, sync.CatalogError):
        first, place = error.problems[0], error.problems[0].place
        many = report.many(len(error.problems), "problem")
        return f"{many} in its files ({place}: {first.message}; `catalog plan` says all)"
    if isinstance(error, sync.UnresolvedConflicts):
        first_one = error.plan.conflicts[0]
        field = f"{report.label(first_one.id)}: {first_one.name}"
        many = report.many(len(error.plan.conflicts), "field")
        return f"the files and an editor changed {many} ({field}; `catalog plan` says all)"
    if isinstance(error, sync.TooManyRemovals):
        return f"its files retire {error.number} things at once (`catalog plan` names them)"
    if isinstance(error, sync.OlderFiles):
        return _older(error)
    said = words_of(error) if isinstance(error, DatabaseError) else str(error).strip()
    return f"the database says: {said}"


def _older(older: sync.OlderFiles) -> str:
    ours, applied = older.ours[:12], older.applied[:12]
    return f"the files, of commit {ours}, are older than those last applied, of {applied}"


def _nothing_to_serve(error: Exception) -> CommandError:
    """The error to exit with: every problem of the files, or what the database says."""
    if not isinstance(error, sync.CatalogError):
        return CommandError(f"The catalog isn't loaded: {_in_a_line(error)}.")
    many = report.many(len(error.problems), "problem")
    words = f"{error}\n\n{many} in the catalog, and the database has none to serve."
    return CommandError(words)


def _conflicts(unresolved: sync.UnresolvedConflicts, what_to_do: str) -> CommandError:
    fields = "\n".join(map(report.conflict_text, unresolved.plan.conflicts))
    return CommandError(
        f"{fields}\n\nThe files and an editor changed the same fields; nothing was written. "
        f"{what_to_do}",
        returncode=CONFLICT,
    )


def _too_many(many: sync.TooManyRemovals, words: str) -> CommandError:
    """words: why so many would be retired; how many of each kind follows."""
    kinds = ", ".join(f"{number} of {all_} {kind}" for kind, (number, all_) in many.kinds.items())
    has_page = any(sync.KINDS[kind].has_page for kind in many.kinds)
    pages = ": their pages would answer 410" if has_page else ""
    return CommandError(
        f"{words} {kinds}, which would be retired{pages}; nothing was written. "
        f"If they are to go, say so with --allow-removals {many.number}."
    )
