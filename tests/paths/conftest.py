"""A line below the results of a run that tells how much of the lessons it tried."""

from collections import Counter


def pytest_terminal_summary(terminalreporter):
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    counts: Counter[str] = Counter()
    for report in reports:
        if report.when == "call" and report.user_properties:
            counts["lessons"] += 1
            counts.update(dict(report.user_properties))
    if counts:
        said = ", ".join(f"{count} {what}" for what, count in counts.items())
        terminalreporter.write_line(f"Tried of lessons: {said}")
