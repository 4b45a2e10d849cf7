"""Rows of a subquery as one JSON list: what ArraySubquery is, on every database that we support."""

from typing import Any

from django.db.models import Aggregate, JSONField


class JSONList(Aggregate):
    """The values of a group as a JSON array, in no promised order."""

    function = "JSON_GROUP_ARRAY"
    name = "JSONList"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)
