"""Make room on Python's stack, so that all frames of a page fit into one chunk of it.

CPython keeps a thread's frames in chunks of 16 KB. A call that doesn't fit maps another chunk, and
unmaps it as it returns. If that happens in a loop, of which templates have many, a page takes up to
1.7 times as long. Whether it does depends on how many frames the server and middleware have before
it, where nobody would think to look.
"""

from collections.abc import Callable
from types import FunctionType
from typing import cast

WORDS = 8_000  # of eight bytes. A chunk is at least twice as large as the frame it is mapped for


def with_room[**P, R](call: Callable[P, R]) -> Callable[P, R]:
    """The same function, called from a frame so large that its chunk has 64 KB left for others."""

    def roomy(*args: P.args, **named: P.kwargs) -> R:
        return call(*args, **named)

    code = roomy.__code__.replace(co_stacksize=WORDS)
    made = FunctionType(code, roomy.__globals__, roomy.__name__, None, roomy.__closure__)
    return cast("Callable[P, R]", made)
