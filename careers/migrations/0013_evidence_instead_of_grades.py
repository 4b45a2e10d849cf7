from django.db import migrations, models

import careers.models.pay

BATCH = 500

# What ends of a band were called in words, until they had a name that can be drawn.
NAMED = {
    "Lower to upper quartile": "quartiles",
    "Mean to upper quartile": "mean-to-quartile",
}


def name_ends(apps, _schema_editor):
    bands = apps.get_model("careers", "SalaryBand").objects
    for measures, ends in NAMED.items():
        bands.filter(measures__iexact=measures).update(ends=ends)


def rename_in_history(apps, _schema_editor):
    """Bands in the base and in the history get the keys that bands have now.

    Otherwise no revision of a band could be undone, and each would differ from its base.
    """
    entries = apps.get_model("careers", "CatalogEntry").objects
    roles = entries.filter(kind="roles").iterator()
    kept = [each for each in roles if _renamed(each.values["values"].get("salary_bands"))]
    entries.bulk_update(kept, ["values"], BATCH)
    edits = apps.get_model("careers", "Edit").objects
    kept = []
    for edit in edits.filter(kind="roles", field__in=["", "salary_bands"]).iterator():
        before, after = edit.before, edit.after
        if not edit.field:  # the whole thing, when it was added
            before, after = None, (edit.after or {}).get("salary_bands")
        if _renamed(before) | _renamed(after):
            kept.append(edit)
        if len(kept) == BATCH:
            edits.bulk_update(kept, ["before", "after"])
            kept = []
    edits.bulk_update(kept, ["before", "after"])


def _renamed(bands):
    """Whether any of the bands had a key that it has no more. Changes them."""
    is_changed = False
    for band in bands or ():
        if "grade" in band or "proxy_title" in band:
            is_changed = True
            band.pop("grade", None)
            band["for_title"] = band.pop("proxy_title", None) or ""
            band["ends"] = next(
                (ends for name, ends in NAMED.items() if name.lower() == band["measures"].lower()),
                "range",
            )
            band |= {"basis": None, "method": ""}
    return is_changed


class Migration(migrations.Migration):
    dependencies = [("careers", "0012_who_may_publish")]

    # An earlier version of the site may still be running on this database: what it reads stays
    # where it was, and what it doesn't write has a default.
    operations = [
        migrations.RemoveConstraint("salaryband", "salary_proxy_named"),
        migrations.AlterField(
            model_name="salaryband",
            name="grade",
            field=models.CharField(
                db_default="few-data", default="few-data", editable=False, max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="salaryband",
            name="proxy_title",
            field=models.CharField(
                blank=True,
                db_column="proxy_title",
                help_text="Only where a neighboring title was measured: which.",
                max_length=80,
                verbose_name="for the title",
            ),
        ),
        migrations.RenameField("salaryband", "proxy_title", "for_title"),
        migrations.AddField(
            model_name="salaryband",
            name="basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("survey", "a survey"),
                    ("adverts", "job ads"),
                    ("records", "pay records"),
                    ("article", "one text’s claim"),
                ],
                db_default="",
                help_text="What the figure was made of, if the source says so.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="salaryband",
            name="ends",
            field=models.CharField(
                choices=[
                    ("range", "a range"),
                    ("quartiles", "the quartiles"),
                    ("mean-to-quartile", "mean, upper quartile"),
                ],
                db_default="range",
                default="range",
                max_length=16,
                verbose_name="low and high are",
            ),
        ),
        migrations.AddField(
            model_name="salaryband",
            name="method",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="How the figure was made: a sentence, or the address that says so. "
                "Empty where nobody does.",
                max_length=300,
                validators=[careers.models.pay.validate_method],
            ),
        ),
        migrations.RunPython(name_ends, migrations.RunPython.noop),
        migrations.RunPython(rename_in_history, migrations.RunPython.noop),
    ]
