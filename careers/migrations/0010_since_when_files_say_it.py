import datetime

from django.db import migrations, models

# An apply wrote its revision after the entries, in one transaction of seconds.
AN_APPLY = datetime.timedelta(minutes=10)


def note_last_apply(apps, _schema_editor):
    """What the files said last, they say since the apply that wrote it down.

    Its own revision is no edit since then: taken for one, a file that takes its last change back
    would be an older state of what is live, and be ignored.
    """
    revisions = apps.get_model("careers", "Revision").objects
    numbers = {}  # moment of an apply → its revision's number, or of the one before it
    entries = []
    for entry in apps.get_model("careers", "CatalogEntry").objects.iterator():
        at = entry.applied_at
        if at not in numbers:
            own = revisions.filter(origin="files", made_at__range=(at, at + AN_APPLY))
            before = revisions.filter(made_at__lte=at)
            numbers[at] = (
                own.order_by("number").values_list("number", flat=True).first()
                or before.order_by("-number").values_list("number", flat=True).first()
                or 0
            )
        entry.since = dict.fromkeys(entry.values["values"], numbers[at])
        entries.append(entry)
    apps.get_model("careers", "CatalogEntry").objects.bulk_update(entries, ["since"], 500)


class Migration(migrations.Migration):
    dependencies = [("careers", "0009_questions_of_fit")]

    operations = [
        migrations.AddField("catalogentry", "since", models.JSONField(default=dict)),
        migrations.RunPython(note_last_apply, migrations.RunPython.noop),
    ]
