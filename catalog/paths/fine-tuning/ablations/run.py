"""Makes runs.csv: every recipe of the ablation with the seeds 0 to 19."""

import csv
import json
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Weights = dict[str, Numbers]
RATE, DECAY, ROWS = 0.1, 0.01, 150


@dataclass(frozen=True)
class Recipe:
    base: bool = True
    body: bool = True
    lookalikes: bool = True
    stop: bool = True
    decay: bool = True
    as_few: bool = False  # drop as many rows at random as there are look-alikes
    epochs: int = 80


RECIPES = {
    "whole": Recipe(),
    "without base": Recipe(base=False),
    "without body": Recipe(body=False),
    "without look-alikes": Recipe(lookalikes=False),
    "as many rows at random": Recipe(as_few=True),
    "without stop": Recipe(stop=False),
    "without decay": Recipe(decay=False),
    "35 epochs of 80": Recipe(epochs=35),
}

with open("base.json") as file:
    BASE: Weights = {name: np.array(w) for name, w in json.load(file).items()}
with open("words.txt") as file:
    PLACE = {word: i for i, word in enumerate(file.read().split())}


class Part:
    """Messages as word counts (a row each), labels (1 is hold), and which are look-alikes."""

    def __init__(self, name: str) -> None:
        with open(name, newline="") as file:
            rows = list(csv.DictReader(file))
        self.counts: Numbers = np.zeros((len(rows), len(PLACE)))
        for count, row in zip(self.counts, rows, strict=True):
            for word in re.findall("[a-z]+", row["message"].lower()):
                count[PLACE.get(word, 0)] += 1
        self.labels = np.array([row["label"] == "hold" for row in rows]).astype(int)
        routine = np.array([row["kind"] == "routine" for row in rows])
        self.lookalike = ~routine & (self.labels == 0)


def gradient(w: Weights, counts: Numbers, labels: npt.NDArray[np.int_]) -> tuple[float, int, Weights]:
    """Loss, right answers and slopes."""
    e = counts @ w["E"]
    h = np.tanh(e @ w["W"] + w["b"])
    z = h @ w["V"]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    loss = float(-np.log(p[rows, labels]).mean())
    right = int((p.argmax(axis=1) == labels).sum())
    p[rows, labels] -= 1
    d = p / len(labels)
    b = d @ w["V"].T * (1 - h * h)
    slopes = {"V": h.T @ d, "b": b.sum(axis=0), "W": e.T @ b, "E": counts.T @ (b @ w["W"].T)}
    return loss, right, slopes


def run(recipe: Recipe, seed: int, train: Part, valid: Part, test: Part) -> int:
    """Test messages right, of 300."""
    rng = np.random.default_rng(seed)
    pick = rng.permutation(len(train.labels))[:ROWS]
    lookalike = train.lookalike[pick]
    if not recipe.lookalikes:
        pick = pick[~lookalike]
    if recipe.as_few:
        pick = pick[: ROWS - int(lookalike.sum())]
    random = {k: rng.normal(0, v.std(), v.shape) for k, v in BASE.items()}
    w = dict(BASE if recipe.base else random)
    w["V"] = np.random.default_rng(seed + 1000).normal(0, 0.1, (32, 2))
    low, best = np.inf, w
    for _ in range(recipe.epochs):
        slopes = gradient(w, train.counts[pick], train.labels[pick])[2]
        w = w | {k: w[k] - RATE * slopes[k] for k in ("EWbV" if recipe.body else "V")}
        if recipe.decay:
            w["V"] = (1 - DECAY) * w["V"]
        loss = gradient(w, valid.counts, valid.labels)[0]
        if loss < low:
            low, best = loss, w
    return gradient(best if recipe.stop else w, test.counts, test.labels)[1]


def main() -> None:
    parts = [Part(f"{name}.csv") for name in ("train", "validation", "test")]
    with open("runs.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["recipe", "seed", "right"])
        for name, recipe in RECIPES.items():
            for seed in range(20):
                writer.writerow([name, seed, run(recipe, seed, *parts)])


if __name__ == "__main__":
    main()
