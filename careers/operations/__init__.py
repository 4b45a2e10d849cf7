"""For operators: probes, logs, metrics, error reports."""

# Machines request these all the time: while all is well they aren't logged, and the page cache
# neither stores them nor asks the database first.
PROBES = frozenset({"/livez", "/readyz", "/healthz", "/metrics"})
