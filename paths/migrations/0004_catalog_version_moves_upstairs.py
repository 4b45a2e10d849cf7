from django.db import migrations


class Migration(migrations.Migration):
    """The table stays as it is: careers.0006 takes the model over."""

    dependencies = [
        ("paths", "0003_instead"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="CatalogVersion")],
        ),
    ]
