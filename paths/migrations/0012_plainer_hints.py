from django.db import migrations, models

import paths.fields
import paths.models


class Migration(migrations.Migration):
    dependencies = [
        ("paths", "0011_typographic_apostrophes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lesson",
            name="needs",
            field=paths.fields.LinesField(
                blank=True,
                default=list,
                help_text="Terms that a reader must know, one per line, as the glossary has them.",
            ),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="objectives",
            field=paths.fields.LinesField(
                blank=True,
                default=list,
                help_text="Two or three, one per line; each begins with a verb.",
            ),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="skip_if",
            field=paths.fields.LinesField(
                blank=True,
                default=list,
                help_text="One per line; each completes “Skip this lesson if …”.",
            ),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="sources",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What a fact in the text rests on. One per line: the title, then the address.",
                validators=[paths.models.validate_sources],
            ),
        ),
        migrations.AlterField(
            model_name="term",
            name="also",
            field=paths.fields.LinesField(
                blank=True,
                default=list,
                help_text="One per line. A plural that ends in s goes without saying.",
                verbose_name="other spellings",
            ),
        ),
    ]
