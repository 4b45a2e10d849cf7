from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = "Careers"


class CatalogAdminConfig(AdminConfig):
    default_site = "careers.admin.CatalogAdminSite"
