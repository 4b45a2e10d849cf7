from django.contrib import admin
from django.urls import include, path

from careers.admin.signing_in import new_password
from careers.opendata import views as opendata
from careers.operations import probes
from careers.operations.metrics import metrics
from careers.pages import search, share, site, theme, views
from careers.pages.plan import actions as plan
from careers.pages.plan import views as plan_views
from careers.pages.sitemaps import sitemap, sitemap_part
from careers.styleguide.views import styleguide

handler400 = "careers.pages.site.bad_request"
handler404 = "careers.pages.site.not_found"
handler500 = "careers.pages.site.server_error"

admin.autodiscover()

urlpatterns = [
    path("", views.home, name="home"),
    path("careers/", views.role_list, name="role-list"),
    path("careers/picture.png", share.site_picture, name="site-picture"),
    path("careers/map/", views.role_map, name="role-map"),  # Role refuses such slugs
    path("careers/decode/", views.title_meaning, name="decode"),
    path("careers/which/", views.role_choice, name="which"),
    path("careers/compare/", views.role_comparison, name="compare"),
    path("careers/compare/picture.png", share.comparison_picture, name="comparison-picture"),
    path("careers/<slug:slug>/", views.role_detail, name="role"),
    path("careers/<slug:slug>/fit/", views.role_fit, name="role-fit"),
    path("careers/<slug:slug>/roadmap/", views.role_roadmap, name="role-roadmap"),
    path("careers/<slug:slug>/picture.png", views.role_picture, name="role-picture"),
    path("paths/<slug:slug>/picture.png", share.path_picture, name="path-picture"),
    path(
        "paths/<slug:path_slug>/<slug:slug>/picture.png",
        share.lesson_picture,
        name="lesson-picture",
    ),
    path("paths/", include("paths.urls")),
    path("plan/", plan_views.plan_page, name="plan"),
    path("plan/weeks/", plan_views.week_page, name="plan-weeks"),
    path("plan/weeks.ics", plan_views.week_calendar, name="plan-calendar"),
    path("plan/start/", plan.start, name="plan-start"),
    path("plan/drop/", plan.drop, name="plan-drop"),
    path("plan/done/", plan.done, name="plan-done"),
    path("plan/keep/", plan.keep, name="plan-keep"),
    path("plan/change/", plan.change, name="plan-change"),
    path("plan/forget/", plan.forget, name="plan-forget"),
    path("privacy/", plan_views.privacy, name="privacy"),
    path("glossary/", views.glossary, name="glossary"),
    path("search/", search.search, name="search"),
    path("opensearch.xml", search.description, name="search-description"),
    path("changes/", views.change_list, name="changes"),
    path("data/", opendata.data, name="data"),
    path("catalog.json", opendata.catalog_json, name="catalog"),
    path("careers.csv", opendata.careers_table, name="careers-table"),
    path("feed.atom", opendata.feed, name="feed"),
    path("changes.atom", opendata.changes_feed, name="changes-feed"),
    path("schema/<slug:document>.json", opendata.schema_file, name="schema"),
    # Under the names that Django's own pages and mails use.
    path("admin/password_reset/", new_password.ask, name="admin_password_reset"),
    path("admin/password_reset/done/", new_password.asked, name="password_reset_done"),
    path("admin/reset/<uidb64>/<token>/", new_password.choose, name="password_reset_confirm"),
    path("admin/reset/done/", new_password.done, name="password_reset_complete"),
    path("admin/", admin.site.urls),
    path("theme/", theme.choose, name="theme"),
    path("styleguide/", styleguide, name="styleguide"),
    path("speculation-rules.json", site.speculation_rules, name="speculation-rules"),
    path("site.webmanifest", site.manifest, name="manifest"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap-part"),
    path(".well-known/security.txt", site.security_contact, name="security-contact"),
    path("metrics", metrics, name="metrics"),
    path("livez", probes.livez, name="livez"),
    path("readyz", probes.readyz, name="readyz"),
    path("healthz", probes.readyz, name="healthz"),
]
