from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careers", "0024_digests_of_files")]

    operations = [
        migrations.AddField(
            "revision", "exported", models.BooleanField(default=False, db_default=True)
        ),
    ]
