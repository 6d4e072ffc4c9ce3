import django.db.models.deletion
import iap.tenancy.constraints
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('pupils', '0002_baseline'),
        ('schools', '0003_hours_in_a_week'),
        ('schools', '__first__'),
        ('timetables', '0003_looking_feeds_and_next_year'),
    ]

    operations = [
        migrations.CreateModel(
            name='OffsiteAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField(help_text='Made where it was tapped, so that sending it again is harmless.')),
                ('day', models.DateField(help_text='The school day it belongs to.')),
                ('at', models.DateTimeField(help_text='When it was tapped.')),
                ('saved_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('provider', models.CharField(max_length=120)),
                ('outcome', models.CharField(choices=[('attended', 'Attended'), ('not-there', 'Not there'), ('not-known', 'Not known yet')], max_length=12)),
                ('told_by', models.CharField(blank=True, max_length=120, verbose_name='told by')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'day'], name='offsite_attendance_day')],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='offsiteattendance_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='offsiteattendance_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='offsiteattendance_pupil_same_school'), models.UniqueConstraint(fields=('school', 'entry'), name='offsiteattendance_is_kept_once'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='offsiteattendance_undone_says_who'), models.CheckConstraint(condition=models.Q(('outcome__in', ['attended', 'not-there', 'not-known'])), name='an_off_site_outcome_is_known'), models.CheckConstraint(condition=models.Q(('provider', ''), _negated=True), name='off_site_attendance_names_its_provider')],
            },
        ),
        migrations.CreateModel(
            name='OffsiteAttendanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('entry', models.UUIDField(help_text='Made where it was tapped, so that sending it again is harmless.')),
                ('day', models.DateField(help_text='The school day it belongs to.')),
                ('at', models.DateTimeField(help_text='When it was tapped.')),
                ('saved_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('provider', models.CharField(max_length=120)),
                ('outcome', models.CharField(choices=[('attended', 'Attended'), ('not-there', 'Not there'), ('not-known', 'Not known yet')], max_length=12)),
                ('told_by', models.CharField(blank=True, max_length=120, verbose_name='told by')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.offsiteattendance')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='offsiteattendanceevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='OffsiteProvider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(help_text="As the pupil's week names it.", max_length=120)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('checks', models.TextField(max_length=1000, verbose_name='checks made')),
                ('checked_by', models.CharField(max_length=120, verbose_name='who checked')),
                ('checked_on', models.DateField()),
                ('review_on', models.DateField()),
                ('recorded_at', models.DateTimeField(auto_now=True)),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='offsite_providers', to='pupils.placement')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='offsiteprovider_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='offsiteprovider_own_school'), iap.tenancy.constraints.SameSchool('placement', name='offsiteprovider_placement_same_school'), models.UniqueConstraint(fields=('school', 'placement', 'name'), name='a_provider_stands_once_for_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('checks', ''), _negated=True), models.Q(('checked_by', ''), _negated=True)), name='a_provider_has_a_name_and_its_checks', violation_error_message='Say which checks were made, and by whom.'), models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('checked_on'))), name='checks_are_reviewed_after_they_are_made', violation_error_message='The next review must be after the checks.')],
            },
        ),
        migrations.CreateModel(
            name='OffsiteProviderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(help_text="As the pupil's week names it.", max_length=120)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('checks', models.TextField(max_length=1000, verbose_name='checks made')),
                ('checked_by', models.CharField(max_length=120, verbose_name='who checked')),
                ('checked_on', models.DateField()),
                ('review_on', models.DateField()),
                ('recorded_at', models.DateTimeField(auto_now=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.offsiteprovider')),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.placement')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='offsiteproviderevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteattendance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_offsiteattendanceevent" ("at", "by_id", "day", "entry", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "pupil_id", "saved_at", "school_id", "told_by", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."told_by", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='f4f8b70206a5aa8197b918da285b8229f4fefc04', operation='INSERT', pgid='pgtrigger_insert_insert_c23c8', table='timetables_offsiteattendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteattendance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_offsiteattendanceevent" ("at", "by_id", "day", "entry", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "pupil_id", "saved_at", "school_id", "told_by", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."told_by", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='44dffa445325fbc647e54bd18a8b9089079c1c18', operation='UPDATE', pgid='pgtrigger_update_update_21a1f', table='timetables_offsiteattendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteattendance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_offsiteattendanceevent" ("at", "by_id", "day", "entry", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "pupil_id", "saved_at", "school_id", "told_by", "undone_at", "undone_by_id") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."told_by", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='4ac13747ab2f65867faa32d0c415fc9b5ac8c279', operation='DELETE', pgid='pgtrigger_delete_delete_e191c', table='timetables_offsiteattendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteprovider',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_offsiteproviderevent" ("checked_by", "checked_on", "checks", "contact", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "recorded_at", "recorded_by_id", "review_on", "school_id", "uuid") VALUES (NEW."checked_by", NEW."checked_on", NEW."checks", NEW."contact", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."recorded_at", NEW."recorded_by_id", NEW."review_on", NEW."school_id", NEW."uuid"); RETURN NULL;', hash='cedfb298a5af9ec22d11cb153075ced180f5c0a8', operation='INSERT', pgid='pgtrigger_insert_insert_52af1', table='timetables_offsiteprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteprovider',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_offsiteproviderevent" ("checked_by", "checked_on", "checks", "contact", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "recorded_at", "recorded_by_id", "review_on", "school_id", "uuid") VALUES (NEW."checked_by", NEW."checked_on", NEW."checks", NEW."contact", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."recorded_at", NEW."recorded_by_id", NEW."review_on", NEW."school_id", NEW."uuid"); RETURN NULL;', hash='5d24a202b27471e88d4d0ac848928fa5aba2278f', operation='UPDATE', pgid='pgtrigger_update_update_e4dd3', table='timetables_offsiteprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteprovider',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_offsiteproviderevent" ("checked_by", "checked_on", "checks", "contact", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "recorded_at", "recorded_by_id", "review_on", "school_id", "uuid") VALUES (OLD."checked_by", OLD."checked_on", OLD."checks", OLD."contact", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."recorded_at", OLD."recorded_by_id", OLD."review_on", OLD."school_id", OLD."uuid"); RETURN NULL;', hash='bbe9463b8199d62be9d0689cb5510d865246b431', operation='DELETE', pgid='pgtrigger_delete_delete_071d3', table='timetables_offsiteprovider', when='AFTER')),
        ),
    ]
