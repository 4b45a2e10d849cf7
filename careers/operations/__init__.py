"""What who runs the site asks of it, and is told."""

# Asked by machines all the time: no line in the log while all is well, and no wait for a database.
PROBES = frozenset({"/livez", "/readyz", "/healthz", "/metrics"})
