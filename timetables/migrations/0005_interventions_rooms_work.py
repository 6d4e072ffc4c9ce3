import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import iap.schools.models.base
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
        ('timetables', '0004_offsite'),
    ]

    operations = [
        migrations.CreateModel(
            name='InterventionSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('intervention', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='pupils.intervention')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='timetables.iapsession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='interventionsession_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='interventionsession_own_school'), iap.tenancy.constraints.SameSchool('intervention', name='interventionsession_intervention_same_school'), iap.tenancy.constraints.SameSchool('session', name='interventionsession_session_same_school'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='interventionsession_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), ('intervention', '='), ('session', '='), (iap.schools.models.base.DateRange('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=False)), '&&')], name='an_intervention_is_linked_to_a_session_once', violation_error_message='This session is linked already.')],
            },
        ),
        migrations.CreateModel(
            name='InterventionSessionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('intervention', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.intervention')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.interventionsession')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.iapsession')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='interventionsessionevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='RoomReadiness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('day', models.DateField(help_text='The day it is about.')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('in_error_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('in_error_why', models.CharField(blank=True, editable=False, max_length=200)),
                ('place', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('work', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('adults', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('calm', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('welcome', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('next_change', models.CharField(blank=True, max_length=160, verbose_name='what the room changes next')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_error_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='timetables.mainstreamclass')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='roomreadiness_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='roomreadiness_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='roomreadiness_pupil_same_school'), models.CheckConstraint(condition=models.Q(models.Q(('in_error_at', None), ('in_error_by', None), ('in_error_why', '')), models.Q(('in_error_at__isnull', False), ('in_error_by__isnull', False), models.Q(('in_error_why', ''), _negated=True)), _connector='OR'), name='roomreadiness_in_error_says_who_and_why', violation_error_message='Say why it was entered in error.'), iap.tenancy.constraints.SameSchool('mainstream_class', name='roomreadiness_mainstream_class_same_school'), models.CheckConstraint(condition=models.Q(('place__gte', 1), ('place__lte', 4)), name='roomreadiness_place_is_1_to_4', violation_error_message='Choose one of the four.'), models.CheckConstraint(condition=models.Q(('work__gte', 1), ('work__lte', 4)), name='roomreadiness_work_is_1_to_4', violation_error_message='Choose one of the four.'), models.CheckConstraint(condition=models.Q(('adults__gte', 1), ('adults__lte', 4)), name='roomreadiness_adults_is_1_to_4', violation_error_message='Choose one of the four.'), models.CheckConstraint(condition=models.Q(('calm__gte', 1), ('calm__lte', 4)), name='roomreadiness_calm_is_1_to_4', violation_error_message='Choose one of the four.'), models.CheckConstraint(condition=models.Q(('welcome__gte', 1), ('welcome__lte', 4)), name='roomreadiness_welcome_is_1_to_4', violation_error_message='Choose one of the four.'), models.UniqueConstraint(condition=models.Q(('in_error_at', None)), fields=('school', 'pupil', 'mainstream_class', 'by', 'day'), name='a_room_is_looked_at_once_a_day_by_each', violation_error_message='You have looked at this lesson today already.')],
                'indexes': [models.Index(fields=['school', 'pupil', '-day'], name='room_readiness_pupil')],
            },
        ),
        migrations.CreateModel(
            name='RoomReadinessEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('day', models.DateField(help_text='The day it is about.')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('in_error_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('in_error_why', models.CharField(blank=True, editable=False, max_length=200)),
                ('place', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('work', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('adults', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('calm', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('welcome', models.PositiveSmallIntegerField(choices=[(1, 'Not yet'), (2, 'Begun'), (3, 'Mostly'), (4, 'In place')])),
                ('next_change', models.CharField(blank=True, max_length=160, verbose_name='what the room changes next')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_error_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamclass')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.roomreadiness')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='roomreadinessevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='WorkMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField(help_text='Made where it was tapped, so that sending it again is harmless.')),
                ('day', models.DateField(help_text='The school day it belongs to.')),
                ('at', models.DateTimeField(help_text='When it was tapped.')),
                ('saved_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('sent', 'Work sent'), ('returned', 'Work came back')], max_length=8)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='timetables.mainstreamclass')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='workmove_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='workmove_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='workmove_pupil_same_school'), models.UniqueConstraint(fields=('school', 'entry'), name='workmove_is_kept_once'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='workmove_undone_says_who'), iap.tenancy.constraints.SameSchool('mainstream_class', name='workmove_mainstream_class_same_school'), models.CheckConstraint(condition=models.Q(('kind__in', ['sent', 'returned'])), name='work_is_sent_or_returned')],
                'indexes': [models.Index(fields=['school', 'pupil', '-day'], name='work_move_pupil')],
            },
        ),
        migrations.CreateModel(
            name='WorkMoveEvent',
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
                ('kind', models.CharField(choices=[('sent', 'Work sent'), ('returned', 'Work came back')], max_length=8)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamclass')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.workmove')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='workmoveevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interventionsession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_interventionsessionevent" ("id", "intervention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "session_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."intervention_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."session_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='043ebeac858c8db23083aeb05a7b9b4ac990894b', operation='INSERT', pgid='pgtrigger_insert_insert_f59ae', table='timetables_interventionsession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interventionsession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_interventionsessionevent" ("id", "intervention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "session_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."intervention_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."session_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='0dfd5d5148cddf0f3d9b68226d45717706a1ce7f', operation='UPDATE', pgid='pgtrigger_update_update_feedd', table='timetables_interventionsession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interventionsession',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_interventionsessionevent" ("id", "intervention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "session_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."intervention_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."session_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='26072ecf9a864fbacf6617f3799756e694bf79c6', operation='DELETE', pgid='pgtrigger_delete_delete_a6bb6', table='timetables_interventionsession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roomreadiness',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_roomreadinessevent" ("adults", "by_id", "calm", "day", "id", "in_error_at", "in_error_by_id", "in_error_why", "mainstream_class_id", "next_change", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "pupil_id", "school_id", "uuid", "welcome", "work", "written_at") VALUES (NEW."adults", NEW."by_id", NEW."calm", NEW."day", NEW."id", NEW."in_error_at", NEW."in_error_by_id", NEW."in_error_why", NEW."mainstream_class_id", NEW."next_change", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."pupil_id", NEW."school_id", NEW."uuid", NEW."welcome", NEW."work", NEW."written_at"); RETURN NULL;', hash='a4338350447bdf96cb20beffaf8ee28fee279303', operation='INSERT', pgid='pgtrigger_insert_insert_20348', table='timetables_roomreadiness', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roomreadiness',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_roomreadinessevent" ("adults", "by_id", "calm", "day", "id", "in_error_at", "in_error_by_id", "in_error_why", "mainstream_class_id", "next_change", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "pupil_id", "school_id", "uuid", "welcome", "work", "written_at") VALUES (NEW."adults", NEW."by_id", NEW."calm", NEW."day", NEW."id", NEW."in_error_at", NEW."in_error_by_id", NEW."in_error_why", NEW."mainstream_class_id", NEW."next_change", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."pupil_id", NEW."school_id", NEW."uuid", NEW."welcome", NEW."work", NEW."written_at"); RETURN NULL;', hash='37cebf19ab2f139df3fe70c5ddbd4bdac7af36aa', operation='UPDATE', pgid='pgtrigger_update_update_10c70', table='timetables_roomreadiness', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roomreadiness',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_roomreadinessevent" ("adults", "by_id", "calm", "day", "id", "in_error_at", "in_error_by_id", "in_error_why", "mainstream_class_id", "next_change", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "pupil_id", "school_id", "uuid", "welcome", "work", "written_at") VALUES (OLD."adults", OLD."by_id", OLD."calm", OLD."day", OLD."id", OLD."in_error_at", OLD."in_error_by_id", OLD."in_error_why", OLD."mainstream_class_id", OLD."next_change", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."pupil_id", OLD."school_id", OLD."uuid", OLD."welcome", OLD."work", OLD."written_at"); RETURN NULL;', hash='c3df389cb37d9e5e908938bc6b15420ca9dd86d4', operation='DELETE', pgid='pgtrigger_delete_delete_425f1', table='timetables_roomreadiness', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workmove',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_workmoveevent" ("at", "by_id", "day", "entry", "id", "kind", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."kind", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='93b51277a6a5b735699a131ea9a57a66995f4a9c', operation='INSERT', pgid='pgtrigger_insert_insert_b4639', table='timetables_workmove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workmove',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_workmoveevent" ("at", "by_id", "day", "entry", "id", "kind", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."kind", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='592b47279d3d2174889f4c83059dcde331b46497', operation='UPDATE', pgid='pgtrigger_update_update_71c57', table='timetables_workmove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workmove',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_workmoveevent" ("at", "by_id", "day", "entry", "id", "kind", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."id", OLD."kind", OLD."mainstream_class_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='81a36665837e68cfc311617146f578b515871f3e', operation='DELETE', pgid='pgtrigger_delete_delete_74f8d', table='timetables_workmove', when='AFTER')),
        ),
    ]
