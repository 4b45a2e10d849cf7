from django.db import migrations, models


def note_last_apply(apps, _schema_editor):
    """What the files said last, they say since the apply that wrote it down."""
    revisions = apps.get_model("careers", "Revision").objects.order_by("-number")
    entries = []
    for entry in apps.get_model("careers", "CatalogEntry").objects.iterator():
        before = revisions.filter(made_at__lte=entry.applied_at)
        number = before.values_list("number", flat=True).first() or 0
        entry.since = dict.fromkeys(entry.values["values"], number)
        entries.append(entry)
    apps.get_model("careers", "CatalogEntry").objects.bulk_update(entries, ["since"], 500)


class Migration(migrations.Migration):
    dependencies = [("careers", "0009_questions_of_fit")]

    operations = [
        migrations.AddField("catalogentry", "since", models.JSONField(default=dict)),
        migrations.RunPython(note_last_apply, migrations.RunPython.noop),
    ]
