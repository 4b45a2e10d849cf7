"""What the production server calls."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # all views, before the first visitor waits for them
