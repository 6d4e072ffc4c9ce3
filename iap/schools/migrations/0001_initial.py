import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
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
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('tenancy', '0001_extensions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trust',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('urn', models.CharField(max_length=6, unique=True, validators=[django.core.validators.RegexValidator('^\\d{6}$', "Enter the school's URN: six digits.")], verbose_name='URN')),
                ('name', models.CharField(max_length=120)),
                ('phase', models.CharField(choices=[('primary', 'Primary'), ('secondary', 'Secondary'), ('all-through', 'All-through'), ('special', 'Special')], max_length=20)),
                ('cycle_weeks', models.PositiveSmallIntegerField(choices=[(1, 'One week'), (2, 'Two weeks, A and B')], default=1, verbose_name='weeks in the timetable cycle')),
                ('trust', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='schools.trust')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('urn__regex', '^\\d{6}$')), name='school_urn_is_six_digits'), models.CheckConstraint(condition=models.Q(('phase__in', ['primary', 'secondary', 'all-through', 'special'])), name='school_phase_is_known'), models.CheckConstraint(condition=models.Q(('cycle_weeks__in', [1, 2])), name='school_cycle_is_one_or_two_weeks')],
            },
        ),
        migrations.CreateModel(
            name='AcademicYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['starts_on'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='academicyear_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='academicyear_own_school'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='academicyear_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), (iap.schools.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='a_school_is_in_one_year_at_a_time', violation_error_message='Another school year already covers some of those days.')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=80)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='closure_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='closure_own_school'), models.UniqueConstraint(fields=('school', 'day'), name='a_day_is_closed_once', violation_error_message='That day is already marked as closed.')],
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('set', models.CharField(choices=[('attendance', 'Attendance'), ('sen-stage', 'SEN stage'), ('sen-type', 'SEN type'), ('year-group', 'Year group'), ('ethnicity', 'Ethnicity'), ('suspension', 'Reason for suspension')], max_length=20)),
                ('code', models.CharField(max_length=10)),
                ('label', models.CharField(blank=True, max_length=120)),
                ('category', models.CharField(blank=True, max_length=20)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['set', 'position', 'code'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='code_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='code_own_school'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='code_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), ('set', '='), ('code', '='), (iap.schools.models.base.DateRange('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=False)), '&&')], name='a_code_means_one_thing_at_a_time', violation_error_message='That code already has a meaning on some of those days.')],
            },
        ),
        migrations.CreateModel(
            name='CycleWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('monday', models.DateField()),
                ('label', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['monday'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='cycleweek_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='cycleweek_own_school'), models.UniqueConstraint(fields=('school', 'monday'), name='a_week_has_one_label', violation_error_message='That week is already in the calendar.'), models.CheckConstraint(condition=models.Q(('monday__iso_week_day', 1)), name='a_cycle_week_starts_on_a_monday', violation_error_message='A week starts on a Monday.')],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday')])),
                ('name', models.CharField(help_text='As on the timetable: Reg, 1, Break …', max_length=20)),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('kind', models.CharField(choices=[('registration', 'Registration'), ('lesson', 'Lesson'), ('break', 'Break'), ('lunch', 'Lunch')], max_length=12)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['weekday', 'starts'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='period_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='period_own_school'), models.UniqueConstraint(fields=('school', 'weekday', 'name'), name='a_period_is_named_once_a_day', violation_error_message='That day already has a period with this name.'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='a_period_ends_after_it_starts', violation_error_message='A period must end after it starts.'), models.CheckConstraint(condition=models.Q(('kind__in', ['registration', 'lesson', 'break', 'lunch'])), name='a_period_kind_is_known'), models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 5)), name='a_period_is_on_a_school_day')],
            },
        ),
        migrations.CreateModel(
            name='Provision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='The Base', help_text='What your school calls it. Every page uses this name.', max_length=60)),
                ('model', models.CharField(choices=[('reintegration', 'Reintegration'), ('stable', 'Stable cohort'), ('short', 'Short assessment')], default='reintegration', max_length=20)),
                ('places', models.PositiveSmallIntegerField(default=9, help_text='Used where a session has no number of its own. Guide: fewer than 10.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='places in a session')),
                ('stage', models.CharField(choices=[('planning', 'Planning'), ('developing', 'Developing'), ('established', 'Established')], default='planning', max_length=20)),
                ('school', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='provision', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='provision_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='provision_own_school'), models.CheckConstraint(condition=models.Q(('model__in', ['reintegration', 'stable', 'short'])), name='provision_model_is_known'), models.CheckConstraint(condition=models.Q(('stage__in', ['planning', 'developing', 'established'])), name='provision_stage_is_known'), models.CheckConstraint(condition=models.Q(('places__gte', 1), ('places__lte', 30)), name='provision_has_between_1_and_30_places')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(help_text='As colleagues know them: Ms R. Adeyemi', max_length=120)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='an_address_signs_in_one_person', violation_error_message='Somebody already signs in with that address.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('staff', 'IAP staff'), ('lead', 'IAP lead'), ('leader', 'School leader'), ('senco', 'SENCO'), ('dsl', 'Designated safeguarding lead'), ('teacher', 'Mainstream teacher'), ('trust', 'Trust leader'), ('data', 'Data manager')], max_length=10)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='schools.school')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='membership_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='membership_own_school', own='user'), models.UniqueConstraint(fields=('school', 'user', 'role'), name='a_role_is_held_once', violation_error_message='They already hold that role.'), models.CheckConstraint(condition=models.Q(('role__in', ['staff', 'lead', 'leader', 'senco', 'dsl', 'teacher', 'trust', 'data'])), name='a_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ProvisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(default='The Base', help_text='What your school calls it. Every page uses this name.', max_length=60)),
                ('model', models.CharField(choices=[('reintegration', 'Reintegration'), ('stable', 'Stable cohort'), ('short', 'Short assessment')], default='reintegration', max_length=20)),
                ('places', models.PositiveSmallIntegerField(default=9, help_text='Used where a session has no number of its own. Guide: fewer than 10.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='places in a session')),
                ('stage', models.CharField(choices=[('planning', 'Planning'), ('developing', 'Developing'), ('established', 'Established')], default='planning', max_length=20)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.provision')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='provisionevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='PeriodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday')])),
                ('name', models.CharField(help_text='As on the timetable: Reg, 1, Break …', max_length=20)),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('kind', models.CharField(choices=[('registration', 'Registration'), ('lesson', 'Lesson'), ('break', 'Break'), ('lunch', 'Lunch')], max_length=12)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.period')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='periodevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('staff', 'IAP staff'), ('lead', 'IAP lead'), ('leader', 'School leader'), ('senco', 'SENCO'), ('dsl', 'Designated safeguarding lead'), ('teacher', 'Mainstream teacher'), ('trust', 'Trust leader'), ('data', 'Data manager')], max_length=10)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.membership')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='membershipevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='CycleWeekEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('monday', models.DateField()),
                ('label', models.CharField(blank=True, choices=[('', 'Every week'), ('A', 'Week A'), ('B', 'Week B')], max_length=1)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.cycleweek')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='cycleweekevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='CodeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('set', models.CharField(choices=[('attendance', 'Attendance'), ('sen-stage', 'SEN stage'), ('sen-type', 'SEN type'), ('year-group', 'Year group'), ('ethnicity', 'Ethnicity'), ('suspension', 'Reason for suspension')], max_length=20)),
                ('code', models.CharField(max_length=10)),
                ('label', models.CharField(blank=True, max_length=120)),
                ('category', models.CharField(blank=True, max_length=20)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.code')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='codeevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='ClosureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=80)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.closure')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='closureevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='AcademicYearEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=20)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.academicyear')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='academicyearevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='StaffMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=20, verbose_name='staff code')),
                ('title', models.CharField(blank=True, max_length=20)),
                ('given_name', models.CharField(blank=True, max_length=80)),
                ('family_name', models.CharField(max_length=80)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('post', models.CharField(blank=True, max_length=80)),
                ('qualified', models.BooleanField(default=False, verbose_name='qualified teacher')),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('linked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff_records', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['family_name', 'given_name'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='staffmember_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='staffmember_own_school'), models.UniqueConstraint(fields=('school', 'code'), name='a_staff_code_is_used_once', violation_error_message='Another member of staff has that code.'), models.UniqueConstraint(fields=('school', 'user'), name='an_account_is_one_member_of_staff', violation_error_message='That account is already linked to another member of staff.'), models.CheckConstraint(condition=models.Q(models.Q(('linked_by', None), ('user', None)), models.Q(('linked_by__isnull', False), ('user__isnull', False)), _connector='OR'), name='a_link_says_who_made_it')],
            },
        ),
        migrations.CreateModel(
            name='StaffMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('code', models.CharField(max_length=20, verbose_name='staff code')),
                ('title', models.CharField(blank=True, max_length=20)),
                ('given_name', models.CharField(blank=True, max_length=80)),
                ('family_name', models.CharField(max_length=80)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('post', models.CharField(blank=True, max_length=80)),
                ('qualified', models.BooleanField(default=False, verbose_name='qualified teacher')),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('linked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.staffmember')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='staffmemberevent_own_school')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['starts_on'],
                'constraints': [models.UniqueConstraint(fields=('school', 'id'), name='term_of_a_school'), iap.tenancy.constraints.RowsOfOwnSchool(name='term_own_school'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='term_ends_after_it_starts', violation_error_message='The end must be after the start.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('school', '='), (iap.schools.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='a_school_is_in_one_term_at_a_time', violation_error_message='Another term already covers some of those days.')],
            },
        ),
        migrations.CreateModel(
            name='TermEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schools.term')),
                ('school', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schools.school')),
            ],
            options={
                'abstract': False,
                'constraints': [iap.tenancy.constraints.RowsOfOwnSchool(name='termevent_own_school')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_provisionevent" ("id", "model", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "school_id", "stage") VALUES (NEW."id", NEW."model", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."school_id", NEW."stage"); RETURN NULL;', hash='21715491d67ec7aaaf0d7a5775e7bb35c0779bab', operation='INSERT', pgid='pgtrigger_insert_insert_77152', table='schools_provision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_provisionevent" ("id", "model", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "school_id", "stage") VALUES (NEW."id", NEW."model", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."school_id", NEW."stage"); RETURN NULL;', hash='e827810ae08472e612bbd18bbc9950bd35a0a125', operation='UPDATE', pgid='pgtrigger_update_update_b8795', table='schools_provision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_provisionevent" ("id", "model", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "school_id", "stage") VALUES (OLD."id", OLD."model", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."places", OLD."school_id", OLD."stage"); RETURN NULL;', hash='4aea3d174958e4202903b32ee11bb93f3d87fc41', operation='DELETE', pgid='pgtrigger_delete_delete_571e5', table='schools_provision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_periodevent" ("ends", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts", "weekday") VALUES (NEW."ends", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."starts", NEW."weekday"); RETURN NULL;', hash='a9290ef4d4549b62805c371a028cbfb49e45f87e', operation='INSERT', pgid='pgtrigger_insert_insert_d14aa', table='schools_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_periodevent" ("ends", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts", "weekday") VALUES (NEW."ends", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."starts", NEW."weekday"); RETURN NULL;', hash='a057d8aa07244e3184dc59e1175a44e5a19d93ce', operation='UPDATE', pgid='pgtrigger_update_update_0a139', table='schools_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_periodevent" ("ends", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts", "weekday") VALUES (OLD."ends", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."starts", OLD."weekday"); RETURN NULL;', hash='d24a69ad36811306d85a2db3d302ab5397742df8', operation='DELETE', pgid='pgtrigger_delete_delete_eb568', table='schools_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."school_id", NEW."user_id"); RETURN NULL;', hash='bdac34e0debe129cbe148829b130dad397cf8d1a', operation='INSERT', pgid='pgtrigger_insert_insert_2c607', table='schools_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."school_id", NEW."user_id"); RETURN NULL;', hash='aa7017a17f90d9a4b4cbefe32b933a1e8ef96d26', operation='UPDATE', pgid='pgtrigger_update_update_19247', table='schools_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."school_id", OLD."user_id"); RETURN NULL;', hash='5f42e5119abdbff05e15ecc3bf70d7364688f179', operation='DELETE', pgid='pgtrigger_delete_delete_69426', table='schools_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cycleweek',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_cycleweekevent" ("id", "label", "monday", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (NEW."id", NEW."label", NEW."monday", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id"); RETURN NULL;', hash='35affa7922b741b97687463d4e9b4286333fc0e9', operation='INSERT', pgid='pgtrigger_insert_insert_dddc8', table='schools_cycleweek', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cycleweek',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_cycleweekevent" ("id", "label", "monday", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (NEW."id", NEW."label", NEW."monday", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id"); RETURN NULL;', hash='858d3fd6b06bece59f33b6769b165a172283af8c', operation='UPDATE', pgid='pgtrigger_update_update_bcb7d', table='schools_cycleweek', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cycleweek',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_cycleweekevent" ("id", "label", "monday", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") VALUES (OLD."id", OLD."label", OLD."monday", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id"); RETURN NULL;', hash='5b20a597355f7725fc1aa0c035b34c919c6c8e42', operation='DELETE', pgid='pgtrigger_delete_delete_ab4d1', table='schools_cycleweek', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='code',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_codeevent" ("category", "code", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "school_id", "set", "valid_from", "valid_to") VALUES (NEW."category", NEW."code", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."school_id", NEW."set", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='180d7f3dd06eea0ebe668fc0265e3c92dd0f307f', operation='INSERT', pgid='pgtrigger_insert_insert_f3493', table='schools_code', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='code',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_codeevent" ("category", "code", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "school_id", "set", "valid_from", "valid_to") VALUES (NEW."category", NEW."code", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."school_id", NEW."set", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='d08ba8d94c861f7f63b49408c481855216a2b2cc', operation='UPDATE', pgid='pgtrigger_update_update_24321', table='schools_code', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='code',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_codeevent" ("category", "code", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "school_id", "set", "valid_from", "valid_to") VALUES (OLD."category", OLD."code", OLD."id", OLD."label", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."school_id", OLD."set", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='b573edee0f1e4b146f22ad1521d1856ef2c6d78a', operation='DELETE', pgid='pgtrigger_delete_delete_76545', table='schools_code', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_closureevent" ("day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id") VALUES (NEW."day", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."school_id"); RETURN NULL;', hash='6c0db0d88bd1c5d50cdd523871bf7b2d6f9e7590', operation='INSERT', pgid='pgtrigger_insert_insert_4e26d', table='schools_closure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_closureevent" ("day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id") VALUES (NEW."day", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."school_id"); RETURN NULL;', hash='c3146907d629c06f96e92fc30ecbadd51cc6b200', operation='UPDATE', pgid='pgtrigger_update_update_590cf', table='schools_closure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_closureevent" ("day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id") VALUES (OLD."day", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."school_id"); RETURN NULL;', hash='211123e1d55ad4a6c9b64c9a2a0f10fb5e4605c1', operation='DELETE', pgid='pgtrigger_delete_delete_e6008', table='schools_closure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='academicyear',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_academicyearevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on") VALUES (NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."starts_on"); RETURN NULL;', hash='45048de0f6347cba1861df90b69c3f48cf05c965', operation='INSERT', pgid='pgtrigger_insert_insert_b240d', table='schools_academicyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='academicyear',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_academicyearevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on") VALUES (NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."starts_on"); RETURN NULL;', hash='559e33dcc3b73184897bff9d06e1965b5590f977', operation='UPDATE', pgid='pgtrigger_update_update_f816b', table='schools_academicyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='academicyear',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_academicyearevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on") VALUES (OLD."ends_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."starts_on"); RETURN NULL;', hash='18d6043a5738e3522f2fc470dc7e6d9f393f4419', operation='DELETE', pgid='pgtrigger_delete_delete_6cf12', table='schools_academicyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_staffmemberevent" ("code", "email", "family_name", "given_name", "id", "left_on", "linked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualified", "school_id", "subject", "title", "user_id", "uuid") VALUES (NEW."code", NEW."email", NEW."family_name", NEW."given_name", NEW."id", NEW."left_on", NEW."linked_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post", NEW."qualified", NEW."school_id", NEW."subject", NEW."title", NEW."user_id", NEW."uuid"); RETURN NULL;', hash='388fa723563916a53f752f9882d61ac4e5629dff', operation='INSERT', pgid='pgtrigger_insert_insert_5905f', table='schools_staffmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_staffmemberevent" ("code", "email", "family_name", "given_name", "id", "left_on", "linked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualified", "school_id", "subject", "title", "user_id", "uuid") VALUES (NEW."code", NEW."email", NEW."family_name", NEW."given_name", NEW."id", NEW."left_on", NEW."linked_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post", NEW."qualified", NEW."school_id", NEW."subject", NEW."title", NEW."user_id", NEW."uuid"); RETURN NULL;', hash='0ab95adbf0e712a432499873c38b9132092b9e64', operation='UPDATE', pgid='pgtrigger_update_update_947b4', table='schools_staffmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_staffmemberevent" ("code", "email", "family_name", "given_name", "id", "left_on", "linked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualified", "school_id", "subject", "title", "user_id", "uuid") VALUES (OLD."code", OLD."email", OLD."family_name", OLD."given_name", OLD."id", OLD."left_on", OLD."linked_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post", OLD."qualified", OLD."school_id", OLD."subject", OLD."title", OLD."user_id", OLD."uuid"); RETURN NULL;', hash='8ae5ca3797c4308370651edf87469d001e70ff53', operation='DELETE', pgid='pgtrigger_delete_delete_d3017', table='schools_staffmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_termevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on") VALUES (NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."school_id", NEW."starts_on"); RETURN NULL;', hash='81d36a15211b853a17268f19875361c292b7e1b2', operation='INSERT', pgid='pgtrigger_insert_insert_21073', table='schools_term', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schools_termevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on") VALUES (NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."school_id", NEW."starts_on"); RETURN NULL;', hash='757dc7171a78bac0eeb15d04396970dafa3a2e26', operation='UPDATE', pgid='pgtrigger_update_update_a5f8a', table='schools_term', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schools_termevent" ("ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "starts_on") VALUES (OLD."ends_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."school_id", OLD."starts_on"); RETURN NULL;', hash='c66d0db7333f67524655452a2a4f855fea8afe7b', operation='DELETE', pgid='pgtrigger_delete_delete_827fb', table='schools_term', when='AFTER')),
        ),
    ]
