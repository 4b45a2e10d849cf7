from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = "Careers"


class CatalogAdminConfig(AdminConfig):
    default_site = "careers.admin.CatalogAdminSite"

    def ready(self) -> None:
        super().ready()
        from careers.admin.people.groups import make_groups  # noqa: PLC0415  models are loaded by now

        post_migrate.connect(make_groups, sender=apps.get_app_config("careers"))
