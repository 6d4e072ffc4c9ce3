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

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('pupils', '0001_initial'),
        ('schools', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HybridStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('start', 'Start'), ('forward', 'Step forward'), ('hold', 'Hold'), ('back', 'Step back'), ('correction', 'Correction')], max_length=12)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('why', models.TextField(max_length=500, verbose_name='what changed and why')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='hybridstep_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='hybridstep_own_school'), iap.tenancy.constraints.SameSchool('placement', also=('pupil',), name='hybridstep_placement_same_school'), iap.tenancy.constraints.SameSchool('pupil', name='hybridstep_pupil_same_school'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='hybridstep_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), ('placement', '='), (iap.schools.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=False)), '&&')], name='a_pupil_has_one_step_at_a_time', violation_error_message='This pupil already has a timetable for those dates.'), models.CheckConstraint(condition=models.Q(('kind__in', ['start', 'forward', 'hold', 'back', 'correction'])), name='a_step_kind_is_known'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_step_says_what_changed_and_why', violation_error_message='Say what changed and why, in a few words.')],
            },
        ),
        migrations.CreateModel(
            name='HybridStepEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('start', 'Start'), ('forward', 'Step forward'), ('hold', 'Hold'), ('back', 'Step back'), ('correction', 'Correction')], max_length=12)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('why', models.TextField(max_length=500, verbose_name='what changed and why')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.hybridstep')),
                ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.placement')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='hybridstepevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='IapSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=80)),
                ('strand', models.CharField(choices=[('assessment', 'Assessment'), ('intervention', 'Intervention'), ('enrichment', 'Enrichment'), ('vocational', 'Vocational'), ('curriculum', 'Curriculum')], max_length=12)),
                ('room', models.CharField(blank=True, max_length=40)),
                ('places', models.PositiveSmallIntegerField(blank=True, help_text="Leave empty to use the provision's number. Guide: fewer than 10.", null=True)),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='schools.period')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'verbose_name': 'IAP session',
                'ordering': ['week', 'period__weekday', 'period__starts', 'title'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='iapsession_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='iapsession_own_school'), iap.tenancy.constraints.SameSchool('period', name='iapsession_period_same_school'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='iapsession_ends_after_it_starts', violation_error_message='The end must be after the start.'), models.UniqueConstraint(fields=('school', 'id', 'week', 'period'), name='iap_session_with_its_slot'), models.CheckConstraint(condition=models.Q(('places', None), models.Q(('places__gte', 1), ('places__lte', 30)), _connector='OR'), name='a_session_has_between_1_and_30_places', violation_error_message='Enter between 1 and 30 places.'), models.CheckConstraint(condition=models.Q(('strand__in', ['assessment', 'intervention', 'enrichment', 'vocational', 'curriculum'])), name='a_strand_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('role', models.CharField(choices=[('qt', 'Qualified teacher'), ('support', 'Support')], max_length=8)),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('adult', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.staffmember')),
                ('covered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.staffmember')),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.period')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='cover', to='timetables.iapsession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='cover_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='cover_own_school'), iap.tenancy.constraints.SameSchool('session', also=('week', 'period'), name='cover_session_same_school'), iap.tenancy.constraints.SameSchool('period', name='cover_period_same_school'), iap.tenancy.constraints.SameSchool('adult', name='cover_adult_same_school'), iap.tenancy.constraints.SameSchool('covered_by', name='cover_covered_by_same_school'), models.UniqueConstraint(fields=('school', 'session', 'day', 'adult'), name='an_absence_is_covered_once', violation_error_message='That absence is already noted.'), models.UniqueConstraint(fields=('school', 'day', 'period', 'covered_by'), name='an_adult_covers_one_session_at_a_time', violation_error_message='This adult already covers another session then.'), models.CheckConstraint(condition=models.Q(('adult__isnull', False), ('covered_by__isnull', False), _connector='OR'), name='cover_names_somebody', violation_error_message='Choose who is away or who comes.'), models.CheckConstraint(condition=models.Q(('role__in', ['qt', 'support'])), name='a_cover_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CoverEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('role', models.CharField(choices=[('qt', 'Qualified teacher'), ('support', 'Support')], max_length=8)),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('adult', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
                ('covered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.period')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.cover')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.iapsession')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='coverevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='IapSessionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('title', models.CharField(max_length=80)),
                ('strand', models.CharField(choices=[('assessment', 'Assessment'), ('intervention', 'Intervention'), ('enrichment', 'Enrichment'), ('vocational', 'Vocational'), ('curriculum', 'Curriculum')], max_length=12)),
                ('room', models.CharField(blank=True, max_length=40)),
                ('places', models.PositiveSmallIntegerField(blank=True, help_text="Leave empty to use the provision's number. Guide: fewer than 10.", null=True)),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.period')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.iapsession')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='iapsessionevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='MainstreamClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'verbose_name_plural': 'mainstream classes',
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='mainstreamclass_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='mainstreamclass_own_school'), models.UniqueConstraint(fields=('school', 'name'), name='a_class_is_named_once')],
            },
        ),
        migrations.CreateModel(
            name='ClassMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='timetables.mainstreamclass')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='classmember_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='classmember_own_school'), iap.tenancy.constraints.SameSchool('mainstream_class', name='classmember_mainstream_class_same_school'), iap.tenancy.constraints.SameSchool('pupil', name='classmember_pupil_same_school'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='classmember_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), ('mainstream_class', '='), ('pupil', '='), (iap.schools.models.base.DateRange('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=False)), '&&')], name='a_pupil_is_in_a_class_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='ClassMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.classmember')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamclass')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='classmemberevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='MainstreamClassEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.mainstreamclass')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='mainstreamclassevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='MainstreamLesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('room', models.CharField(blank=True, max_length=40)),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='timetables.mainstreamclass')),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='schools.period')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='mainstreamlesson_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='mainstreamlesson_own_school'), iap.tenancy.constraints.SameSchool('mainstream_class', name='mainstreamlesson_mainstream_class_same_school'), iap.tenancy.constraints.SameSchool('period', name='mainstreamlesson_period_same_school'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='mainstreamlesson_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), ('mainstream_class', '='), ('week', '='), ('period', '='), (iap.schools.models.base.DateRange('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=False)), '&&')], name='a_class_has_one_lesson_in_a_slot', violation_error_message='This class already has a lesson in that slot.')],
                'indexes': [models.Index(fields=['school', 'period', 'week'], name='lesson_slot')],
            },
        ),
        migrations.CreateModel(
            name='LessonTeacher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('teacher', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='schools.staffmember')),
                ('lesson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='teachers', to='timetables.mainstreamlesson')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='lessonteacher_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='lessonteacher_own_school'), iap.tenancy.constraints.SameSchool('lesson', name='lessonteacher_lesson_same_school'), iap.tenancy.constraints.SameSchool('teacher', name='lessonteacher_teacher_same_school'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='lessonteacher_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), ('lesson', '='), ('teacher', '='), (iap.schools.models.base.DateRange('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=False)), '&&')], name='a_teacher_has_a_lesson_once')],
            },
        ),
        migrations.CreateModel(
            name='LessonTeacherEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.lessonteacher')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('teacher', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
                ('lesson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamlesson')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='lessonteacherevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='MainstreamLessonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('room', models.CharField(blank=True, max_length=40)),
                ('mainstream_class', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.mainstreamclass')),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.period')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.mainstreamlesson')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='mainstreamlessonevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='SessionMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField(help_text='Made where it was tapped, so that sending it again is harmless.')),
                ('day', models.DateField(help_text='The school day it belongs to.')),
                ('at', models.DateTimeField(help_text='When it was tapped.')),
                ('saved_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('here', models.BooleanField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='timetables.iapsession')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='sessionmark_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='sessionmark_own_school'), iap.tenancy.constraints.SameSchool('pupil', name='sessionmark_pupil_same_school'), models.UniqueConstraint(fields=('school', 'entry'), name='sessionmark_is_kept_once'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='sessionmark_undone_says_who'), iap.tenancy.constraints.SameSchool('session', name='sessionmark_session_same_school')],
                'indexes': [models.Index(fields=['school', 'day'], name='session_mark_day')],
            },
        ),
        migrations.CreateModel(
            name='SessionMarkEvent',
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
                ('here', models.BooleanField()),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.sessionmark')),
                ('pupil', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.iapsession')),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='sessionmarkevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='SessionStaff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('role', models.CharField(choices=[('qt', 'Qualified teacher'), ('support', 'Support')], max_length=8)),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('adult', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='iap_sessions', to='schools.staffmember')),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.period')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='timetables.iapsession')),
            ],
            options={
                'ordering': ['role', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='sessionstaff_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='sessionstaff_own_school'), iap.tenancy.constraints.SameSchool('session', also=('week', 'period'), name='sessionstaff_session_same_school'), iap.tenancy.constraints.SameSchool('period', name='sessionstaff_period_same_school'), iap.tenancy.constraints.SameSchool('adult', name='sessionstaff_adult_same_school'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='sessionstaff_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), ('adult', '='), ('week', '='), ('period', '='), (iap.schools.models.base.DateRange('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=False)), '&&')], name='an_adult_is_in_one_session_at_a_time', violation_error_message='This adult is already in another session at that time.'), models.CheckConstraint(condition=models.Q(('role__in', ['qt', 'support'])), name='a_session_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='SessionStaffEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('role', models.CharField(choices=[('qt', 'Qualified teacher'), ('support', 'Support')], max_length=8)),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('adult', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.staffmember')),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.period')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.sessionstaff')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.iapsession')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='sessionstaffevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='StepPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('place', models.CharField(choices=[('mainstream', 'Mainstream lesson'), ('supported', 'Supported in mainstream'), ('session', 'IAP session'), ('social', 'Shared social time'), ('offsite', 'Off-site education'), ('reduced', 'Agreed reduced hours')], max_length=12)),
                ('provider', models.CharField(blank=True, max_length=120)),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.period')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('session', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='step_places', to='timetables.iapsession')),
                ('step', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='places', to='timetables.hybridstep')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='stepplace_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='stepplace_own_school'), iap.tenancy.constraints.SameSchool('step', name='stepplace_step_same_school'), iap.tenancy.constraints.SameSchool('period', name='stepplace_period_same_school'), iap.tenancy.constraints.SameSchool('session', also=('week', 'period'), name='stepplace_session_same_school'), models.UniqueConstraint(fields=('school', 'step', 'week', 'period'), name='a_pupil_has_one_place_in_a_slot', violation_error_message='Choose one place for each slot.'), models.CheckConstraint(condition=models.Q(('place__in', ['mainstream', 'supported', 'session', 'social', 'offsite', 'reduced'])), name='a_place_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('place', 'session'), ('session__isnull', False)), models.Q(models.Q(('place', 'session'), _negated=True), ('session__isnull', True)), _connector='OR'), name='an_iap_place_names_its_session', violation_error_message='Choose the session.'), models.CheckConstraint(condition=models.Q(models.Q(('place', 'offsite'), _negated=True), models.Q(('provider', ''), _negated=True), _connector='OR'), name='an_off_site_place_names_its_provider', violation_error_message='Name the off-site provider.')],
                'indexes': [models.Index(fields=['school', 'period', 'week'], name='step_place_slot')],
            },
        ),
        migrations.CreateModel(
            name='StepPlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('week', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('place', models.CharField(choices=[('mainstream', 'Mainstream lesson'), ('supported', 'Supported in mainstream'), ('session', 'IAP session'), ('social', 'Shared social time'), ('offsite', 'Off-site education'), ('reduced', 'Agreed reduced hours')], max_length=12)),
                ('provider', models.CharField(blank=True, max_length=120)),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.period')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='timetables.stepplace')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('session', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.iapsession')),
                ('step', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='timetables.hybridstep')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='stepplaceevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hybridstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_hybridstepevent" ("by_id", "ends_on", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id", "starts_on", "uuid", "why") VALUES (NEW."by_id", NEW."ends_on", NEW."id", NEW."kind", NEW."made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."school_id", NEW."starts_on", NEW."uuid", NEW."why"); RETURN NULL;', hash='50e41c797086bf34e3685131bf0b4815867e6325', operation='INSERT', pgid='pgtrigger_insert_insert_c56a7', table='timetables_hybridstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hybridstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_hybridstepevent" ("by_id", "ends_on", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id", "starts_on", "uuid", "why") VALUES (NEW."by_id", NEW."ends_on", NEW."id", NEW."kind", NEW."made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."pupil_id", NEW."school_id", NEW."starts_on", NEW."uuid", NEW."why"); RETURN NULL;', hash='6f39de0dc530f6d8992b40f3ea9de845e22860b5', operation='UPDATE', pgid='pgtrigger_update_update_f44a6', table='timetables_hybridstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hybridstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_hybridstepevent" ("by_id", "ends_on", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "pupil_id", "school_id", "starts_on", "uuid", "why") VALUES (OLD."by_id", OLD."ends_on", OLD."id", OLD."kind", OLD."made_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."pupil_id", OLD."school_id", OLD."starts_on", OLD."uuid", OLD."why"); RETURN NULL;', hash='1459d44cf743c8bceecf37b0ca65c3eeee835579', operation='DELETE', pgid='pgtrigger_delete_delete_d9017', table='timetables_hybridstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='iapsession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_iapsessionevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "room", "school_id", "strand", "title", "uuid", "valid_from", "valid_to", "week") VALUES (NEW."id", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."room", NEW."school_id", NEW."strand", NEW."title", NEW."uuid", NEW."valid_from", NEW."valid_to", NEW."week"); RETURN NULL;', hash='96f17c633cfc839597fa6b4009e8adf9ed67e6b4', operation='INSERT', pgid='pgtrigger_insert_insert_142ff', table='timetables_iapsession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='iapsession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_iapsessionevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "room", "school_id", "strand", "title", "uuid", "valid_from", "valid_to", "week") VALUES (NEW."id", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."room", NEW."school_id", NEW."strand", NEW."title", NEW."uuid", NEW."valid_from", NEW."valid_to", NEW."week"); RETURN NULL;', hash='60754f65e2fd3274d61c56f7ffcb28b966dfee68', operation='UPDATE', pgid='pgtrigger_update_update_4727b', table='timetables_iapsession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='iapsession',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_iapsessionevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "room", "school_id", "strand", "title", "uuid", "valid_from", "valid_to", "week") VALUES (OLD."id", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."places", OLD."room", OLD."school_id", OLD."strand", OLD."title", OLD."uuid", OLD."valid_from", OLD."valid_to", OLD."week"); RETURN NULL;', hash='b0965cbf9412b857cc608ba5a7f87e46ae54d3eb', operation='DELETE', pgid='pgtrigger_delete_delete_d1fae', table='timetables_iapsession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cover',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_coverevent" ("adult_id", "covered_by_id", "day", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "session_id", "week") VALUES (NEW."adult_id", NEW."covered_by_id", NEW."day", NEW."id", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."school_id", NEW."session_id", NEW."week"); RETURN NULL;', hash='f7ccc0fcf308a8b80da3c06625c4f6b1cabf8cc1', operation='INSERT', pgid='pgtrigger_insert_insert_2aca9', table='timetables_cover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cover',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_coverevent" ("adult_id", "covered_by_id", "day", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "session_id", "week") VALUES (NEW."adult_id", NEW."covered_by_id", NEW."day", NEW."id", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."school_id", NEW."session_id", NEW."week"); RETURN NULL;', hash='741d11da7bee2b45ba8a848e05e841790d7a85cc', operation='UPDATE', pgid='pgtrigger_update_update_4d9b4', table='timetables_cover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cover',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_coverevent" ("adult_id", "covered_by_id", "day", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "session_id", "week") VALUES (OLD."adult_id", OLD."covered_by_id", OLD."day", OLD."id", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."school_id", OLD."session_id", OLD."week"); RETURN NULL;', hash='007c8a8c9ce4725da09b15db1c377b5134b7dd65', operation='DELETE', pgid='pgtrigger_delete_delete_412c7', table='timetables_cover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mainstreamclass',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_mainstreamclassevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "subject") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."subject"); RETURN NULL;', hash='761941fcf71eb6ec30eaa48d6b55388bc843a259', operation='INSERT', pgid='pgtrigger_insert_insert_833c0', table='timetables_mainstreamclass', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mainstreamclass',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_mainstreamclassevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "subject") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."subject"); RETURN NULL;', hash='fed0d052df8386e498bc6ab7530b373a2ae44f8b', operation='UPDATE', pgid='pgtrigger_update_update_5ece0', table='timetables_mainstreamclass', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mainstreamclass',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_mainstreamclassevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "subject") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."subject"); RETURN NULL;', hash='1f42b5db11334e10d7f998e8757b5d1156057cc5', operation='DELETE', pgid='pgtrigger_delete_delete_63d79', table='timetables_mainstreamclass', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_classmemberevent" ("id", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."school_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='a5640abfa9b6816fd5ec107b7e4030cc079fa2e1', operation='UPDATE', pgid='pgtrigger_update_update_481ea', table='timetables_classmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_classmemberevent" ("id", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."mainstream_class_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."school_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='897a7655a0d10cdaa426e0e7bec81a61cc68e353', operation='DELETE', pgid='pgtrigger_delete_delete_6c7d1', table='timetables_classmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mainstreamlesson',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_mainstreamlessonevent" ("id", "mainstream_class_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "school_id", "valid_from", "valid_to", "week") VALUES (NEW."id", NEW."mainstream_class_id", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."room", NEW."school_id", NEW."valid_from", NEW."valid_to", NEW."week"); RETURN NULL;', hash='c7880ff778f5b8abde175ca73fb8184a93fd8485', operation='UPDATE', pgid='pgtrigger_update_update_76728', table='timetables_mainstreamlesson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mainstreamlesson',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_mainstreamlessonevent" ("id", "mainstream_class_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "school_id", "valid_from", "valid_to", "week") VALUES (OLD."id", OLD."mainstream_class_id", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."room", OLD."school_id", OLD."valid_from", OLD."valid_to", OLD."week"); RETURN NULL;', hash='7ff805a0826ade7efa48c220df28e884eac0dcfe', operation='DELETE', pgid='pgtrigger_delete_delete_c6df0', table='timetables_mainstreamlesson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonteacher',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_lessonteacherevent" ("id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "teacher_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."lesson_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."teacher_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='49cddd99741666418db758c4c2a096a058c40f07', operation='UPDATE', pgid='pgtrigger_update_update_2c72c', table='timetables_lessonteacher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonteacher',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessonteacherevent" ("id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "teacher_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."lesson_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."teacher_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='46e0fdd11ee584251295a15a4644fd85c5f4e0aa', operation='DELETE', pgid='pgtrigger_delete_delete_fcfd4', table='timetables_lessonteacher', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmark',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_sessionmarkevent" ("at", "by_id", "day", "entry", "here", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "session_id", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."here", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."session_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='b76a7f4742d99d70a8c6607090a4008c5cfc5e8b', operation='INSERT', pgid='pgtrigger_insert_insert_5cb9e', table='timetables_sessionmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmark',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_sessionmarkevent" ("at", "by_id", "day", "entry", "here", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "session_id", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."here", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."session_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='f91710009598336332390b4ac8efac45bdbdadbb', operation='UPDATE', pgid='pgtrigger_update_update_1fea0', table='timetables_sessionmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmark',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_sessionmarkevent" ("at", "by_id", "day", "entry", "here", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "session_id", "undone_at", "undone_by_id") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."here", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."session_id", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='3c5b95c41d247bb696d848a1a70fe843d33a69d8', operation='DELETE', pgid='pgtrigger_delete_delete_9a288', table='timetables_sessionmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionstaff',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_sessionstaffevent" ("adult_id", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "session_id", "valid_from", "valid_to", "week") VALUES (NEW."adult_id", NEW."id", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."school_id", NEW."session_id", NEW."valid_from", NEW."valid_to", NEW."week"); RETURN NULL;', hash='a586a7db54974d8013d2792acba4450bdbaef3da', operation='INSERT', pgid='pgtrigger_insert_insert_69ece', table='timetables_sessionstaff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionstaff',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_sessionstaffevent" ("adult_id", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "session_id", "valid_from", "valid_to", "week") VALUES (NEW."adult_id", NEW."id", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."school_id", NEW."session_id", NEW."valid_from", NEW."valid_to", NEW."week"); RETURN NULL;', hash='7d04d432e72c9b3953e43be0ff77a5b959d0f925', operation='UPDATE', pgid='pgtrigger_update_update_4acc5', table='timetables_sessionstaff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionstaff',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_sessionstaffevent" ("adult_id", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "session_id", "valid_from", "valid_to", "week") VALUES (OLD."adult_id", OLD."id", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."school_id", OLD."session_id", OLD."valid_from", OLD."valid_to", OLD."week"); RETURN NULL;', hash='6a7a47ce9bf8cdc1588d50859547505ab342dd35', operation='DELETE', pgid='pgtrigger_delete_delete_a7cdf', table='timetables_sessionstaff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stepplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_stepplaceevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "provider", "school_id", "session_id", "step_id", "week") VALUES (NEW."id", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."provider", NEW."school_id", NEW."session_id", NEW."step_id", NEW."week"); RETURN NULL;', hash='d41fceb523a0373db4f6ad5005e457e1b8a65cc1', operation='INSERT', pgid='pgtrigger_insert_insert_5cb19', table='timetables_stepplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stepplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_stepplaceevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "provider", "school_id", "session_id", "step_id", "week") VALUES (NEW."id", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."provider", NEW."school_id", NEW."session_id", NEW."step_id", NEW."week"); RETURN NULL;', hash='966e7cf70f55faca8c92a5bbfb7f71d41c2d04ff', operation='UPDATE', pgid='pgtrigger_update_update_9f26d', table='timetables_stepplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stepplace',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_stepplaceevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "provider", "school_id", "session_id", "step_id", "week") VALUES (OLD."id", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."provider", OLD."school_id", OLD."session_id", OLD."step_id", OLD."week"); RETURN NULL;', hash='c845204286b345da1f914891b796e8fcd62c0509', operation='DELETE', pgid='pgtrigger_delete_delete_d6b1f', table='timetables_stepplace', when='AFTER')),
        ),
    ]
