from django.db import migrations, models


class Migration(migrations.Migration):
    """The table stays as it is: paths.0002 made it, and paths.0004 lets go of the model."""

    dependencies = [
        ("careers", "0005_instead"),
        ("paths", "0004_catalog_version_moves_upstairs"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="CatalogVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField()),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={"db_table": "paths_catalogversion"},
                ),
            ],
        ),
    ]
