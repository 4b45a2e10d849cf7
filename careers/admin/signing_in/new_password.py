"""Reset a forgotten password by a link in a mail, if the site can send mail.

The link replaces the password alone: whoever has a second factor still needs it to sign in.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from careers.admin.signing_in.tries import write_down
from careers.models import Outcome, SignIn

MOST_MAILS = 3  # to one account within WINDOW
WINDOW = datetime.timedelta(hours=1)


class _Form(PasswordResetForm):
    """Doesn't reveal whether an address is known, and doesn't flood anybody's inbox."""

    request: HttpRequest

    def get_users(self, email: str) -> Iterable[User]:
        for user in super().get_users(email):
            lately = SignIn.objects.within(WINDOW).filter(user=user, outcome=Outcome.ASKED_RESET)
            if user.is_staff and lately.count() < MOST_MAILS:
                write_down(self.request, user, Outcome.ASKED_RESET)
                yield user

    def save(self, *given: Any, **options: Any) -> None:
        self.request = options["request"]
        super().save(*given, **options)


class _Confirm(views.PasswordResetConfirmView):
    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        write_down(self.request, form.user, Outcome.CHANGED_PASSWORD)
        return answer


def _page(view: type[Any], **options: Any) -> Callable[..., HttpResponse]:
    """One of Django's views, in the admin's frame; a 404 if the site can't send mail."""

    @never_cache
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SENDS_MAIL:
            raise Http404
        context = {"extra_context": site.each_context(request)}
        answer: HttpResponse = view.as_view(**options, **context)(request, *args, **kwargs)
        return answer

    return page


ask = _page(views.PasswordResetView, form_class=_Form)
asked = _page(views.PasswordResetDoneView)
choose = _page(_Confirm)
done = _page(views.PasswordResetCompleteView)
