"""Room on Python's stack, so that all calls of a page stand in one piece of it.

CPython keeps the frames of a thread in pieces of 16 KB. A call that doesn't fit has another piece
mapped, which is unmapped as soon as it returns. Where that falls into a loop, as templates have
many, a page takes up to 1.7 times as long; and whether it does depends on how many frames there are
above, in the server and in middleware, which nobody would think to look at.
"""

from collections.abc import Callable
from types import FunctionType
from typing import cast

WORDS = 8_000  # of eight bytes. A piece is at least twice as large as the frame that needs it


def with_room[**P, R](call: Callable[P, R]) -> Callable[P, R]:
    """The same, from a frame so large that 64 KB are left for others behind it."""

    def roomy(*args: P.args, **named: P.kwargs) -> R:
        return call(*args, **named)

    code = roomy.__code__.replace(co_stacksize=WORDS)
    made = FunctionType(code, roomy.__globals__, roomy.__name__, None, roomy.__closure__)
    return cast("Callable[P, R]", made)
