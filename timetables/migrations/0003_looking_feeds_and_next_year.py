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
        ('pupils', '0002_baseline'),
        ('schools', '0003_hours_in_a_week'),
        ('schools', '__first__'),
        ('timetables', '0002_returns'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='calendarfeed_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='calendarfeed_own_school'), models.UniqueConstraint(fields=('school', 'token_hash'), name='a_calendar_address_is_used_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('school', 'user'), name='a_person_has_one_calendar_address', violation_error_message='This person already has a calendar address.'), models.CheckConstraint(condition=models.Q(('token_hash__regex', '^[0-9a-f]{64}$')), name='a_calendar_address_is_kept_as_a_hash')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeedEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('token_hash', models.CharField(editable=False, max_length=64)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.calendarfeed')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='calendarfeedevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='LookedAt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('findings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), help_text='The seal of each finding that was seen.', size=None)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('step', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='timetables.hybridstep')),
            ],
            options={
                'verbose_name_plural': 'looked at',
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='lookedat_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='lookedat_own_school'), iap.tenancy.constraints.SameSchool('step', name='lookedat_step_same_school'), iap.tenancy.constraints.SameSchool('pupil', name='lookedat_pupil_same_school'), models.CheckConstraint(condition=models.Q(('findings', []), _negated=True), name='a_look_names_what_was_seen')],
            },
        ),
        migrations.CreateModel(
            name='LookedAtEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('findings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), help_text='The seal of each finding that was seen.', size=None)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.lookedat')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('step', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.hybridstep')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='lookedatevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='NextYearPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('outlook', models.CharField(choices=[('return', 'Return to the class next year, if it feels possible'), ('stay', 'Stay on in the provision'), ('special', 'Special school'), ('undecided', 'Not decided yet')], max_length=10)),
                ('receiving', models.CharField(blank=True, max_length=120, verbose_name='receiving class or teacher')),
                ('needed', models.TextField(blank=True, max_length=1000, verbose_name='what would need to be in place')),
                ('pupil_view', models.TextField(blank=True, max_length=1000, verbose_name='the pupil’s view')),
                ('family_view', models.TextField(blank=True, max_length=1000, verbose_name='the parent’s or carer’s view')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='looked at again on')),
                ('saved_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='next_year_plans', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('year', models.ForeignKey(db_constraint=False, help_text='The school year in which it is made; the plan is for the one after.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.academicyear')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='nextyearplan_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='nextyearplan_own_school'), iap.tenancy.constraints.SameSchool('placement', also=('pupil',), name='nextyearplan_placement_same_school'), iap.tenancy.constraints.SameSchool('pupil', name='nextyearplan_pupil_same_school'), iap.tenancy.constraints.SameSchool('year', name='nextyearplan_year_same_school'), models.UniqueConstraint(fields=('school', 'placement', 'year'), name='a_place_has_one_plan_for_next_year', violation_error_message='There is a plan for next year already.'), models.CheckConstraint(condition=models.Q(('outlook__in', ['return', 'stay', 'special', 'undecided'])), name='an_outlook_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on', None), ('outlook', 'undecided')), models.Q(models.Q(('outlook', 'undecided'), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='an_outlook_that_is_decided_says_when', violation_error_message='Say when it was decided.'), models.CheckConstraint(condition=models.Q(('decided_on', None), ('review_on', None), ('review_on__gt', models.F('decided_on')), _connector='OR'), name='a_plan_is_looked_at_after_it_was_decided', violation_error_message='Choose a day after the decision to look at it again.')],
            },
        ),
        migrations.CreateModel(
            name='NextYearPlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('outlook', models.CharField(choices=[('return', 'Return to the class next year, if it feels possible'), ('stay', 'Stay on in the provision'), ('special', 'Special school'), ('undecided', 'Not decided yet')], max_length=10)),
                ('receiving', models.CharField(blank=True, max_length=120, verbose_name='receiving class or teacher')),
                ('needed', models.TextField(blank=True, max_length=1000, verbose_name='what would need to be in place')),
                ('pupil_view', models.TextField(blank=True, max_length=1000, verbose_name='the pupil’s view')),
                ('family_view', models.TextField(blank=True, max_length=1000, verbose_name='the parent’s or carer’s view')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='looked at again on')),
                ('saved_at', models.DateTimeField()),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.nextyearplan')),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('year', models.ForeignKey(db_constraint=False, help_text='The school year in which it is made; the plan is for the one after.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.academicyear')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='nextyearplanevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_calendarfeedevent" ("ended_at", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "token_hash", "user_id") VALUES (NEW."ended_at", NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."token_hash", NEW."user_id"); RETURN NULL;', hash='7adbd6d070d3b1798bd9d0cd5ad4ba091203648a', operation='INSERT', pgid='pgtrigger_insert_insert_9530c', table='timetables_calendarfeed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_calendarfeedevent" ("ended_at", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "token_hash", "user_id") VALUES (NEW."ended_at", NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."token_hash", NEW."user_id"); RETURN NULL;', hash='bb8d1bf1f043d6aef07cb177254a748db7ab31d3', operation='UPDATE', pgid='pgtrigger_update_update_c3d13', table='timetables_calendarfeed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_calendarfeedevent" ("ended_at", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "token_hash", "user_id") VALUES (OLD."ended_at", OLD."id", OLD."made_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."token_hash", OLD."user_id"); RETURN NULL;', hash='6a077578f44b05ab6c0ec89d3cf891f2d2086d62', operation='DELETE', pgid='pgtrigger_delete_delete_a76db', table='timetables_calendarfeed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lookedat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lookedatevent" ("at", "by_id", "findings", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "step_id", "uuid") VALUES (NEW."at", NEW."by_id", NEW."findings", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."school_id", NEW."step_id", NEW."uuid"); RETURN NULL;', hash='e306a8da498b20ce84ed9089c5949f9a14c7237a', operation='INSERT', pgid='pgtrigger_insert_insert_5e8b9', table='timetables_lookedat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lookedat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_lookedatevent" ("at", "by_id", "findings", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "step_id", "uuid") VALUES (NEW."at", NEW."by_id", NEW."findings", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."school_id", NEW."step_id", NEW."uuid"); RETURN NULL;', hash='5d5f7161ae923f1720f8d4dc2669f15cdb6fdb43', operation='UPDATE', pgid='pgtrigger_update_update_6879a', table='timetables_lookedat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lookedat',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lookedatevent" ("at", "by_id", "findings", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "step_id", "uuid") VALUES (OLD."at", OLD."by_id", OLD."findings", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."school_id", OLD."step_id", OLD."uuid"); RETURN NULL;', hash='801c5de551021fbf2eee7e6bdf370f897b8439ee', operation='DELETE', pgid='pgtrigger_delete_delete_9acb0', table='timetables_lookedat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nextyearplan',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_nextyearplanevent" ("by_id", "decided_on", "family_view", "id", "needed", "outlook", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "pupil_view", "receiving", "review_on", "saved_at", "school_id", "uuid", "year_id") VALUES (NEW."by_id", NEW."decided_on", NEW."family_view", NEW."id", NEW."needed", NEW."outlook", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."pupil_view", NEW."receiving", NEW."review_on", NEW."saved_at", NEW."school_id", NEW."uuid", NEW."year_id"); RETURN NULL;', hash='3ce8b69fc878fc134fa6e012d92689e8529406e0', operation='INSERT', pgid='pgtrigger_insert_insert_29499', table='timetables_nextyearplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nextyearplan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_nextyearplanevent" ("by_id", "decided_on", "family_view", "id", "needed", "outlook", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "pupil_view", "receiving", "review_on", "saved_at", "school_id", "uuid", "year_id") VALUES (NEW."by_id", NEW."decided_on", NEW."family_view", NEW."id", NEW."needed", NEW."outlook", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."pupil_view", NEW."receiving", NEW."review_on", NEW."saved_at", NEW."school_id", NEW."uuid", NEW."year_id"); RETURN NULL;', hash='c103843b9446fdf7a198faad332b8923ec0e8cde', operation='UPDATE', pgid='pgtrigger_update_update_88e53', table='timetables_nextyearplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nextyearplan',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_nextyearplanevent" ("by_id", "decided_on", "family_view", "id", "needed", "outlook", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "pupil_view", "receiving", "review_on", "saved_at", "school_id", "uuid", "year_id") VALUES (OLD."by_id", OLD."decided_on", OLD."family_view", OLD."id", OLD."needed", OLD."outlook", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."pupil_id", OLD."pupil_view", OLD."receiving", OLD."review_on", OLD."saved_at", OLD."school_id", OLD."uuid", OLD."year_id"); RETURN NULL;', hash='815e82e6e810b99ff15f1de5ca8889798477eb2a', operation='DELETE', pgid='pgtrigger_delete_delete_e8e23', table='timetables_nextyearplan', when='AFTER')),
        ),
    ]
