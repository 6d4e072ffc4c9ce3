import django.db.models.deletion
import iap.tenancy.constraints
import pgtrigger.compiler
import pgtrigger.migrations
import reporting.models.packs
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('pupils', '0004_voice_and_risks'),
        ('reporting', '0001_costs'),
        ('schools', '0004_readiness_thresholds'),
        ('schools', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='SelfReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('stage', models.CharField(choices=[('planning', 'Planning'), ('developing', 'Developing'), ('established', 'Established')], max_length=20, verbose_name='stage of the provision')),
                ('summary', models.TextField(blank=True, max_length=1000, verbose_name='in a few sentences')),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('kept_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='selfreview_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='selfreview_own_school'), models.UniqueConstraint(condition=models.Q(('kept_at', None)), fields=('school',), name='one_self_review_is_underway', violation_error_message='A review is underway already.'), models.CheckConstraint(condition=models.Q(models.Q(('kept_at', None), ('kept_by', None)), models.Q(('kept_at__isnull', False), ('kept_by__isnull', False)), _connector='OR'), name='a_kept_self_review_says_who_kept_it'), models.CheckConstraint(condition=models.Q(('stage__in', ['planning', 'developing', 'established'])), name='a_review_stage_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.SlugField(max_length=40)),
                ('level', models.CharField(blank=True, choices=[('not-yet', 'Not yet'), ('partly', 'In part'), ('mostly', 'Mostly'), ('fully', 'Fully')], max_length=10, verbose_name='how far it holds')),
                ('why', models.TextField(blank=True, max_length=1000, verbose_name='how we know')),
                ('next_step', models.CharField(blank=True, max_length=300, verbose_name='what we do next')),
                ('who', models.CharField(blank=True, max_length=120, verbose_name='who sees to it')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('review', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='reporting.selfreview')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='judgement_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='judgement_own_school'), iap.tenancy.constraints.SameSchool('review', name='judgement_review_same_school'), models.UniqueConstraint(fields=('school', 'review', 'statement'), name='a_statement_is_judged_once_in_a_review'), models.CheckConstraint(condition=models.Q(('level', ''), ('level__in', ['not-yet', 'partly', 'mostly', 'fully']), _connector='OR'), name='a_level_is_known'), models.CheckConstraint(condition=models.Q(('next_step', ''), models.Q(('who', ''), _negated=True), _connector='OR'), name='a_next_step_names_somebody', violation_error_message='Say who sees to it.')],
            },
        ),
        migrations.CreateModel(
            name='NamesPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reason', models.CharField(max_length=300, verbose_name='what you need the names for')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('granted', models.BooleanField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='namespermission_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='namespermission_own_school'), models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('school', 'to'), name='a_permission_is_asked_for_once_at_a_time', violation_error_message='You have asked this school already; its leader has not decided yet.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='asking_for_names_gives_a_reason', violation_error_message='Say what you need the names for.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided_at', None), ('decided_by', None), ('granted', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('granted__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='a_decision_on_names_says_who_and_why', violation_error_message='Say why.'), models.CheckConstraint(condition=models.Q(models.Q(('granted', True), ('until__gt', models.F('decided_at')), ('until__isnull', False)), models.Q(models.Q(('granted', None), ('granted', False), _connector='OR'), ('until', None)), _connector='OR'), name='a_permission_for_names_has_an_end', violation_error_message='A permission needs an end.')],
            },
        ),
        migrations.CreateModel(
            name='NamesPermissionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('reason', models.CharField(max_length=300, verbose_name='what you need the names for')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('granted', models.BooleanField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.namespermission')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('to', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='namespermissionevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('governors', 'Governors’ pack'), ('provision', 'The provision on paper'), ('trust', 'Trust pack'), ('case', 'Case file of one pupil')], max_length=12)),
                ('period', models.CharField(help_text='What stands for the period in an address.', max_length=40)),
                ('name', models.CharField(max_length=80, verbose_name='name of the period')),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('document', models.JSONField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['-last', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='snapshot_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='snapshot_own_school'), models.UniqueConstraint(fields=('school', 'kind', 'period'), name='a_period_is_reported_once', violation_error_message='The figures of this period are reported already.'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='a_snapshot_is_of_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('governors', 'Governors’ pack'), ('provision', 'The provision on paper'), ('trust', 'Trust pack'), ('case', 'Case file of one pupil')], max_length=12)),
                ('name', models.CharField(max_length=120, verbose_name='what it is of')),
                ('period', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('making', 'Being made'), ('ready', 'Ready'), ('failed', 'Could not be made')], default='making', max_length=8)),
                ('token', models.CharField(default=reporting.models.packs._token, editable=False, max_length=48)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('snapshot', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.snapshot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='pack_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='pack_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='pack_pupil_same_school'), iap.tenancy.constraints.SameSchool('snapshot', name='pack_snapshot_same_school'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'case'), ('pupil__isnull', False)), models.Q(models.Q(('kind', 'case'), _negated=True), ('pupil', None)), _connector='OR'), name='a_case_file_is_of_a_pupil_and_nothing_else_is'), models.CheckConstraint(condition=models.Q(('state__in', ['making', 'ready', 'failed'])), name='a_pack_state_is_known')],
                'indexes': [models.Index(fields=['school', '-asked_at'], name='pack_newest')],
            },
        ),
        migrations.CreateModel(
            name='PackReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pack', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='reporting.pack')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='packreader_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='packreader_own_school'), iap.tenancy.constraints.SameSchool('pack', name='packreader_pack_same_school'), models.UniqueConstraint(fields=('school', 'pack', 'user'), name='a_pack_is_addressed_once')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('governors', 'Governors’ pack'), ('provision', 'The provision on paper')], max_length=12)),
                ('rhythm', models.CharField(choices=[('term', 'After each term'), ('half-term', 'After each half term')], default='term', max_length=10, verbose_name='how often')),
                ('active', models.BooleanField(default=True)),
                ('set_at', models.DateTimeField(auto_now=True)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind', 'rhythm'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='schedule_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='schedule_own_school'), models.UniqueConstraint(condition=models.Q(('active', True)), fields=('school', 'kind', 'rhythm'), name='a_pack_is_scheduled_once', violation_error_message='This pack is scheduled already; change who gets it.')],
            },
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('schedule', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='recipients', to='reporting.schedule')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='recipient_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='recipient_own_school'), iap.tenancy.constraints.SameSchool('schedule', name='recipient_schedule_same_school'), models.UniqueConstraint(fields=('school', 'schedule', 'user'), name='a_recipient_is_named_once')],
            },
        ),
        migrations.CreateModel(
            name='RecipientEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.recipient')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('schedule', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.schedule')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='recipientevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='ScheduleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('governors', 'Governors’ pack'), ('provision', 'The provision on paper')], max_length=12)),
                ('rhythm', models.CharField(choices=[('term', 'After each term'), ('half-term', 'After each half term')], default='term', max_length=10, verbose_name='how often')),
                ('active', models.BooleanField(default=True)),
                ('set_at', models.DateTimeField(auto_now=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.schedule')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('set_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='scheduleevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='JudgementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('statement', models.SlugField(db_index=False, max_length=40)),
                ('level', models.CharField(blank=True, choices=[('not-yet', 'Not yet'), ('partly', 'In part'), ('mostly', 'Mostly'), ('fully', 'Fully')], max_length=10, verbose_name='how far it holds')),
                ('why', models.TextField(blank=True, max_length=1000, verbose_name='how we know')),
                ('next_step', models.CharField(blank=True, max_length=300, verbose_name='what we do next')),
                ('who', models.CharField(blank=True, max_length=120, verbose_name='who sees to it')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.judgement')),
                ('saved_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('review', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.selfreview')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='judgementevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='SelfReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('stage', models.CharField(choices=[('planning', 'Planning'), ('developing', 'Developing'), ('established', 'Established')], max_length=20, verbose_name='stage of the provision')),
                ('summary', models.TextField(blank=True, max_length=1000, verbose_name='in a few sentences')),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('kept_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.selfreview')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='selfreviewevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(choices=[('term', 'This term'), ('year', 'This school year')], max_length=10)),
                ('name', models.CharField(max_length=80, verbose_name='name of the period')),
                ('figures', models.JSONField(help_text='Figures by their key, as they are told.')),
                ('counted_at', models.DateTimeField()),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='counted_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='counted_own_school'), models.UniqueConstraint(fields=('school', 'period'), name='a_school_is_counted_once_for_a_period')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namespermission',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_namespermissionevent" ("answer", "asked_at", "decided_at", "decided_by_id", "ended_at", "granted", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "to_id", "until", "uuid") VALUES (NEW."answer", NEW."asked_at", NEW."decided_at", NEW."decided_by_id", NEW."ended_at", NEW."granted", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."school_id", NEW."to_id", NEW."until", NEW."uuid"); RETURN NULL;', hash='8637fa76751dfd040234e240c278a80db4572bf0', operation='INSERT', pgid='pgtrigger_insert_insert_8db13', table='reporting_namespermission', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namespermission',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_namespermissionevent" ("answer", "asked_at", "decided_at", "decided_by_id", "ended_at", "granted", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "to_id", "until", "uuid") VALUES (NEW."answer", NEW."asked_at", NEW."decided_at", NEW."decided_by_id", NEW."ended_at", NEW."granted", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."school_id", NEW."to_id", NEW."until", NEW."uuid"); RETURN NULL;', hash='7e53ef8fb14312e277eda6bcf46458c1db443dbf', operation='UPDATE', pgid='pgtrigger_update_update_84bbf', table='reporting_namespermission', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namespermission',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_namespermissionevent" ("answer", "asked_at", "decided_at", "decided_by_id", "ended_at", "granted", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id", "to_id", "until", "uuid") VALUES (OLD."answer", OLD."asked_at", OLD."decided_at", OLD."decided_by_id", OLD."ended_at", OLD."granted", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."school_id", OLD."to_id", OLD."until", OLD."uuid"); RETURN NULL;', hash='d99a6c705d225e4b9af0546c59916cd86db4c12e', operation='DELETE', pgid='pgtrigger_delete_delete_ce9c7', table='reporting_namespermission', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schedule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_scheduleevent" ("active", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "school_id", "set_at", "set_by_id", "uuid") VALUES (NEW."active", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rhythm", NEW."school_id", NEW."set_at", NEW."set_by_id", NEW."uuid"); RETURN NULL;', hash='711fc831838d281ca7ac5ebfb5f85939d787bab2', operation='INSERT', pgid='pgtrigger_insert_insert_b93d4', table='reporting_schedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schedule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_scheduleevent" ("active", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "school_id", "set_at", "set_by_id", "uuid") VALUES (NEW."active", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rhythm", NEW."school_id", NEW."set_at", NEW."set_by_id", NEW."uuid"); RETURN NULL;', hash='a405266fcf21ec9defedd75cceda2080bc7973ef', operation='UPDATE', pgid='pgtrigger_update_update_f84f5', table='reporting_schedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schedule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_scheduleevent" ("active", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "school_id", "set_at", "set_by_id", "uuid") VALUES (OLD."active", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rhythm", OLD."school_id", OLD."set_at", OLD."set_by_id", OLD."uuid"); RETURN NULL;', hash='478e2802a43b31bfa6db2bce52f47bb3a415def6', operation='DELETE', pgid='pgtrigger_delete_delete_58adf', table='reporting_schedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recipient',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_recipientevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "school_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schedule_id", NEW."school_id", NEW."user_id"); RETURN NULL;', hash='fa50bb794d4a6bb7203e18c41c33d6843ce84be8', operation='INSERT', pgid='pgtrigger_insert_insert_16dec', table='reporting_recipient', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recipient',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_recipientevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "school_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schedule_id", NEW."school_id", NEW."user_id"); RETURN NULL;', hash='0d751d1e12ee201ac17bad29bf12f1b3ae7b305c', operation='UPDATE', pgid='pgtrigger_update_update_8df24', table='reporting_recipient', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recipient',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_recipientevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "school_id", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."schedule_id", OLD."school_id", OLD."user_id"); RETURN NULL;', hash='520aee60cec917697988c5059fe448c597068610', operation='DELETE', pgid='pgtrigger_delete_delete_97726', table='reporting_recipient', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='selfreview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_selfreviewevent" ("begun_at", "begun_by_id", "id", "kept_at", "kept_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "stage", "summary", "uuid") VALUES (NEW."begun_at", NEW."begun_by_id", NEW."id", NEW."kept_at", NEW."kept_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."stage", NEW."summary", NEW."uuid"); RETURN NULL;', hash='2c52024c682d9cceb56cba6fcabca67b676b4419', operation='INSERT', pgid='pgtrigger_insert_insert_fb46e', table='reporting_selfreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='selfreview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_selfreviewevent" ("begun_at", "begun_by_id", "id", "kept_at", "kept_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "stage", "summary", "uuid") VALUES (NEW."begun_at", NEW."begun_by_id", NEW."id", NEW."kept_at", NEW."kept_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."stage", NEW."summary", NEW."uuid"); RETURN NULL;', hash='4dd874e349b9a9482a275e8e16758df089c6cb48', operation='UPDATE', pgid='pgtrigger_update_update_be851', table='reporting_selfreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='selfreview',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_selfreviewevent" ("begun_at", "begun_by_id", "id", "kept_at", "kept_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "stage", "summary", "uuid") VALUES (OLD."begun_at", OLD."begun_by_id", OLD."id", OLD."kept_at", OLD."kept_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."stage", OLD."summary", OLD."uuid"); RETURN NULL;', hash='032b05b822babcb639cd4c6104bbd19254e2b4c2', operation='DELETE', pgid='pgtrigger_delete_delete_cb44e', table='reporting_selfreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='judgement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_judgementevent" ("due_on", "evidence", "id", "level", "next_step", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "saved_at", "saved_by_id", "school_id", "statement", "who", "why") VALUES (NEW."due_on", NEW."evidence", NEW."id", NEW."level", NEW."next_step", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_id", NEW."saved_at", NEW."saved_by_id", NEW."school_id", NEW."statement", NEW."who", NEW."why"); RETURN NULL;', hash='5d0084229425f2a447c6b448e6c38ebf7cb9fd4c', operation='INSERT', pgid='pgtrigger_insert_insert_fa4d5', table='reporting_judgement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='judgement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_judgementevent" ("due_on", "evidence", "id", "level", "next_step", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "saved_at", "saved_by_id", "school_id", "statement", "who", "why") VALUES (NEW."due_on", NEW."evidence", NEW."id", NEW."level", NEW."next_step", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_id", NEW."saved_at", NEW."saved_by_id", NEW."school_id", NEW."statement", NEW."who", NEW."why"); RETURN NULL;', hash='8e72eabfac3759a73f4eaf9fd97a48760b818f31', operation='UPDATE', pgid='pgtrigger_update_update_df1f5', table='reporting_judgement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='judgement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_judgementevent" ("due_on", "evidence", "id", "level", "next_step", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "saved_at", "saved_by_id", "school_id", "statement", "who", "why") VALUES (OLD."due_on", OLD."evidence", OLD."id", OLD."level", OLD."next_step", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_id", OLD."saved_at", OLD."saved_by_id", OLD."school_id", OLD."statement", OLD."who", OLD."why"); RETURN NULL;', hash='e6c65557d5e48d7fb0dc5dcc415c60f52fd50c03', operation='DELETE', pgid='pgtrigger_delete_delete_26f86', table='reporting_judgement', when='AFTER')),
        ),
    ]
