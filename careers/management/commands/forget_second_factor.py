"""`manage.py forget_second_factor NAME`: for somebody who lost phone and recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from careers.admin.signing_in.second_factor import take_away
from careers.management.migrated import require_migrations


class Command(BaseCommand):
    help = (
        "Take somebody's second factor and recovery codes away. They sign in with their password, "
        "and set up another one, where it is required. Be sure that it is they who ask."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")

    def handle(self, *_: Any, **options: Any) -> None:
        require_migrations()
        user = User.objects.filter(username=options["name"]).first()
        if not user:
            raise CommandError(f"Nobody is called {options['name']}.")
        take_away(user)
        self.stdout.write(f"{user} no longer has a second factor.")
