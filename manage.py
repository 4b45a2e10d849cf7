#!/usr/bin/env python
"""Django's command line, for this project."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
    # A visitor doesn't wait for a statement as long as a migration may need.
    os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "0")
    # There are none, and to look for them in all that is installed takes long.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from django.core.management import execute_from_command_line

    from careers.management.faults import faults_in_a_line

    with faults_in_a_line():
        execute_from_command_line(sys.argv)
