"""A bounded cache of answers, for one state of the site."""

from threading import Lock
from typing import TYPE_CHECKING

from careers.pagecache.answers import Answer
from careers.pagecache.keys import Key

if TYPE_CHECKING:
    from concurrent.futures import Future

type Spelling = tuple[str | None, ...]  # the values of READ as they were sent

KEPT = 0.8  # share of the bytes that stays when they are used up
MOST_OF_ONE = 0.1  # share of the bytes that one answer may take
MOST_SPELLINGS = 4_000  # requests that are remembered with their answers
MOST_TOO_LARGE = 500  # keys
LONGEST_SPELLING = 1_200  # characters in all


class Memory:
    """Answers by key, and by the whole request for a faster look-up.

    When the bytes are used up, the least used answers are dropped, and the others' counts are
    halved: so addresses that are asked for once don't push out those that are asked for again.

    ready: by request. being_made: answers in the making, for concurrent requests to wait for.
    too_large: the keys of answers that were too large to keep.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.ready: dict[Spelling, Answer] = {}
        self.being_made: dict[Key, Future[Answer | None]] = {}
        self.too_large: set[Key] = set()
        self._answers: dict[Key, Answer] = {}
        self._writing = Lock()

    def find(self, key: Key) -> Answer | None:
        return self._answers.get(key)

    def takes(self, size: int) -> bool:
        """Whether an answer of this size, in bytes, may be kept."""
        return size <= self.most_bytes * MOST_OF_ONE

    def pass_by(self, key: Key) -> None:
        """Remember that the answer for a key is too large, so that no request waits for it."""
        if len(self.too_large) >= MOST_TOO_LARGE:
            self.too_large = set()
        self.too_large.add(key)

    def keep(self, key: Key, answer: Answer) -> None:
        """Keep an answer, unless it is too large."""
        if not self.takes(answer.size):
            self.pass_by(key)
            return
        with self._writing:
            before = self._answers.get(key)
            self._answers[key] = answer
            self.bytes += answer.size - (before.size if before else 0)
            if self.bytes > self.most_bytes:
                self._make_room()

    def remember(self, request: Spelling, answer: Answer) -> None:
        """Find the answer faster when an equal request comes again."""
        if sum(len(each) for each in request if each) > LONGEST_SPELLING:
            return
        if len(self.ready) >= MOST_SPELLINGS:
            self.ready = {}
        self.ready[request] = answer

    def without_shortcuts(self) -> "Memory":
        """A memory with the same answers, but found by their keys only."""
        other = Memory(self.most_bytes)
        other._answers, other.bytes = self._answers, self.bytes
        other.too_large = self.too_large
        return other

    def _make_room(self) -> None:
        """Drop the least used answers; of equally used ones, the oldest."""
        room = self.most_bytes * KEPT
        wanted: set[Key] = set()
        by_use = sorted(self._answers.items(), key=lambda each: each[1].uses)
        for key, answer in reversed(by_use):
            room -= answer.size
            if room < 0:
                break
            answer.uses //= 2
            wanted.add(key)
        self._answers = {key: self._answers[key] for key in self._answers if key in wanted}
        self.bytes = sum(answer.size for answer in self._answers.values())
        self.ready = {}
