import django.core.validators
from django.db import migrations, models

import paths.models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0025_which_states_were_exported"),
    ]

    operations = [
        migrations.AlterField(
            model_name="salaryband",
            name="sample",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="How many answers, or job ads.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
            ),
        ),
        migrations.AlterField(
            model_name="salaryband",
            name="source_url",
            field=models.CharField(
                max_length=300,
                validators=[
                    paths.models.SourceURLValidator(
                        code="url",
                        message="A source's address begins with https:// or http://.",
                        schemes=["http", "https"],
                    )
                ],
                verbose_name="source address",
            ),
        ),
    ]
