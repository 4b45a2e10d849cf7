"""Make recorded.json anew: python measure.py postgresql://user:password@host/database

Needs numpy, psycopg and a PostgreSQL with pgvector 0.8 or newer. It drops a table `passage`.
An HNSW index is built with chance in it, so each run's recalls differ by a few hundredths.
"""

import json
import sys
import time
from statistics import median
from typing import LiteralString

import numpy as np
import psycopg
from numpy.random import Generator
from numpy.typing import NDArray

type Vectors = NDArray[np.float64]
type Database = psycopg.Connection

N, D, K = 20_000, 64, 10
REPEATS = 5  # of each question; the fastest counts


def points(rng: Generator, centers: Vectors, n: int) -> Vectors:
    v = centers[rng.integers(0, 200, n)]
    v = v + 1.8 * rng.normal(size=(n, D))
    return v / np.linalg.norm(v, axis=1, keepdims=True)


def literal(vector: Vectors) -> str:
    return "[" + ",".join(f"{x:.7g}" for x in vector.tolist()) + "]"


def fill(db: Database, vectors: Vectors, shop: NDArray[np.str_]) -> None:
    db.execute("CREATE EXTENSION IF NOT EXISTS vector")
    db.execute("DROP TABLE IF EXISTS passage")
    db.execute(
        "CREATE TABLE passage (id int PRIMARY KEY, shop text NOT NULL, vec vector(64) NOT NULL)"
    )
    with db.cursor().copy("COPY passage FROM STDIN") as copy:
        for number, vector in enumerate(vectors):
            copy.write_row((number, str(shop[number]), literal(vector)))
    db.execute("ANALYZE passage")


def ask(
    db: Database, questions: list[str], index: str, ef: int | None, shop: str | None
) -> dict[str, object]:
    where = f"WHERE shop = '{shop}'" if shop else ""
    query = f"SELECT id FROM passage {where} ORDER BY vec <=> %s::vector LIMIT {K}"
    ids, times = [], []
    for question in questions:
        took = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            rows = db.execute(query, [question]).fetchall()
            took.append(time.perf_counter() - start)
        ids.append([row[0] for row in rows])
        times.append(min(took))
    plan = [line for (line,) in db.execute(f"EXPLAIN {query}", questions[:1])]
    used = [line.split("(")[0].strip(" ->") for line in plan if "Scan" in line]
    ms = round(median(times) * 1000, 2)
    return {"index": index, "ef": ef, "shop": shop, "ms": ms, "plan": used, "ids": ids}


def said(db: Database, query: LiteralString) -> object:
    row = db.execute(query).fetchone()
    return row and row[0]


def main(url: str) -> None:
    rng = np.random.default_rng(808)
    centers = rng.normal(size=(200, D))
    vectors, asked = points(rng, centers, N), points(rng, centers, 50)
    shop = rng.choice(np.array(["north", "south", "kiosk"]), N, p=[0.89, 0.10, 0.01])
    questions = [literal(each) for each in asked]
    shops, runs = ("north", "south", "kiosk"), []
    with psycopg.connect(url, autocommit=True) as db:

        def note(index: str, ef: int | None, shop: str | None = None) -> None:
            runs.append(ask(db, questions, index, ef, shop))

        fill(db, vectors, shop)
        for name in (None, *shops):
            note("none", None, name)
        db.execute("CREATE INDEX passage_vec ON passage USING hnsw (vec vector_cosine_ops)")
        for ef in 10, 20, 40, 80, 160, 320:
            db.execute(f"SET hnsw.ef_search = {ef}")
            note("hnsw", ef)
        db.execute("SET hnsw.ef_search = 40")
        scans = {"hnsw": "off", "strict": "strict_order", "iterative": "relaxed_order"}
        for index, scan in scans.items():
            db.execute(f"SET hnsw.iterative_scan = {scan}")
            for name in shops:
                note(index, 40, name)
        db.execute("SET hnsw.iterative_scan = off")
        db.execute("CREATE INDEX passage_shop ON passage (shop)")
        db.execute("ANALYZE passage")
        for name in shops:
            note("btree", 40, name)
        db.execute(
            "CREATE INDEX south_vec ON passage USING hnsw (vec vector_cosine_ops)"
            " WHERE shop = 'south'"
        )
        note("partial", 40, "south")
        server = said(db, "SHOW server_version")
        extension = said(db, "SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    made: dict[str, object] = {"recorded": time.strftime("%Y-%m-%d")}
    made |= {"server": f"PostgreSQL {server}", "extension": f"pgvector {extension}", "runs": runs}
    with open("recorded.json", "w") as file:
        json.dump(made, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
