import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import iap.tenancy.constraints
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('schools', '0006_code_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Qualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('awarded_on', models.DateField(blank=True, null=True, verbose_name='awarded on')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='last day on which it holds')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='qualifications', to='schools.staffmember')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='qualification_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='qualification_own_school'), iap.tenancy.constraints.SameSchool('staff', name='qualification_staff_same_school'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_qualification_has_a_name'), models.CheckConstraint(condition=models.Q(('awarded_on', None), ('expires_on', None), ('expires_on__gte', models.F('awarded_on')), _connector='OR'), name='a_qualification_ends_after_it_was_awarded', violation_error_message='It cannot end before it was awarded.')],
            },
        ),
        migrations.CreateModel(
            name='QualificationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('awarded_on', models.DateField(blank=True, null=True, verbose_name='awarded on')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='last day on which it holds')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.qualification')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='qualificationevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='SafeguardingPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('is_deputy', models.BooleanField(default=False, verbose_name='deputy')),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('room', models.CharField(blank=True, max_length=80, verbose_name='where to find them')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_current', models.BooleanField(default=True, help_text='Earlier ones stay for what was handed to them.')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['is_deputy', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='safeguardingperson_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='safeguardingperson_own_school'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_person_to_speak_to_has_a_name', violation_error_message='Enter a name.'), models.CheckConstraint(condition=models.Q(('phone', ''), ('room', ''), _negated=True), name='a_person_to_speak_to_can_be_reached', violation_error_message='Enter a telephone number or where to find them.')],
            },
        ),
        migrations.CreateModel(
            name='SafeguardingPersonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=80)),
                ('is_deputy', models.BooleanField(default=False, verbose_name='deputy')),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('room', models.CharField(blank=True, max_length=80, verbose_name='where to find them')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_current', models.BooleanField(default=True, help_text='Earlier ones stay for what was handed to them.')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.safeguardingperson')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='safeguardingpersonevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='schools.staffmember')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='skill_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='skill_own_school'), iap.tenancy.constraints.SameSchool('staff', name='skill_staff_same_school'), models.UniqueConstraint(models.F('school'), models.F('staff'), django.db.models.functions.text.Lower('name'), name='a_skill_is_noted_once', violation_error_message='This skill is noted already.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_skill_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='SkillEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=80)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.skill')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='skillevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('planned_on', models.DateField(verbose_name='planned for')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('with_whom', models.CharField(blank=True, max_length=120, verbose_name='with whom')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to='schools.staffmember')),
            ],
            options={
                'ordering': ['-planned_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='supervision_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='supervision_own_school'), iap.tenancy.constraints.SameSchool('staff', name='supervision_staff_same_school'), models.UniqueConstraint(fields=('school', 'staff', 'planned_on'), name='a_supervision_is_planned_once_for_a_day', violation_error_message='Supervision is planned for that day already.')],
            },
        ),
        migrations.CreateModel(
            name='SupervisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('planned_on', models.DateField(verbose_name='planned for')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('with_whom', models.CharField(blank=True, max_length=120, verbose_name='with whom')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.supervision')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='supervisionevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='TrainingTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('refresh_months', models.PositiveSmallIntegerField(blank=True, help_text='Empty where it is learnt once.', null=True, verbose_name='refreshed after (months)')),
                ('for_teachers', models.BooleanField(default=True, verbose_name='also for teachers to whose lessons pupils return')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='trainingtopic_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='trainingtopic_own_school'), models.UniqueConstraint(models.F('school'), django.db.models.functions.text.Lower('name'), name='a_topic_of_training_has_its_own_name', violation_error_message='There is a topic by that name already.'), models.CheckConstraint(condition=models.Q(('refresh_months', None), models.Q(('refresh_months__gte', 1), ('refresh_months__lte', 120)), _connector='OR'), name='a_topic_is_refreshed_within_ten_years', violation_error_message='Enter between 1 and 120 months, or nothing.')],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('done_on', models.DateField(verbose_name='done on')),
                ('refresh_by', models.DateField(blank=True, null=True, verbose_name='refreshed by')),
                ('given_by', models.CharField(blank=True, max_length=120, verbose_name='given by')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='training', to='schools.staffmember')),
                ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='training', to='schools.trainingtopic')),
            ],
            options={
                'ordering': ['-done_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='training_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='training_own_school'), iap.tenancy.constraints.SameSchool('staff', name='training_staff_same_school'), iap.tenancy.constraints.SameSchool('topic', name='training_topic_same_school'), models.UniqueConstraint(fields=('school', 'staff', 'topic', 'done_on'), name='a_training_is_recorded_once', violation_error_message='This is recorded already.'), models.CheckConstraint(condition=models.Q(('refresh_by', None), ('refresh_by__gt', models.F('done_on')), _connector='OR'), name='a_training_is_refreshed_after_it_was_done', violation_error_message='It is refreshed after the day on which it was done.')],
            },
        ),
        migrations.CreateModel(
            name='TrainingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('done_on', models.DateField(verbose_name='done on')),
                ('refresh_by', models.DateField(blank=True, null=True, verbose_name='refreshed by')),
                ('given_by', models.CharField(blank=True, max_length=120, verbose_name='given by')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.training')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
                ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.trainingtopic')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='trainingevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='TrainingTopicEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=80)),
                ('refresh_months', models.PositiveSmallIntegerField(blank=True, help_text='Empty where it is learnt once.', null=True, verbose_name='refreshed after (months)')),
                ('for_teachers', models.BooleanField(default=True, verbose_name='also for teachers to whose lessons pupils return')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.trainingtopic')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='trainingtopicevent_own_school')],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='provision',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='provision',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='provision',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='provision',
            name='good_news_in',
            field=models.PositiveSmallIntegerField(default=3, help_text='Otherwise the next contact begins with a prompt for some.', validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(10)], verbose_name='at least one contact with home in so many is good news'),
        ),
        migrations.AddField(
            model_name='provision',
            name='hand_offs_chased_at',
            field=models.TimeField(default=datetime.time(14, 30), help_text='On the same day: the designated safeguarding lead and deputies are told again.', verbose_name='hand-offs nobody has confirmed are chased at'),
        ),
        migrations.AddField(
            model_name='provisionevent',
            name='good_news_in',
            field=models.PositiveSmallIntegerField(default=3, help_text='Otherwise the next contact begins with a prompt for some.', validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(10)], verbose_name='at least one contact with home in so many is good news'),
        ),
        migrations.AddField(
            model_name='provisionevent',
            name='hand_offs_chased_at',
            field=models.TimeField(default=datetime.time(14, 30), help_text='On the same day: the designated safeguarding lead and deputies are told again.', verbose_name='hand-offs nobody has confirmed are chased at'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_provisionevent" ("good_news_in", "hand_offs_chased_at", "hours_ks1", "hours_ks2", "hours_ks3", "hours_week", "hours_year_11", "id", "model", "name", "pace_lessons", "pace_weeks", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "plan_weeks", "ready_areas", "room_areas", "school_id", "stage") VALUES (NEW."good_news_in", NEW."hand_offs_chased_at", NEW."hours_ks1", NEW."hours_ks2", NEW."hours_ks3", NEW."hours_week", NEW."hours_year_11", NEW."id", NEW."model", NEW."name", NEW."pace_lessons", NEW."pace_weeks", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."plan_weeks", NEW."ready_areas", NEW."room_areas", NEW."school_id", NEW."stage"); RETURN NULL;', hash='a65a68ce1d52b5af735ffff7d1cf9d24eb3c1374', operation='INSERT', pgid='pgtrigger_insert_insert_77152', table='schools_provision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_provisionevent" ("good_news_in", "hand_offs_chased_at", "hours_ks1", "hours_ks2", "hours_ks3", "hours_week", "hours_year_11", "id", "model", "name", "pace_lessons", "pace_weeks", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "plan_weeks", "ready_areas", "room_areas", "school_id", "stage") VALUES (NEW."good_news_in", NEW."hand_offs_chased_at", NEW."hours_ks1", NEW."hours_ks2", NEW."hours_ks3", NEW."hours_week", NEW."hours_year_11", NEW."id", NEW."model", NEW."name", NEW."pace_lessons", NEW."pace_weeks", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."plan_weeks", NEW."ready_areas", NEW."room_areas", NEW."school_id", NEW."stage"); RETURN NULL;', hash='30e884c0f9b8c58c4cc83692018cd5dfb126b0e3', operation='UPDATE', pgid='pgtrigger_update_update_b8795', table='schools_provision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_provisionevent" ("good_news_in", "hand_offs_chased_at", "hours_ks1", "hours_ks2", "hours_ks3", "hours_week", "hours_year_11", "id", "model", "name", "pace_lessons", "pace_weeks", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "plan_weeks", "ready_areas", "room_areas", "school_id", "stage") VALUES (OLD."good_news_in", OLD."hand_offs_chased_at", OLD."hours_ks1", OLD."hours_ks2", OLD."hours_ks3", OLD."hours_week", OLD."hours_year_11", OLD."id", OLD."model", OLD."name", OLD."pace_lessons", OLD."pace_weeks", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."places", OLD."plan_weeks", OLD."ready_areas", OLD."room_areas", OLD."school_id", OLD."stage"); RETURN NULL;', hash='38230fc4e15fc39c7456f7bac6a3c79e88d3361d', operation='DELETE', pgid='pgtrigger_delete_delete_571e5', table='schools_provision', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='provision',
            constraint=models.CheckConstraint(condition=models.Q(('good_news_in__gte', 2), ('good_news_in__lte', 10)), name='good_news_comes_in_2_to_10', violation_error_message='Enter a number between 2 and 10.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualification',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_qualificationevent" ("awarded_on", "expires_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "school_id", "staff_id", "uuid") VALUES (NEW."awarded_on", NEW."expires_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."school_id", NEW."staff_id", NEW."uuid"); RETURN NULL;', hash='d9b2b01d06ef5a046ffdc3d17236782280ecfa25', operation='INSERT', pgid='pgtrigger_insert_insert_1fbc9', table='schools_qualification', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualification',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_qualificationevent" ("awarded_on", "expires_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "school_id", "staff_id", "uuid") VALUES (NEW."awarded_on", NEW."expires_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."school_id", NEW."staff_id", NEW."uuid"); RETURN NULL;', hash='b9a2c4dff5a02a3289fdef6be0cda3b7ccd4d9f7', operation='UPDATE', pgid='pgtrigger_update_update_4ee70', table='schools_qualification', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualification',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_qualificationevent" ("awarded_on", "expires_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "school_id", "staff_id", "uuid") VALUES (OLD."awarded_on", OLD."expires_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."school_id", OLD."staff_id", OLD."uuid"); RETURN NULL;', hash='9c66ef7e1422fab0eaae346529cf175e93db2149', operation='DELETE', pgid='pgtrigger_delete_delete_75992', table='schools_qualification', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safeguardingperson',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_safeguardingpersonevent" ("id", "is_current", "is_deputy", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "room", "school_id", "uuid") VALUES (NEW."id", NEW."is_current", NEW."is_deputy", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."position", NEW."room", NEW."school_id", NEW."uuid"); RETURN NULL;', hash='836486e6a3ee1c25a8d3feb2b8636ca8237dedf0', operation='INSERT', pgid='pgtrigger_insert_insert_b743e', table='schools_safeguardingperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safeguardingperson',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_safeguardingpersonevent" ("id", "is_current", "is_deputy", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "room", "school_id", "uuid") VALUES (NEW."id", NEW."is_current", NEW."is_deputy", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."position", NEW."room", NEW."school_id", NEW."uuid"); RETURN NULL;', hash='5969f32647abe07b4446cbbc7350776f4fde6e96', operation='UPDATE', pgid='pgtrigger_update_update_fe0a1', table='schools_safeguardingperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='safeguardingperson',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_safeguardingpersonevent" ("id", "is_current", "is_deputy", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "room", "school_id", "uuid") VALUES (OLD."id", OLD."is_current", OLD."is_deputy", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."position", OLD."room", OLD."school_id", OLD."uuid"); RETURN NULL;', hash='429e5bbae9e90bd471000d3a6869d85da7c4d24b', operation='DELETE', pgid='pgtrigger_delete_delete_8be19', table='schools_safeguardingperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skill',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_skillevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "staff_id", "uuid") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."staff_id", NEW."uuid"); RETURN NULL;', hash='6a65f84c989486a7803c30d18d99e88d790a1bed', operation='INSERT', pgid='pgtrigger_insert_insert_f6fc9', table='schools_skill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skill',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_skillevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "staff_id", "uuid") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."staff_id", NEW."uuid"); RETURN NULL;', hash='835b2e15ac760219766bc4e66a94ddb5670888e1', operation='UPDATE', pgid='pgtrigger_update_update_fe155', table='schools_skill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skill',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_skillevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "staff_id", "uuid") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."staff_id", OLD."uuid"); RETURN NULL;', hash='ba640269d53e513591c6f7474fc973dd7997870d', operation='DELETE', pgid='pgtrigger_delete_delete_17ee1', table='schools_skill', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supervision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_supervisionevent" ("held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "recorded_at", "recorded_by_id", "school_id", "staff_id", "uuid", "with_whom") VALUES (NEW."held_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_on", NEW."recorded_at", NEW."recorded_by_id", NEW."school_id", NEW."staff_id", NEW."uuid", NEW."with_whom"); RETURN NULL;', hash='a26c1e49ea9cd76f4fc64748a90e9de7405fbd11', operation='INSERT', pgid='pgtrigger_insert_insert_24ff6', table='schools_supervision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supervision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_supervisionevent" ("held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "recorded_at", "recorded_by_id", "school_id", "staff_id", "uuid", "with_whom") VALUES (NEW."held_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_on", NEW."recorded_at", NEW."recorded_by_id", NEW."school_id", NEW."staff_id", NEW."uuid", NEW."with_whom"); RETURN NULL;', hash='ea8ff5b57d1983715f4f7445562261d4b6e0d8ff', operation='UPDATE', pgid='pgtrigger_update_update_abf06', table='schools_supervision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supervision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_supervisionevent" ("held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "recorded_at", "recorded_by_id", "school_id", "staff_id", "uuid", "with_whom") VALUES (OLD."held_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_on", OLD."recorded_at", OLD."recorded_by_id", OLD."school_id", OLD."staff_id", OLD."uuid", OLD."with_whom"); RETURN NULL;', hash='736f9d3404cab4e1f4ee056dd82cf338c8d40a9d', operation='DELETE', pgid='pgtrigger_delete_delete_17e1d', table='schools_supervision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingtopic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_trainingtopicevent" ("for_teachers", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refresh_months", "school_id", "uuid") VALUES (NEW."for_teachers", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."refresh_months", NEW."school_id", NEW."uuid"); RETURN NULL;', hash='cae41e6aee211cc9f41f087b18f799db9f967ed7', operation='INSERT', pgid='pgtrigger_insert_insert_9dee6', table='schools_trainingtopic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingtopic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_trainingtopicevent" ("for_teachers", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refresh_months", "school_id", "uuid") VALUES (NEW."for_teachers", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."refresh_months", NEW."school_id", NEW."uuid"); RETURN NULL;', hash='f6056b924da5d8dbf58804a47c6d2a2509f4f797', operation='UPDATE', pgid='pgtrigger_update_update_3935d', table='schools_trainingtopic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingtopic',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_trainingtopicevent" ("for_teachers", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refresh_months", "school_id", "uuid") VALUES (OLD."for_teachers", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."refresh_months", OLD."school_id", OLD."uuid"); RETURN NULL;', hash='a92cc4387a0efeebb07696c762e44e8402a20d1a', operation='DELETE', pgid='pgtrigger_delete_delete_8564a', table='schools_trainingtopic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='training',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_trainingevent" ("done_on", "given_by", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "refresh_by", "school_id", "staff_id", "topic_id", "uuid") VALUES (NEW."done_on", NEW."given_by", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."refresh_by", NEW."school_id", NEW."staff_id", NEW."topic_id", NEW."uuid"); RETURN NULL;', hash='88253c1e2d8ffcacdabdb705553b37c83dc49e22', operation='INSERT', pgid='pgtrigger_insert_insert_c1d15', table='schools_training', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='training',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_trainingevent" ("done_on", "given_by", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "refresh_by", "school_id", "staff_id", "topic_id", "uuid") VALUES (NEW."done_on", NEW."given_by", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."refresh_by", NEW."school_id", NEW."staff_id", NEW."topic_id", NEW."uuid"); RETURN NULL;', hash='c40bbb909947a3ea6e6d0cb82ca54c133ef0163d', operation='UPDATE', pgid='pgtrigger_update_update_3c280', table='schools_training', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='training',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_trainingevent" ("done_on", "given_by", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "refresh_by", "school_id", "staff_id", "topic_id", "uuid") VALUES (OLD."done_on", OLD."given_by", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."refresh_by", OLD."school_id", OLD."staff_id", OLD."topic_id", OLD."uuid"); RETURN NULL;', hash='c264f5900541046dd108e4af7f03b42a3615bc70', operation='DELETE', pgid='pgtrigger_delete_delete_cef5c', table='schools_training', when='AFTER')),
        ),
    ]
