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
        ('schools', '0002_pace'),
        ('schools', '__first__'),
        ('timetables', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClassReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('helps', models.TextField(blank=True, help_text='Up to three short lines. The teacher sees them; the pupil may read them.', max_length=300, verbose_name='what helps in this lesson')),
                ('first_lesson', models.TextField(blank=True, help_text='How it begins: who walks over, where the pupil sits, what they do first.', max_length=300, verbose_name='the first lesson back')),
                ('exit_plan', models.TextField(blank=True, help_text='What the pupil may do, where they go, and who comes.', max_length=300, verbose_name='if it gets too much')),
                ('version', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField()),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='timetables.mainstreamclass')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='pupils.pupil')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='classreturn_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='classreturn_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='classreturn_pupil_same_school'), iap.tenancy.constraints.SameSchool('mainstream_class', name='classreturn_mainstream_class_same_school'), models.UniqueConstraint(fields=('school', 'pupil', 'mainstream_class'), name='a_return_to_a_class_is_agreed_once', violation_error_message='The return to this class is described already.')],
            },
        ),
        migrations.CreateModel(
            name='AgreedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('what', models.CharField(max_length=160, verbose_name='what the classroom changes')),
                ('due_on', models.DateField(verbose_name='in place by')),
                ('state', models.CharField(choices=[('agreed', 'Agreed'), ('in-place', 'In place'), ('look-again', 'Look at it again'), ('ended', 'No longer needed')], default='agreed', max_length=12)),
                ('state_on', models.DateField()),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.staffmember')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('state_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('class_return', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='timetables.classreturn')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='agreedchange_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='agreedchange_own_school'), iap.tenancy.constraints.SameSchool('class_return', name='agreedchange_class_return_same_school'), iap.tenancy.constraints.SameSchool('owner', name='agreedchange_owner_same_school'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='an_agreed_change_says_what', violation_error_message='Say what the classroom changes, in a few words.'), models.CheckConstraint(condition=models.Q(('state__in', ['agreed', 'in-place', 'look-again', 'ended'])), name='a_change_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='AgreedChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('what', models.CharField(max_length=160, verbose_name='what the classroom changes')),
                ('due_on', models.DateField(verbose_name='in place by')),
                ('state', models.CharField(choices=[('agreed', 'Agreed'), ('in-place', 'In place'), ('look-again', 'Look at it again'), ('ended', 'No longer needed')], default='agreed', max_length=12)),
                ('state_on', models.DateField()),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.agreedchange')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('state_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('class_return', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.classreturn')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='agreedchangeevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='ClassReturnEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('helps', models.TextField(blank=True, help_text='Up to three short lines. The teacher sees them; the pupil may read them.', max_length=300, verbose_name='what helps in this lesson')),
                ('first_lesson', models.TextField(blank=True, help_text='How it begins: who walks over, where the pupil sits, what they do first.', max_length=300, verbose_name='the first lesson back')),
                ('exit_plan', models.TextField(blank=True, help_text='What the pupil may do, where they go, and who comes.', max_length=300, verbose_name='if it gets too much')),
                ('version', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField()),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamclass')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.classreturn')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('saved_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='classreturnevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='LessonCover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('covered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.staffmember')),
                ('lesson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='cover', to='timetables.mainstreamlesson')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='lessoncover_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='lessoncover_own_school'), iap.tenancy.constraints.SameSchool('lesson', name='lessoncover_lesson_same_school'), iap.tenancy.constraints.SameSchool('covered_by', name='lessoncover_covered_by_same_school'), models.UniqueConstraint(fields=('school', 'lesson', 'day'), name='a_lesson_is_covered_once_a_day', violation_error_message='Cover for this lesson is noted already.')],
            },
        ),
        migrations.CreateModel(
            name='LessonCoverEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('covered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
                ('lesson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamlesson')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.lessoncover')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='lessoncoverevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='LessonFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField(help_text='Made where it was tapped, so that sending it again is harmless.')),
                ('day', models.DateField(help_text='The school day it belongs to.')),
                ('at', models.DateTimeField(help_text='When it was tapped.')),
                ('saved_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('well', 'Went well'), ('mixed', 'Mixed'), ('hard', 'Found it hard'), ('absent', 'Not there'), ('cancelled', 'The lesson did not take place')], max_length=10)),
                ('line', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lesson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='timetables.mainstreamlesson')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'pupil', '-day'], name='lesson_feedback_pupil'), models.Index(fields=['school', 'lesson', 'day'], name='lesson_feedback_lesson')],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='lessonfeedback_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='lessonfeedback_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='lessonfeedback_pupil_same_school'), models.UniqueConstraint(fields=('school', 'entry'), name='lessonfeedback_is_kept_once'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='lessonfeedback_undone_says_who'), iap.tenancy.constraints.SameSchool('lesson', name='lessonfeedback_lesson_same_school'), models.CheckConstraint(condition=models.Q(('outcome__in', ['well', 'mixed', 'hard', 'absent', 'cancelled'])), name='an_outcome_of_a_visit_is_known')],
            },
        ),
        migrations.CreateModel(
            name='LessonFeedbackEvent',
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
                ('outcome', models.CharField(choices=[('well', 'Went well'), ('mixed', 'Mixed'), ('hard', 'Found it hard'), ('absent', 'Not there'), ('cancelled', 'The lesson did not take place')], max_length=10)),
                ('line', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('lesson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamlesson')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.lessonfeedback')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='lessonfeedbackevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('class_return', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='timetables.classreturn')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='receipt_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='receipt_own_school'), iap.tenancy.constraints.SameSchool('class_return', name='receipt_class_return_same_school'), models.UniqueConstraint(fields=('school', 'class_return', 'by', 'version'), name='a_version_is_read_once')],
            },
        ),
        migrations.CreateModel(
            name='StepDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='pupils.placement')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='stepdraft_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='stepdraft_own_school'), iap.tenancy.constraints.SameSchool('placement', name='stepdraft_placement_same_school'), models.UniqueConstraint(fields=('school', 'placement'), name='a_place_has_one_draft')],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='hybridstep',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='hybridstep',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='hybridstep',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='hybridstep',
            name='pupil_view',
            field=models.TextField(blank=True, max_length=300, verbose_name='the pupil’s view'),
        ),
        migrations.AddField(
            model_name='hybridstep',
            name='told',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='hybridstepevent',
            name='pupil_view',
            field=models.TextField(blank=True, max_length=300, verbose_name='the pupil’s view'),
        ),
        migrations.AddField(
            model_name='hybridstepevent',
            name='told',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hybridstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_hybridstepevent" ("by_id", "ends_on", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "pupil_view", "school_id", "starts_on", "told", "uuid", "why") VALUES (NEW."by_id", NEW."ends_on", NEW."id", NEW."kind", NEW."made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."pupil_view", NEW."school_id", NEW."starts_on", NEW."told", NEW."uuid", NEW."why"); RETURN NULL;', hash='3ee4a309562b02234e4b226eb35960d29a6f79af', operation='INSERT', pgid='pgtrigger_insert_insert_c56a7', table='timetables_hybridstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hybridstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_hybridstepevent" ("by_id", "ends_on", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "pupil_view", "school_id", "starts_on", "told", "uuid", "why") VALUES (NEW."by_id", NEW."ends_on", NEW."id", NEW."kind", NEW."made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."pupil_view", NEW."school_id", NEW."starts_on", NEW."told", NEW."uuid", NEW."why"); RETURN NULL;', hash='4faf87eb449059a0b1a42d3f52d24b2902f8bbfd', operation='UPDATE', pgid='pgtrigger_update_update_f44a6', table='timetables_hybridstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hybridstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_hybridstepevent" ("by_id", "ends_on", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "pupil_view", "school_id", "starts_on", "told", "uuid", "why") VALUES (OLD."by_id", OLD."ends_on", OLD."id", OLD."kind", OLD."made_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."pupil_id", OLD."pupil_view", OLD."school_id", OLD."starts_on", OLD."told", OLD."uuid", OLD."why"); RETURN NULL;', hash='eb4f1e58b61b3a44aae7b702549d22566c37bf60', operation='DELETE', pgid='pgtrigger_delete_delete_d9017', table='timetables_hybridstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classreturn',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_classreturnevent" ("exit_plan", "first_lesson", "helps", "id", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "saved_by_id", "school_id", "uuid", "version") VALUES (NEW."exit_plan", NEW."first_lesson", NEW."helps", NEW."id", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."saved_by_id", NEW."school_id", NEW."uuid", NEW."version"); RETURN NULL;', hash='cef843415bdb87165f54487a4df238a829ea1d13', operation='INSERT', pgid='pgtrigger_insert_insert_ca25d', table='timetables_classreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classreturn',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_classreturnevent" ("exit_plan", "first_lesson", "helps", "id", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "saved_by_id", "school_id", "uuid", "version") VALUES (NEW."exit_plan", NEW."first_lesson", NEW."helps", NEW."id", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."saved_by_id", NEW."school_id", NEW."uuid", NEW."version"); RETURN NULL;', hash='8852643f4cf61501cd017c09d6331d8ef3af665a', operation='UPDATE', pgid='pgtrigger_update_update_0e287', table='timetables_classreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classreturn',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_classreturnevent" ("exit_plan", "first_lesson", "helps", "id", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "saved_by_id", "school_id", "uuid", "version") VALUES (OLD."exit_plan", OLD."first_lesson", OLD."helps", OLD."id", OLD."mainstream_class_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."saved_by_id", OLD."school_id", OLD."uuid", OLD."version"); RETURN NULL;', hash='1326c399310f18ae040af5c94c5a52e7976e5ef5', operation='DELETE', pgid='pgtrigger_delete_delete_dbe99', table='timetables_classreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreedchange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_agreedchangeevent" ("class_return_id", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "state", "state_by_id", "state_on", "uuid", "what") VALUES (NEW."class_return_id", NEW."due_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."state", NEW."state_by_id", NEW."state_on", NEW."uuid", NEW."what"); RETURN NULL;', hash='b5f113b7d74874a5c340f453d93a86ea3de1f8fb', operation='INSERT', pgid='pgtrigger_insert_insert_86d72', table='timetables_agreedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreedchange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_agreedchangeevent" ("class_return_id", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "state", "state_by_id", "state_on", "uuid", "what") VALUES (NEW."class_return_id", NEW."due_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."state", NEW."state_by_id", NEW."state_on", NEW."uuid", NEW."what"); RETURN NULL;', hash='edf70f3c7dc806193ca3b53d2015cca6f091e74f', operation='UPDATE', pgid='pgtrigger_update_update_54301', table='timetables_agreedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreedchange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_agreedchangeevent" ("class_return_id", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "state", "state_by_id", "state_on", "uuid", "what") VALUES (OLD."class_return_id", OLD."due_on", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."state", OLD."state_by_id", OLD."state_on", OLD."uuid", OLD."what"); RETURN NULL;', hash='57951d84c4d22886404cbed0fe2f3a4507a2b153', operation='DELETE', pgid='pgtrigger_delete_delete_36a51', table='timetables_agreedchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessoncover',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessoncoverevent" ("by_id", "covered_by_id", "day", "id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (NEW."by_id", NEW."covered_by_id", NEW."day", NEW."id", NEW."lesson_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id"); RETURN NULL;', hash='85b8f79341edc2ca0d843c133330a241058808cc', operation='INSERT', pgid='pgtrigger_insert_insert_c560f', table='timetables_lessoncover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessoncover',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_lessoncoverevent" ("by_id", "covered_by_id", "day", "id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (NEW."by_id", NEW."covered_by_id", NEW."day", NEW."id", NEW."lesson_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id"); RETURN NULL;', hash='0c3c2f505e70eab6ce582059cdcaec6beb9bc298', operation='UPDATE', pgid='pgtrigger_update_update_e9876', table='timetables_lessoncover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessoncover',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessoncoverevent" ("by_id", "covered_by_id", "day", "id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (OLD."by_id", OLD."covered_by_id", OLD."day", OLD."id", OLD."lesson_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id"); RETURN NULL;', hash='b0f4769371a05a9e58a8b366b216a7c55572966c', operation='DELETE', pgid='pgtrigger_delete_delete_6b971', table='timetables_lessoncover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonfeedback',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessonfeedbackevent" ("at", "by_id", "day", "entry", "id", "lesson_id", "line", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."lesson_id", NEW."line", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='cea51350e6ad051eef78bd49c78c4b55e0dc3b43', operation='INSERT', pgid='pgtrigger_insert_insert_42454', table='timetables_lessonfeedback', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonfeedback',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_lessonfeedbackevent" ("at", "by_id", "day", "entry", "id", "lesson_id", "line", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."lesson_id", NEW."line", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='36f1752252281c7b012c69b2cf5b33a13f3aa9ff', operation='UPDATE', pgid='pgtrigger_update_update_89592', table='timetables_lessonfeedback', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonfeedback',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessonfeedbackevent" ("at", "by_id", "day", "entry", "id", "lesson_id", "line", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."id", OLD."lesson_id", OLD."line", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='be91d2efc71dfeabd980b2e3d9572a4c4ed184b2', operation='DELETE', pgid='pgtrigger_delete_delete_9dc46', table='timetables_lessonfeedback', when='AFTER')),
        ),
    ]
