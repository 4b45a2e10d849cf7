"""Errors of ours, sent to Sentry or what speaks its protocol, where the operator named one."""

from typing import Any

import sentry_sdk

from careers.database.availability import DatabaseAway

# What is kept of a request: the rest may say who asked, or what they typed.
KEPT_OF_A_REQUEST = {"method", "url"}


def report_to(dsn: str, **options: Any) -> None:
    """Send each error of ours from now on. options: more for sentry_sdk.init."""
    sentry_sdk.init(
        dsn,
        before_send=_without_persons,
        ignore_errors=[DatabaseAway],  # said once in the log, and shown by /readyz
        max_breadcrumbs=0,
        include_local_variables=False,
        max_request_body_size="never",
        auto_session_tracking=False,  # errors are sent, and not how many visits had none
        **options,
    )


def _without_persons(event: Any, _hint: Any) -> Any:
    event.pop("user", None)
    event.get("extra", {}).pop("sys.argv", None)  # commands are given names and addresses
    if request := event.get("request"):
        kept = {name: value for name, value in request.items() if name in KEPT_OF_A_REQUEST}
        kept["url"] = str(kept.get("url", "")).partition("?")[0]
        event["request"] = kept
    return event
