from django.db import migrations, models

import careers.models.pay
import careers.models.roles
import paths.fields
import paths.models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0020_sign_ins"),
    ]

    operations = [
        migrations.AlterField(
            model_name="background",
            name="sources",
            field=models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                help_text="What the advice rests on. One per line: the title, then the address.",
                validators=[paths.models.validate_sources],
            ),
        ),
        migrations.AlterField(
            model_name="background",
            name="starts_fresh",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="For people of whom no source says what carries over. They see every role, the one that asks for least first.",
                verbose_name="open to every role",
            ),
        ),
        migrations.AlterField(
            model_name="background",
            name="summary",
            field=models.CharField(
                help_text="What this person does every day that helps here.", max_length=160
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="aliases",
            field=paths.fields.LinesField(
                blank=True,
                default=list,
                help_text="Titles in job ads that mean this role, one per line.",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="daily_work",
            field=paths.fields.LinesField(
                blank=True,
                default=list,
                help_text="One per line, each begins with a verb: “Builds …”.",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="entry_bar",
            field=models.CharField(
                blank=True,
                choices=[
                    ("nothing", "Nothing beforehand"),
                    ("skill", "A skill beforehand"),
                    ("trade", "A trade beforehand"),
                    ("degree", "A degree beforehand"),
                    ("years", "Years of practice or research beforehand"),
                ],
                db_default="",
                help_text="How much it asks for before the paths. Students and career changers see the roles in this order.",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="fit_questions",
            field=paths.fields.LinesField(
                blank=True,
                default=list,
                help_text="About five, one per line, for after the first week. Somebody whom the role fits answers yes to each.",
                verbose_name="does it fit?",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="not_for_you_if",
            field=paths.fields.LinesField(
                blank=True,
                default=list,
                help_text="One per line; each completes “Not for you if …”.",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="sources",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What the facts above rest on. One per line: the title, then the address.",
                validators=[paths.models.validate_sources],
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="time_split",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="One per line: the percentage, then the activity, as in “30 prompts”. Leave it empty if no source says.",
                validators=[careers.models.roles.validate_time_split],
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="titles",
            field=models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                help_text="Titles in job ads that mean this role in some firms, one per line; after a colon what to look for in the ad, as in “AI Engineer: look for prompts, or for training.”",
                validators=[careers.models.roles.validate_titles],
                verbose_name="titles that may mean it",
            ),
        ),
        migrations.AlterField(
            model_name="salaryband",
            name="for_title",
            field=models.CharField(
                blank=True,
                db_column="proxy_title",
                help_text="Only if a neighboring title was measured: that title.",
                max_length=80,
                verbose_name="for the title",
            ),
        ),
        migrations.AlterField(
            model_name="salaryband",
            name="method",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="How the figure was made: a sentence, or the address of a page that says it. Leave it empty if no source says.",
                max_length=300,
                validators=[careers.models.pay.validate_method],
            ),
        ),
        migrations.AlterField(
            model_name="salaryband",
            name="sample",
            field=models.PositiveIntegerField(
                blank=True, help_text="How many answers, or job ads.", null=True
            ),
        ),
    ]
