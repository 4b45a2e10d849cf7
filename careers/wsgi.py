"""What the production server calls."""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
application: "WSGIApplication" = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # all views, before the first visitor waits for them
if settings.PAGE_CACHE_BYTES:
    from careers.pagecache import PageCache  # which needs what was set up above

    application = PageCache(application, settings.PAGE_CACHE_BYTES)
