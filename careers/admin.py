from django.contrib import admin


class CatalogAdminSite(admin.AdminSite):
    pass
