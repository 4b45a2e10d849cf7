from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0023_codes_of_up_to_four"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppliedFile",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("stamp", models.CharField(blank=True, max_length=120)),
            ],
        ),
    ]
