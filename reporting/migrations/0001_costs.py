import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import iap.schools.models.base
import iap.tenancy.constraints
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('schools', '0003_hours_in_a_week'),
    ]

    operations = [
        migrations.CreateModel(
            name='Costs',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('staff', models.PositiveIntegerField(help_text='Salaries with on-costs of everybody who works there, by their share of time.', validators=[django.core.validators.MaxValueValidator(9999999)], verbose_name='staff, in pounds')),
                ('other', models.PositiveIntegerField(default=0, help_text='Rooms, materials, training, therapists who come in.', validators=[django.core.validators.MaxValueValidator(9999999)], verbose_name='everything else, in pounds')),
                ('external_week', models.PositiveIntegerField(blank=True, help_text='What your school would pay an external provider for one pupil and one week.', null=True, validators=[django.core.validators.MaxValueValidator(9999999)], verbose_name='a place elsewhere, in pounds a week')),
                ('source', models.CharField(blank=True, help_text='Such as: budget of April 2026.', max_length=160, verbose_name='where the figures are from')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'verbose_name_plural': 'costs',
                'ordering': ['-starts_on'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='costs_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='costs_own_school'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='costs_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), (iap.schools.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='a_day_is_paid_for_once', violation_error_message='Costs are already entered for some of those days.'), models.CheckConstraint(condition=models.Q(('staff__gt', 0), ('other__gt', 0), _connector='OR'), name='costs_are_more_than_nothing', violation_error_message='Enter what the staff cost, or everything else.')],
            },
        ),
        migrations.CreateModel(
            name='CostsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('staff', models.PositiveIntegerField(help_text='Salaries with on-costs of everybody who works there, by their share of time.', validators=[django.core.validators.MaxValueValidator(9999999)], verbose_name='staff, in pounds')),
                ('other', models.PositiveIntegerField(default=0, help_text='Rooms, materials, training, therapists who come in.', validators=[django.core.validators.MaxValueValidator(9999999)], verbose_name='everything else, in pounds')),
                ('external_week', models.PositiveIntegerField(blank=True, help_text='What your school would pay an external provider for one pupil and one week.', null=True, validators=[django.core.validators.MaxValueValidator(9999999)], verbose_name='a place elsewhere, in pounds a week')),
                ('source', models.CharField(blank=True, help_text='Such as: budget of April 2026.', max_length=160, verbose_name='where the figures are from')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.costs')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='costsevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costs',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_costsevent" ("ends_on", "external_week", "id", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "source", "staff", "starts_on", "uuid") VALUES (NEW."ends_on", NEW."external_week", NEW."id", NEW."other", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."source", NEW."staff", NEW."starts_on", NEW."uuid"); RETURN NULL;', hash='dc018da31983ae3c799341817ec12c6272b9e31b', operation='INSERT', pgid='pgtrigger_insert_insert_ae310', table='reporting_costs', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costs',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_costsevent" ("ends_on", "external_week", "id", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "source", "staff", "starts_on", "uuid") VALUES (NEW."ends_on", NEW."external_week", NEW."id", NEW."other", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."source", NEW."staff", NEW."starts_on", NEW."uuid"); RETURN NULL;', hash='b4eff286943b15f46f4083e67beb5f37bff43e01', operation='UPDATE', pgid='pgtrigger_update_update_0d983', table='reporting_costs', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costs',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_costsevent" ("ends_on", "external_week", "id", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "source", "staff", "starts_on", "uuid") VALUES (OLD."ends_on", OLD."external_week", OLD."id", OLD."other", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."source", OLD."staff", OLD."starts_on", OLD."uuid"); RETURN NULL;', hash='704f05c94cce99ceabc084183f148548b06c3870', operation='DELETE', pgid='pgtrigger_delete_delete_4ed92', table='reporting_costs', when='AFTER')),
        ),
    ]
