"""Make recorded.json anew: python measure.py postgresql://user:password@host/database

Needs numpy, psycopg and a PostgreSQL with pgvector 0.8 or newer. It drops a table `passage`.
An HNSW index is built with chance in it, so each run's recalls differ by a few hundredths.
"""

import json
import sys
import time
from statistics import median

import numpy as np
import psycopg

N, D, K = 20_000, 64, 10
REPEATS = 5  # of each question; the fastest counts


def points(rng, centers, n):
    v = centers[rng.integers(0, 200, n)]
    v = v + 1.8 * rng.normal(size=(n, D))
    return v / np.linalg.norm(v, axis=1, keepdims=True)


def literal(vector):
    return "[" + ",".join(f"{x:.7g}" for x in vector.tolist()) + "]"


def fill(db, vectors, shop):
    db.execute("CREATE EXTENSION IF NOT EXISTS vector")
    db.execute("DROP TABLE IF EXISTS passage")
    db.execute(
        "CREATE TABLE passage (id int PRIMARY KEY, shop text NOT NULL, vec vector(64) NOT NULL)"
    )
    with db.cursor().copy("COPY passage FROM STDIN") as copy:
        for number, vector in enumerate(vectors):
            copy.write_row((number, str(shop[number]), literal(vector)))
    db.execute("ANALYZE passage")


def ask(db, questions, index, ef, shop):
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


def main(url):
    rng = np.random.default_rng(808)
    centers = rng.normal(size=(200, D))
    vectors, questions = points(rng, centers, N), points(rng, centers, 50)
    shop = rng.choice(["north", "south", "kiosk"], N, p=[0.89, 0.10, 0.01])
    questions = [literal(question) for question in questions]
    shops, runs = ("north", "south", "kiosk"), []
    with psycopg.connect(url, autocommit=True) as db:

        def note(index, ef, shop=None):
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
        server = db.execute("SHOW server_version").fetchone()[0]
        extension = db.execute(
            "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
        ).fetchone()[0]
    made = {"recorded": time.strftime("%Y-%m-%d"), "server": f"PostgreSQL {server}"}
    made |= {"extension": f"pgvector {extension}", "runs": runs}
    with open("recorded.json", "w") as file:
        json.dump(made, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
