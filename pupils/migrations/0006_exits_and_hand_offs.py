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
        ('pupils', '0005_plans'),
        ('schools', '0007_people_and_safeguarding'),
        ('schools', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExitEvaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('day', models.DateField(help_text='The day it is about.')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('in_error_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('in_error_why', models.CharField(blank=True, editable=False, max_length=200)),
                ('own_hand', models.BooleanField(default=False, help_text='Entered by the pupil on their own page.')),
                ('feels', models.CharField(blank=True, choices=[('better', 'Better than when I came'), ('same', 'About the same'), ('harder', 'Harder than before')], max_length=8, verbose_name='how school feels now')),
                ('helped', models.TextField(blank=True, max_length=500, verbose_name='what helped')),
                ('hard', models.TextField(blank=True, max_length=500, verbose_name='what was hard')),
                ('proud', models.TextField(blank=True, max_length=500, verbose_name='what I am proud of')),
                ('advice', models.TextField(blank=True, max_length=500, verbose_name='what I would tell somebody who is new')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_error_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'placement'], name='exit_evaluation_placement')],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='exitevaluation_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='exitevaluation_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='exitevaluation_pupil_same_school'), models.CheckConstraint(condition=models.Q(models.Q(('in_error_at', None), ('in_error_by', None), ('in_error_why', '')), models.Q(('in_error_at__isnull', False), ('in_error_by__isnull', False), models.Q(('in_error_why', ''), _negated=True)), _connector='OR'), name='exitevaluation_in_error_says_who_and_why', violation_error_message='Say why it was entered in error.'), iap.tenancy.constraints.SameSchool('placement', also=('pupil',), name='exitevaluation_placement_same_school'), models.CheckConstraint(condition=models.Q(('advice', ''), ('feels', ''), ('hard', ''), ('helped', ''), ('proud', ''), _negated=True), name='an_evaluation_says_something', violation_error_message='Answer at least one question.'), models.CheckConstraint(condition=models.Q(('feels', ''), ('feels__in', ['better', 'same', 'harder']), _connector='OR'), name='how_school_feels_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ExitEvaluationEvent',
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
                ('own_hand', models.BooleanField(default=False, help_text='Entered by the pupil on their own page.')),
                ('feels', models.CharField(blank=True, choices=[('better', 'Better than when I came'), ('same', 'About the same'), ('harder', 'Harder than before')], max_length=8, verbose_name='how school feels now')),
                ('helped', models.TextField(blank=True, max_length=500, verbose_name='what helped')),
                ('hard', models.TextField(blank=True, max_length=500, verbose_name='what was hard')),
                ('proud', models.TextField(blank=True, max_length=500, verbose_name='what I am proud of')),
                ('advice', models.TextField(blank=True, max_length=500, verbose_name='what I would tell somebody who is new')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_error_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.exitevaluation')),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='exitevaluationevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('weeks', models.PositiveSmallIntegerField(verbose_name='school weeks after the end')),
                ('due_on', models.DateField()),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('unknown', 'Not known')], max_length=8, verbose_name='does it hold?')),
                ('line', models.CharField(blank=True, max_length=200, verbose_name='in one line')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'due_on'], name='follow_up_due')],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='followupcheck_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='followupcheck_own_school'), iap.tenancy.constraints.SameSchool('placement', also=('pupil',), name='followupcheck_placement_same_school'), iap.tenancy.constraints.SameSchool('pupil', name='followupcheck_pupil_same_school'), models.UniqueConstraint(fields=('school', 'placement', 'weeks'), name='a_place_is_followed_up_once_at_each_time'), models.CheckConstraint(condition=models.Q(('weeks__in', (2, 6, 12))), name='a_follow_up_is_after_2_6_or_12_weeks'), models.CheckConstraint(condition=models.Q(('answer', ''), ('answer__in', ['yes', 'partly', 'no', 'unknown']), _connector='OR'), name='a_follow_up_answer_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('line', '')), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('line', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='a_follow_up_is_answered_by_a_person_in_a_line', violation_error_message='Choose an answer, and say in one line how you know.')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpCheckEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('weeks', models.PositiveSmallIntegerField(verbose_name='school weeks after the end')),
                ('due_on', models.DateField()),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('unknown', 'Not known')], max_length=8, verbose_name='does it hold?')),
                ('line', models.CharField(blank=True, max_length=200, verbose_name='in one line')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.followupcheck')),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='followupcheckevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='HandOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('day', models.DateField(help_text='The day it is about.')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('in_error_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('in_error_why', models.CharField(blank=True, editable=False, max_length=200)),
                ('entry', models.UUIDField(default=uuid.uuid4, help_text='Made with the form: sent twice, kept once.')),
                ('told_at', models.DateTimeField(verbose_name='when you spoke')),
                ('reference', models.CharField(blank=True, max_length=24, verbose_name='reference in the safeguarding record')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_error_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('to', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.safeguardingperson', verbose_name='to whom')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('confirmed_at', None), ('in_error_at', None)), fields=['school'], name='hand_off_unconfirmed')],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='handoff_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='handoff_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='handoff_pupil_same_school'), models.CheckConstraint(condition=models.Q(models.Q(('in_error_at', None), ('in_error_by', None), ('in_error_why', '')), models.Q(('in_error_at__isnull', False), ('in_error_by__isnull', False), models.Q(('in_error_why', ''), _negated=True)), _connector='OR'), name='handoff_in_error_says_who_and_why', violation_error_message='Say why it was entered in error.'), iap.tenancy.constraints.SameSchool('to', name='handoff_to_same_school'), models.UniqueConstraint(fields=('school', 'entry'), name='a_hand_off_is_kept_once'), models.CheckConstraint(condition=models.Q(('reference', ''), ('reference__regex', '^[A-Za-z0-9][A-Za-z0-9/._-]{0,23}$'), _connector='OR'), name='a_hand_off_reference_is_no_story', violation_error_message='Enter the reference alone: letters and digits, without spaces.'), models.CheckConstraint(condition=models.Q(('in_error_why', ''), ('in_error_why__in', ['About another pupil', 'To somebody else, or at another time', 'Entered twice']), _connector='OR'), name='a_hand_off_error_is_a_choice'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='a_confirmation_says_who')],
            },
        ),
        migrations.CreateModel(
            name='HandOffEvent',
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
                ('entry', models.UUIDField(default=uuid.uuid4, help_text='Made with the form: sent twice, kept once.')),
                ('told_at', models.DateTimeField(verbose_name='when you spoke')),
                ('reference', models.CharField(blank=True, max_length=24, verbose_name='reference in the safeguarding record')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_error_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.handoff')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('to', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.safeguardingperson', verbose_name='to whom')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='handoffevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='PlacementExit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcomes', models.TextField(blank=True, max_length=1000, verbose_name='what has changed')),
                ('handed_to', models.CharField(max_length=160, verbose_name='handed over to')),
                ('handover', models.TextField(blank=True, max_length=1000, verbose_name='what they need to know')),
                ('at', models.DateTimeField(auto_now=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='exits', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='placementexit_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='placementexit_own_school'), iap.tenancy.constraints.SameSchool('placement', also=('pupil',), name='placementexit_placement_same_school'), iap.tenancy.constraints.SameSchool('pupil', name='placementexit_pupil_same_school'), models.UniqueConstraint(fields=('school', 'placement'), name='a_place_is_handed_over_once'), models.CheckConstraint(condition=models.Q(('handed_to', ''), _negated=True), name='a_handover_names_somebody', violation_error_message='Say who looks after the pupil from now on.')],
            },
        ),
        migrations.CreateModel(
            name='PlacementExitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('outcomes', models.TextField(blank=True, max_length=1000, verbose_name='what has changed')),
                ('handed_to', models.CharField(max_length=160, verbose_name='handed over to')),
                ('handover', models.TextField(blank=True, max_length=1000, verbose_name='what they need to know')),
                ('at', models.DateTimeField(auto_now=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.placementexit')),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='placementexitevent_own_school')],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='checkin',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='checkin',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='checkin',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='givensession',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='givensession',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='givensession',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='movementbreak',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='movementbreak',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='movementbreak',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='note',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='note',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='note',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupilsaid',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupilsaid',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupilsaid',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='checkin',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='checkinevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='givensession',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='givensessionevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='movementbreak',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='movementbreakevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='note',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='noteevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='pupilsaid',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='pupilsaidevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkin',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_checkinevent" ("at", "by_id", "chips", "day", "entry", "feelings", "id", "kind", "note", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "readiness", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."chips", NEW."day", NEW."entry", NEW."feelings", NEW."id", NEW."kind", NEW."note", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."readiness", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='a9f883394709efde4168e97248483a802991c37b', operation='INSERT', pgid='pgtrigger_insert_insert_dc376', table='pupils_checkin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkin',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_checkinevent" ("at", "by_id", "chips", "day", "entry", "feelings", "id", "kind", "note", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "readiness", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."chips", NEW."day", NEW."entry", NEW."feelings", NEW."id", NEW."kind", NEW."note", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."readiness", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='9080ff4b4073fe038991ce5def6084e94e9d2769', operation='UPDATE', pgid='pgtrigger_update_update_bd078', table='pupils_checkin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkin',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_checkinevent" ("at", "by_id", "chips", "day", "entry", "feelings", "id", "kind", "note", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "readiness", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (OLD."at", OLD."by_id", OLD."chips", OLD."day", OLD."entry", OLD."feelings", OLD."id", OLD."kind", OLD."note", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."readiness", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id", OLD."undone_why"); RETURN NULL;', hash='5914f9a934c7eea9c569ce53958174b64a7c2286', operation='DELETE', pgid='pgtrigger_delete_delete_e292b', table='pupils_checkin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='givensession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_givensessionevent" ("at", "by_id", "day", "entry", "here", "id", "intervention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."here", NEW."id", NEW."intervention_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='4b596153150a21cc2bacff5eafe9b376c5d64b4b', operation='INSERT', pgid='pgtrigger_insert_insert_96522', table='pupils_givensession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='givensession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_givensessionevent" ("at", "by_id", "day", "entry", "here", "id", "intervention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."here", NEW."id", NEW."intervention_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='651d01c0e91bb46de5b0917773e22c94fb6686f6', operation='UPDATE', pgid='pgtrigger_update_update_4f81d', table='pupils_givensession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='givensession',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_givensessionevent" ("at", "by_id", "day", "entry", "here", "id", "intervention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."here", OLD."id", OLD."intervention_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id", OLD."undone_why"); RETURN NULL;', hash='eb9d6866156c840d13f0ef3bdeccbb1ee886bfdb', operation='DELETE', pgid='pgtrigger_delete_delete_b50cc', table='pupils_givensession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movementbreak',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_movementbreakevent" ("at", "by_id", "day", "ended_at", "ended_by_id", "entry", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."ended_at", NEW."ended_by_id", NEW."entry", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='282ff4425454efdd13573e8e0a8ea151bd204b98', operation='INSERT', pgid='pgtrigger_insert_insert_70874', table='pupils_movementbreak', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movementbreak',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_movementbreakevent" ("at", "by_id", "day", "ended_at", "ended_by_id", "entry", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."ended_at", NEW."ended_by_id", NEW."entry", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='099e0497928ba25e9dcff4c08c2e6ffc66a33a51', operation='UPDATE', pgid='pgtrigger_update_update_3a9b0', table='pupils_movementbreak', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='movementbreak',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_movementbreakevent" ("at", "by_id", "day", "ended_at", "ended_by_id", "entry", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."ended_at", OLD."ended_by_id", OLD."entry", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id", OLD."undone_why"); RETURN NULL;', hash='b129a0201ddb71f96756213d99529e543c1c94e3', operation='DELETE', pgid='pgtrigger_delete_delete_50f1e', table='pupils_movementbreak', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_noteevent" ("at", "by_id", "day", "entry", "follow_up", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "text", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."follow_up", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."text", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='423e3ada3a0e28d76a783829917156d39946587a', operation='INSERT', pgid='pgtrigger_insert_insert_19f42', table='pupils_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_noteevent" ("at", "by_id", "day", "entry", "follow_up", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "text", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."follow_up", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."text", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='027df7770fe3802c4012bb00932ca3278d3c2f43', operation='UPDATE', pgid='pgtrigger_update_update_05a3f', table='pupils_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_noteevent" ("at", "by_id", "day", "entry", "follow_up", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "text", "undone_at", "undone_by_id", "undone_why") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."follow_up", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."text", OLD."undone_at", OLD."undone_by_id", OLD."undone_why"); RETURN NULL;', hash='25a5d469089c2747a86a538ad1e22cfd38dac1be', operation='DELETE', pgid='pgtrigger_delete_delete_6e377', table='pupils_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilsaid',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilsaidevent" ("at", "by_id", "day", "entry", "helped", "id", "mood", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why", "words") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."helped", NEW."id", NEW."mood", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why", NEW."words"); RETURN NULL;', hash='6c832d237873c0339051698c96a4272676c020a7', operation='INSERT', pgid='pgtrigger_insert_insert_25d14', table='pupils_pupilsaid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilsaid',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_pupilsaidevent" ("at", "by_id", "day", "entry", "helped", "id", "mood", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why", "words") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."helped", NEW."id", NEW."mood", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why", NEW."words"); RETURN NULL;', hash='02239d3f086d394280aaeccfa46c20f41d860b06', operation='UPDATE', pgid='pgtrigger_update_update_ad0b0', table='pupils_pupilsaid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilsaid',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilsaidevent" ("at", "by_id", "day", "entry", "helped", "id", "mood", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why", "words") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."helped", OLD."id", OLD."mood", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id", OLD."undone_why", OLD."words"); RETURN NULL;', hash='d7e59c735d21d29d0c9dc45a7a1153822e8f7f9b', operation='DELETE', pgid='pgtrigger_delete_delete_59830', table='pupils_pupilsaid', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exitevaluation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_exitevaluationevent" ("advice", "by_id", "day", "feels", "hard", "helped", "id", "in_error_at", "in_error_by_id", "in_error_why", "own_hand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proud", "pupil_id", "school_id", "uuid", "written_at") VALUES (NEW."advice", NEW."by_id", NEW."day", NEW."feels", NEW."hard", NEW."helped", NEW."id", NEW."in_error_at", NEW."in_error_by_id", NEW."in_error_why", NEW."own_hand", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."proud", NEW."pupil_id", NEW."school_id", NEW."uuid", NEW."written_at"); RETURN NULL;', hash='959a0b3ebfab21de123b89657cef5f3a869bc5ab', operation='INSERT', pgid='pgtrigger_insert_insert_a1942', table='pupils_exitevaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exitevaluation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_exitevaluationevent" ("advice", "by_id", "day", "feels", "hard", "helped", "id", "in_error_at", "in_error_by_id", "in_error_why", "own_hand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proud", "pupil_id", "school_id", "uuid", "written_at") VALUES (NEW."advice", NEW."by_id", NEW."day", NEW."feels", NEW."hard", NEW."helped", NEW."id", NEW."in_error_at", NEW."in_error_by_id", NEW."in_error_why", NEW."own_hand", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."proud", NEW."pupil_id", NEW."school_id", NEW."uuid", NEW."written_at"); RETURN NULL;', hash='96148caa91be20a5b009a593d742b18d09464cdb', operation='UPDATE', pgid='pgtrigger_update_update_140bf', table='pupils_exitevaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exitevaluation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_exitevaluationevent" ("advice", "by_id", "day", "feels", "hard", "helped", "id", "in_error_at", "in_error_by_id", "in_error_why", "own_hand", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proud", "pupil_id", "school_id", "uuid", "written_at") VALUES (OLD."advice", OLD."by_id", OLD."day", OLD."feels", OLD."hard", OLD."helped", OLD."id", OLD."in_error_at", OLD."in_error_by_id", OLD."in_error_why", OLD."own_hand", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."proud", OLD."pupil_id", OLD."school_id", OLD."uuid", OLD."written_at"); RETURN NULL;', hash='542f7de56e3ad687c650b067f2faf2f783f5e504', operation='DELETE', pgid='pgtrigger_delete_delete_4f0c2', table='pupils_exitevaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupcheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_followupcheckevent" ("answer", "answered_at", "answered_by_id", "due_on", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id", "uuid", "weeks") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."due_on", NEW."id", NEW."line", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."school_id", NEW."uuid", NEW."weeks"); RETURN NULL;', hash='11cbdffdd8d739e503382296d37c06d0ec09b0b7', operation='INSERT', pgid='pgtrigger_insert_insert_ed58d', table='pupils_followupcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupcheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_followupcheckevent" ("answer", "answered_at", "answered_by_id", "due_on", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id", "uuid", "weeks") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."due_on", NEW."id", NEW."line", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."school_id", NEW."uuid", NEW."weeks"); RETURN NULL;', hash='a2ba6483caeba0762d59c1edbb4739dfe7ac466f', operation='UPDATE', pgid='pgtrigger_update_update_d9473', table='pupils_followupcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupcheck',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_followupcheckevent" ("answer", "answered_at", "answered_by_id", "due_on", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id", "uuid", "weeks") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."due_on", OLD."id", OLD."line", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."pupil_id", OLD."school_id", OLD."uuid", OLD."weeks"); RETURN NULL;', hash='dcb02d039a2fa00b97a25543f5dfc96e5815096b', operation='DELETE', pgid='pgtrigger_delete_delete_bee75', table='pupils_followupcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handoff',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_handoffevent" ("by_id", "confirmed_at", "confirmed_by_id", "day", "entry", "id", "in_error_at", "in_error_by_id", "in_error_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reference", "school_id", "to_id", "told_at", "uuid", "written_at") VALUES (NEW."by_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."day", NEW."entry", NEW."id", NEW."in_error_at", NEW."in_error_by_id", NEW."in_error_why", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."reference", NEW."school_id", NEW."to_id", NEW."told_at", NEW."uuid", NEW."written_at"); RETURN NULL;', hash='5f20d3e30b88d59a8475b7f2482ffe67ccb877f5', operation='INSERT', pgid='pgtrigger_insert_insert_6f6af', table='pupils_handoff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handoff',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_handoffevent" ("by_id", "confirmed_at", "confirmed_by_id", "day", "entry", "id", "in_error_at", "in_error_by_id", "in_error_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reference", "school_id", "to_id", "told_at", "uuid", "written_at") VALUES (NEW."by_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."day", NEW."entry", NEW."id", NEW."in_error_at", NEW."in_error_by_id", NEW."in_error_why", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."reference", NEW."school_id", NEW."to_id", NEW."told_at", NEW."uuid", NEW."written_at"); RETURN NULL;', hash='2cc4a195aef0248e112e6409ee12a91a5f631b68', operation='UPDATE', pgid='pgtrigger_update_update_31874', table='pupils_handoff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handoff',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_handoffevent" ("by_id", "confirmed_at", "confirmed_by_id", "day", "entry", "id", "in_error_at", "in_error_by_id", "in_error_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reference", "school_id", "to_id", "told_at", "uuid", "written_at") VALUES (OLD."by_id", OLD."confirmed_at", OLD."confirmed_by_id", OLD."day", OLD."entry", OLD."id", OLD."in_error_at", OLD."in_error_by_id", OLD."in_error_why", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."reference", OLD."school_id", OLD."to_id", OLD."told_at", OLD."uuid", OLD."written_at"); RETURN NULL;', hash='89bc0c4f730db4955659c10fcc106a280893b468', operation='DELETE', pgid='pgtrigger_delete_delete_bb351', table='pupils_handoff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placementexit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_placementexitevent" ("at", "by_id", "handed_to", "handover", "id", "outcomes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id") VALUES (NEW."at", NEW."by_id", NEW."handed_to", NEW."handover", NEW."id", NEW."outcomes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."school_id"); RETURN NULL;', hash='e33332e1536c54082fdc433efa1edf0eca71eb7a', operation='INSERT', pgid='pgtrigger_insert_insert_14c47', table='pupils_placementexit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placementexit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_placementexitevent" ("at", "by_id", "handed_to", "handover", "id", "outcomes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id") VALUES (NEW."at", NEW."by_id", NEW."handed_to", NEW."handover", NEW."id", NEW."outcomes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."school_id"); RETURN NULL;', hash='e44ff29f4d9ac6855f0635d76599bce7ed70e43a', operation='UPDATE', pgid='pgtrigger_update_update_2f127', table='pupils_placementexit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placementexit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_placementexitevent" ("at", "by_id", "handed_to", "handover", "id", "outcomes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id") VALUES (OLD."at", OLD."by_id", OLD."handed_to", OLD."handover", OLD."id", OLD."outcomes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."pupil_id", OLD."school_id"); RETURN NULL;', hash='7a21157d384537b95fa38b1ee46b7b29acae3be0', operation='DELETE', pgid='pgtrigger_delete_delete_78d79', table='pupils_placementexit', when='AFTER')),
        ),
    ]
