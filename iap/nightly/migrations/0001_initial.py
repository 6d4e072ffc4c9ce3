import django.core.validators
import django.db.models.deletion
import iap.tenancy.constraints
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('schools', '0006_code_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Nightly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wonde_id', models.CharField(blank=True, max_length=40, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9]+$', 'Enter the identifier as Wonde shows it: A1930499544.')], verbose_name='the school’s identifier in Wonde')),
                ('wonde_on', models.BooleanField(default=False, verbose_name='ask Wonde every night')),
                ('wonde_asked_at', models.DateTimeField(null=True)),
                ('wonde_given_at', models.DateTimeField(help_text='When all of it was last fetched.', null=True)),
                ('wonde_problem', models.CharField(blank=True, max_length=300)),
                ('folder_taken_at', models.DateTimeField(null=True)),
                ('school', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='nightly_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='nightly_own_school'), models.CheckConstraint(condition=models.Q(('wonde_on', False), models.Q(('wonde_id', ''), _negated=True), _connector='OR'), name='wonde_is_asked_for_a_school_it_knows', violation_error_message='Enter the school’s identifier in Wonde first.')],
            },
        ),
        migrations.CreateModel(
            name='NightlyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('wonde_id', models.CharField(blank=True, max_length=40, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9]+$', 'Enter the identifier as Wonde shows it: A1930499544.')], verbose_name='the school’s identifier in Wonde')),
                ('wonde_on', models.BooleanField(default=False, verbose_name='ask Wonde every night')),
                ('wonde_asked_at', models.DateTimeField(null=True)),
                ('wonde_given_at', models.DateTimeField(help_text='When all of it was last fetched.', null=True)),
                ('wonde_problem', models.CharField(blank=True, max_length=300)),
                ('folder_taken_at', models.DateTimeField(null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='nightly.nightly')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='nightlyevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nightly',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "nightly_nightlyevent" ("folder_taken_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "wonde_asked_at", "wonde_given_at", "wonde_id", "wonde_on", "wonde_problem") VALUES (NEW."folder_taken_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."wonde_asked_at", NEW."wonde_given_at", NEW."wonde_id", NEW."wonde_on", NEW."wonde_problem"); RETURN NULL;', hash='8fae65c36fa1bba36b492934bf33a0f6c3d821ee', operation='INSERT', pgid='pgtrigger_insert_insert_af54a', table='nightly_nightly', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nightly',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "nightly_nightlyevent" ("folder_taken_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "wonde_asked_at", "wonde_given_at", "wonde_id", "wonde_on", "wonde_problem") VALUES (NEW."folder_taken_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."wonde_asked_at", NEW."wonde_given_at", NEW."wonde_id", NEW."wonde_on", NEW."wonde_problem"); RETURN NULL;', hash='dc4caaa462a6f2bb226f0148436988c4f9a69525', operation='UPDATE', pgid='pgtrigger_update_update_26ba7', table='nightly_nightly', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nightly',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "nightly_nightlyevent" ("folder_taken_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "wonde_asked_at", "wonde_given_at", "wonde_id", "wonde_on", "wonde_problem") VALUES (OLD."folder_taken_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."wonde_asked_at", OLD."wonde_given_at", OLD."wonde_id", OLD."wonde_on", OLD."wonde_problem"); RETURN NULL;', hash='e1e6dc6c60e8b2f186780aa25cbff0456449530b', operation='DELETE', pgid='pgtrigger_delete_delete_c8cbf', table='nightly_nightly', when='AFTER')),
        ),
    ]
