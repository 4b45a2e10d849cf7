"""Answers of one state of the site, in a bounded number of bytes."""

from threading import Lock
from typing import TYPE_CHECKING

from careers.pagecache.answers import Answer
from careers.pagecache.keys import Key

if TYPE_CHECKING:
    from concurrent.futures import Future

type Spelling = tuple[str | None, ...]  # what is read of a request, as it was sent

KEPT = 0.8  # of the bytes that there are, once they are full
MOST_OF_ONE = 0.1  # of the bytes that there are; a larger answer isn't kept
MOST_SPELLINGS = 4_000  # of requests that have one of the keys
MOST_TOO_LARGE = 500  # keys
LONGEST_SPELLING = 1_200  # characters


class Memory:
    """Answers by key, and by the very request that had that key, for the quickest look.

    When its bytes are used up, what was used least goes, and the rest has to show anew that it is
    wanted: addresses that are asked for once push out nothing that is asked for again.

    being_made: the answers that somebody is having made, for those who want the same meanwhile.
    too_large: the keys of answers that weren't kept for their size.
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
        """Whether an answer of so many bytes leaves room for others."""
        return size <= self.most_bytes * MOST_OF_ONE

    def pass_by(self, key: Key) -> None:
        """Remember that the answer to a key is too large: nobody is to wait for another's."""
        if len(self.too_large) >= MOST_TOO_LARGE:
            self.too_large = set()
        self.too_large.add(key)

    def keep(self, key: Key, answer: Answer) -> None:
        """Keep an answer, unless it would take much of the room by itself."""
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
        """Find an answer at once when just this request comes again."""
        if sum(len(each) for each in request if each) > LONGEST_SPELLING:
            return
        if len(self.ready) >= MOST_SPELLINGS:
            self.ready = {}
        self.ready[request] = answer

    def without_shortcuts(self) -> "Memory":
        """The same answers, each to be found by its key alone."""
        other = Memory(self.most_bytes)
        other._answers, other.bytes = self._answers, self.bytes
        other.too_large = self.too_large
        return other

    def _make_room(self) -> None:
        """Drop what was used least; of what was used as little, the oldest."""
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
