"""Time the answers of `/search/` in a catalog of many lessons.

    bin/bench search [--lessons 5000]

The lessons are copies of this repository's, each with a few words of its own, so that the index has
a realistic number of words. They are written to a temporary SQLite database, or to the empty one
that DATABASE_URL names. Times are CPU milliseconds of this process, in which SQLite runs too, with
wall-clock milliseconds in brackets, which include the work of a database server.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WORDS_OF_A_COPY = 12
SYLLABLES = ["ba", "cor", "den", "fi", "gul", "hem", "kra", "lo", "mur", "nes", "pli", "tor"]
MAY_TAKE = 50  # milliseconds of CPU time


# ruff: noqa: PLC0415  imports that need settings follow their set-up


def fill(lessons: int) -> None:
    """Copy the applied lessons until there are `lessons`, and index them."""
    from careers import index
    from paths.models import Lesson

    originals = list(Lesson.objects.published().order_by("number"))
    chance = random.Random(1)  # noqa: S311  the same words each time; nothing is secret
    copies = []
    for place in range(lessons - len(originals)):
        lesson = originals[place % len(originals)]
        own = ("".join(chance.choices(SYLLABLES, k=4)) for _ in range(WORDS_OF_A_COPY))
        copy = Lesson(
            **{
                field.attname: getattr(lesson, field.attname)
                for field in Lesson._meta.concrete_fields
                if not field.primary_key
            }
        )
        copy.number, copy.slug = 100_000 + place, f"{lesson.slug[:50]}-{place}"
        copy.body_html += f"<p>And {' '.join(own)}.</p>"
        copies.append(copy)
    Lesson.objects.bulk_create(copies, batch_size=200)
    started = time.process_time()
    index.rebuild()
    print(f"  indexed anew in {time.process_time() - started:.1f} s of the processor")


def report(queries: list[str]) -> None:
    """Print the median time of the queries, and the slowest five."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.get("/search/", {"q": "warm"})
    took = []
    for query in queries:
        clock, started = time.perf_counter(), time.process_time()
        answer = client.get("/search/", {"q": query}, headers={"HX-Request": "true"})
        took.append((time.process_time() - started, time.perf_counter() - clock, query))
        assert answer.status_code == 200, query
    took.sort()
    middle = statistics.median(each for each, _, _ in took) * 1000
    print(f"  {len(took)} answers: median {middle:.1f} ms of the processor, and may be {MAY_TAKE}")
    for processor, clock, query in took[-5:]:
        print(f"    {processor * 1000:.1f} ms ({clock * 1000:.1f}): {query}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lessons", type=int, default=5000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from tests.index.queries import QUERIES

        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
            },
        }
        call_command("migrate", verbosity=0)
        call_command("catalog", "apply", verbosity=0)
        print(f"{asked.lessons} lessons on {settings.DATABASES['default']['ENGINE']}:")
        fill(asked.lessons)
        report([*QUERIES])


if __name__ == "__main__":
    main()
