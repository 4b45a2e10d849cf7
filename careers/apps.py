from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks
from django.db.models.signals import post_migrate


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = "Careers"

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(_rebuild_index, sender=self)
        if settings.SENTRY_DSN:
            # Here, so that the server and every command do it. The package needn't be installed
            # otherwise.
            from careers.operations.errors import report_to  # noqa: PLC0415

            report_to(settings.SENTRY_DSN)


class CatalogAdminConfig(SimpleAdminConfig):
    """The editors' site. Its forms are loaded with the URLs, not here: commands don't need them."""

    default_site = "careers.admin.CatalogAdminSite"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(_check_forms, checks.Tags.admin)
        post_migrate.connect(_make_groups, sender=apps.get_app_config("careers"))


def _rebuild_index(**given: Any) -> None:
    from careers.index import rebuild_outdated  # noqa: PLC0415  most commands search for nothing

    rebuild_outdated(**given)


def _check_forms(
    app_configs: Sequence[AppConfig] | None, **given: Any
) -> Sequence[checks.CheckMessage]:
    """Django's own check of the admin's forms, which are loaded for it."""
    admin.autodiscover()
    return check_admin_app(app_configs, **given)


def _make_groups(**given: Any) -> None:
    from careers.admin.people.groups import make_groups  # noqa: PLC0415  loads the whole admin

    make_groups(**given)
