from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("paths", "0012_plainer_hints"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="lesson",
            index=models.Index(fields=["rendered_by"], name="lesson_rendered_by"),
        ),
    ]
