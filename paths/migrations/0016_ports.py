from django.db import migrations, models

import paths.models


class Migration(migrations.Migration):
    dependencies = [
        ("paths", "0015_where_to_learn_a_term"),
    ]

    operations = [
        migrations.AlterField(
            model_name="price",
            name="url",
            field=models.CharField(
                max_length=300,
                validators=[
                    paths.models.SourceURLValidator(
                        code="url",
                        message="A source's address begins with https:// or http://.",
                        schemes=["http", "https"],
                    )
                ],
                verbose_name="its address",
            ),
        ),
    ]
