import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import iap.tenancy.constraints
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('schools', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('verb', models.CharField(max_length=60)),
                ('model', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('pupil_id', models.BigIntegerField(null=True)),
                ('details', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='event_own_school')],
                'indexes': [models.Index(fields=['school', 'pupil_id', '-at'], name='event_pupil')],
            },
        ),
        migrations.CreateModel(
            name='Read',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('page', models.CharField(max_length=60)),
                ('pupil_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['-at'],
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='read_own_school')],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['pupil_ids'], name='read_pupils')],
            },
        ),
    ]
