"""The site's errors, sent to Sentry or a compatible service, if the operator named one."""

from typing import Any

import sentry_sdk

from careers.database.availability import DatabaseAway

# All that is sent of a request: the rest may reveal who made it, or what they typed.
KEPT_OF_A_REQUEST = {"method", "url"}


def report_to(dsn: str, **options: Any) -> None:
    """Send each of the site's errors from now on. options: further ones for sentry_sdk.init."""
    sentry_sdk.init(
        dsn,
        before_send=_without_persons,
        ignore_errors=[DatabaseAway],  # said once in the log, and shown by /readyz
        max_breadcrumbs=0,
        include_local_variables=False,
        max_request_body_size="never",
        auto_session_tracking=False,  # send errors only, not counts of visits without any
        **options,
    )


def _without_persons(event: Any, _hint: Any) -> Any:
    event.pop("user", None)
    event.get("extra", {}).pop("sys.argv", None)  # commands get names and addresses as arguments
    if request := event.get("request"):
        kept = {name: value for name, value in request.items() if name in KEPT_OF_A_REQUEST}
        kept["url"] = str(kept.get("url", "")).partition("?")[0]
        event["request"] = kept
    return event
