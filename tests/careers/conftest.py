"""Editors who are signed in."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client


@pytest.fixture
def signed_in(db):
    """Sign somebody of the staff in. Nobody gets a password: hashing one takes half a second."""

    def sign_in(name: str, client: Client | None = None, **fields) -> Client:
        user = User.objects.create(username=name, is_staff=True, **fields)
        client = client or Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def editor(signed_in) -> Client:
    return signed_in("editor", is_superuser=True)


@pytest.fixture
def editor_who_may(signed_in):
    """Sign somebody in who has some permissions and no others."""

    def sign_in(*permissions: str) -> Client:
        client = signed_in("-".join(permissions))
        user = User.objects.get(username="-".join(permissions))
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        return client

    return sign_in


@pytest.fixture
def count_at(count_queries):
    """The queries of a call, with what Django keeps after the first one kept already."""

    def count(call):
        call()
        return count_queries(call)

    return count
