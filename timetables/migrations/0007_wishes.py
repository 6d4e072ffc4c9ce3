import django.db.models.deletion
import iap.tenancy.constraints
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('pupils', '0006_exits_and_hand_offs'),
        ('schools', '0007_people_and_safeguarding'),
        ('schools', '__first__'),
        ('timetables', '0006_undone_says_why'),
    ]

    operations = [
        migrations.CreateModel(
            name='LessonWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='timetables.mainstreamclass')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lesson_wishes', to='pupils.pupil')),
                ('said_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='lessonwish_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='lessonwish_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='lessonwish_pupil_same_school'), iap.tenancy.constraints.SameSchool('mainstream_class', name='lessonwish_mainstream_class_same_school'), models.UniqueConstraint(fields=('school', 'pupil', 'mainstream_class'), name='a_lesson_is_asked_for_once')],
            },
        ),
        migrations.CreateModel(
            name='LessonWishEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamclass')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.lessonwish')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('said_to', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='lessonwishevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonwish',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessonwishevent" ("id", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said_at", "said_to_id", "school_id") VALUES (NEW."id", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."said_at", NEW."said_to_id", NEW."school_id"); RETURN NULL;', hash='93e26d3a0281d7701804767b2ab2d199f3adfcbb', operation='INSERT', pgid='pgtrigger_insert_insert_77633', table='timetables_lessonwish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonwish',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_lessonwishevent" ("id", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said_at", "said_to_id", "school_id") VALUES (NEW."id", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."said_at", NEW."said_to_id", NEW."school_id"); RETURN NULL;', hash='7ae6035f698f32414b42461e8152add92b305387', operation='UPDATE', pgid='pgtrigger_update_update_03b22', table='timetables_lessonwish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonwish',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessonwishevent" ("id", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said_at", "said_to_id", "school_id") VALUES (OLD."id", OLD."mainstream_class_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."said_at", OLD."said_to_id", OLD."school_id"); RETURN NULL;', hash='dcf21e6fe53f283e730e4f7b881f334699f1d3e0', operation='DELETE', pgid='pgtrigger_delete_delete_796e2', table='timetables_lessonwish', when='AFTER')),
        ),
    ]
