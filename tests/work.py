"""Count the work of a call in Python steps: the same on every machine, busy or not."""

import sys
from collections.abc import Callable
from types import CodeType

from django.conf import settings

OURS = tuple(str(settings.BASE_DIR / folder) for folder in ("careers", "paths"))
MONITOR = sys.monitoring
STEPS = MONITOR.events.PY_START | MONITOR.events.CALL | MONITOR.events.JUMP


def steps(call: Callable[[], object]) -> int:
    """Call `call` and return how many steps our code made: functions entered or called, and jumps
    (rounds of loops). What happens inside a C function doesn't count.
    """
    count = 0

    def step(code: CodeType, *_: object) -> object:
        nonlocal count
        if not code.co_filename.startswith(OURS):
            return MONITOR.DISABLE
        count += 1
        return None

    tool = MONITOR.OPTIMIZER_ID
    MONITOR.use_tool_id(tool, "steps")
    for event in (MONITOR.events.PY_START, MONITOR.events.CALL, MONITOR.events.JUMP):
        MONITOR.register_callback(tool, event, step)
    MONITOR.set_events(tool, STEPS)
    try:
        call()
    finally:
        MONITOR.set_events(tool, MONITOR.events.NO_EVENTS)
        MONITOR.free_tool_id(tool)
    return count
