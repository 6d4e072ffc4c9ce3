import django.contrib.postgres.fields
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
        ('pupils', '0003_needs_assessments_interventions'),
        ('schools', '0004_readiness_thresholds'),
        ('schools', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='PupilSaid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField(help_text='Made where it was tapped, so that sending it again is harmless.')),
                ('day', models.DateField(help_text='The school day it belongs to.')),
                ('at', models.DateTimeField(help_text='When it was tapped.')),
                ('saved_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('mood', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Really hard'), (2, 'Hard'), (3, 'Mixed'), (4, 'Good'), (5, 'Really good')], null=True)),
                ('helped', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None)),
                ('words', models.TextField(blank=True, max_length=500)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'pupil', '-at'], name='pupil_said_pupil')],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='pupilsaid_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='pupilsaid_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='pupilsaid_pupil_same_school'), models.UniqueConstraint(fields=('school', 'entry'), name='pupilsaid_is_kept_once'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='pupilsaid_undone_says_who'), models.CheckConstraint(condition=models.Q(('mood', None), models.Q(('mood__gte', 1), ('mood__lte', 5)), _connector='OR'), name='a_day_has_five_faces'), models.CheckConstraint(condition=models.Q(('helped__contained_by', ['adult', 'friends', 'break', 'quiet', 'moving', 'making', 'lesson', 'food'])), name='what_helped_is_known'), models.CheckConstraint(condition=models.Q(('mood__isnull', False), models.Q(('words', ''), _negated=True), models.Q(('helped', []), _negated=True), _connector='OR'), name='a_pupil_says_something', violation_error_message='Choose a face or a picture, or write something.')],
            },
        ),
        migrations.CreateModel(
            name='PupilSaidEvent',
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
                ('mood', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Really hard'), (2, 'Hard'), (3, 'Mixed'), (4, 'Good'), (5, 'Really good')], null=True)),
                ('helped', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None)),
                ('words', models.TextField(blank=True, max_length=500)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.pupilsaid')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='pupilsaidevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='RiskAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField()),
                ('changed', models.CharField(max_length=300, verbose_name='what changed and why')),
                ('review_on', models.DateField(verbose_name='looked at again by')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='risk_assessments', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='riskassessment_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='riskassessment_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='riskassessment_pupil_same_school'), models.UniqueConstraint(fields=('school', 'pupil', 'version'), name='a_version_of_a_risk_assessment_stands_once', violation_error_message='Somebody has saved another version.'), models.CheckConstraint(condition=models.Q(('changed', ''), _negated=True), name='a_risk_assessment_says_what_changed', violation_error_message='Say what changed and why, in a few words.')],
            },
        ),
        migrations.CreateModel(
            name='Hazard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(help_text='Its place in the list, from 1.')),
                ('hazard', models.CharField(max_length=200, verbose_name='what could cause harm')),
                ('likelihood', models.CharField(choices=[('unlikely', 'Unlikely'), ('possible', 'Possible'), ('likely', 'Likely')], max_length=10, verbose_name='how likely')),
                ('controls', models.TextField(max_length=1000, verbose_name='what adults do')),
                ('who_knows', models.CharField(blank=True, max_length=200, verbose_name='who has been told beside the session’s adults')),
                ('sessions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('assessment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='hazards', to='pupils.riskassessment')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='hazard_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='hazard_own_school'), iap.tenancy.constraints.SameSchool('assessment', name='hazard_assessment_same_school'), models.CheckConstraint(condition=models.Q(('likelihood__in', ['unlikely', 'possible', 'likely'])), name='a_likelihood_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('hazard', ''), _negated=True), models.Q(('controls', ''), _negated=True)), name='a_hazard_has_its_controls', violation_error_message='Say what could cause harm, and what adults do about it.')],
            },
        ),
        migrations.CreateModel(
            name='RiskRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('assessment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='pupils.riskassessment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='riskread_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='riskread_own_school'), iap.tenancy.constraints.SameSchool('assessment', name='riskread_assessment_same_school'), models.UniqueConstraint(fields=('school', 'assessment', 'by'), name='a_risk_assessment_is_read_once')],
            },
        ),
        migrations.CreateModel(
            name='VoiceTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('opened_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='voicetime_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='voicetime_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='voicetime_pupil_same_school'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('opened_at'))), name='a_pupils_time_has_an_end', violation_error_message='The time ends after it begins.')],
            },
        ),
        migrations.CreateModel(
            name='VoiceTimeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('opened_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.voicetime')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='voicetimeevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilsaid',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilsaidevent" ("at", "by_id", "day", "entry", "helped", "id", "mood", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "words") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."helped", NEW."id", NEW."mood", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."words"); RETURN NULL;', hash='54719b455cd55ba932e3e7500bfb40d3b2611c70', operation='INSERT', pgid='pgtrigger_insert_insert_25d14', table='pupils_pupilsaid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilsaid',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_pupilsaidevent" ("at", "by_id", "day", "entry", "helped", "id", "mood", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "words") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."helped", NEW."id", NEW."mood", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."words"); RETURN NULL;', hash='7b7ad8e7bf9c3df5d002507147c57654cb70ed35', operation='UPDATE', pgid='pgtrigger_update_update_ad0b0', table='pupils_pupilsaid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilsaid',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilsaidevent" ("at", "by_id", "day", "entry", "helped", "id", "mood", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "words") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."helped", OLD."id", OLD."mood", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id", OLD."words"); RETURN NULL;', hash='ada96a2abd447f8a2c76d6df18c08db74314189e', operation='DELETE', pgid='pgtrigger_delete_delete_59830', table='pupils_pupilsaid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voicetime',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_voicetimeevent" ("ended_at", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "until", "uuid") VALUES (NEW."ended_at", NEW."id", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."school_id", NEW."until", NEW."uuid"); RETURN NULL;', hash='28d196adabb3b732a387111884367ce20887ed4c', operation='INSERT', pgid='pgtrigger_insert_insert_61f95', table='pupils_voicetime', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voicetime',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_voicetimeevent" ("ended_at", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "until", "uuid") VALUES (NEW."ended_at", NEW."id", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."school_id", NEW."until", NEW."uuid"); RETURN NULL;', hash='6d87c2b18a7c17eda73af26eb36fa8b2f2dc7ae7', operation='UPDATE', pgid='pgtrigger_update_update_13dd7', table='pupils_voicetime', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voicetime',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_voicetimeevent" ("ended_at", "id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "until", "uuid") VALUES (OLD."ended_at", OLD."id", OLD."opened_at", OLD."opened_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."school_id", OLD."until", OLD."uuid"); RETURN NULL;', hash='21388ed0b1e30c344e0c1dfe243c093e27a103f9', operation='DELETE', pgid='pgtrigger_delete_delete_c185a', table='pupils_voicetime', when='AFTER')),
        ),
    ]
