#!/usr/bin/env python
"""Django's command line, for this project."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    # No limit: a migration may need longer than a visitor should wait.
    os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "0")
    # There are none, and looking for them in all installed packages takes long.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from django.core.management import execute_from_command_line

    from careers.management.faults import faults_in_a_line

    with faults_in_a_line():
        execute_from_command_line(sys.argv)
