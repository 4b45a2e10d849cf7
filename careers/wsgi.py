"""The WSGI application that the production server calls."""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
django_application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # load all views, before a visitor has to wait for them

from careers import snapshot  # noqa: E402  needs Django set up
from careers.operations.requests import RequestLog, noticed  # noqa: E402
from careers.pagecache import PageCache  # noqa: E402
from careers.stack import with_room  # noqa: E402

application: "WSGIApplication" = with_room(noticed(django_application))
if settings.PAGE_CACHE_BYTES:
    application = page_cache = PageCache(application, settings.PAGE_CACHE_BYTES)
    snapshot.watch(page_cache.look_again)
else:
    snapshot.watch()
application = RequestLog(application)
