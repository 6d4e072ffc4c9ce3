import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timetables', '0005_interventions_rooms_work'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='lessonfeedback',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lessonfeedback',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lessonfeedback',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offsiteattendance',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offsiteattendance',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offsiteattendance',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sessionmark',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sessionmark',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sessionmark',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='workmove',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='workmove',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='workmove',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='lessonfeedback',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='lessonfeedbackevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='offsiteattendance',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='offsiteattendanceevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='sessionmark',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='sessionmarkevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='workmove',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        migrations.AddField(
            model_name='workmoveevent',
            name='undone_why',
            field=models.CharField(blank=True, help_text='Nothing where who tapped it took it back at once.', max_length=200),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonfeedback',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessonfeedbackevent" ("at", "by_id", "day", "entry", "id", "lesson_id", "line", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."lesson_id", NEW."line", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='c3dfe2cace1f721eb976dcb3ea6865ad883b91aa', operation='INSERT', pgid='pgtrigger_insert_insert_42454', table='timetables_lessonfeedback', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonfeedback',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_lessonfeedbackevent" ("at", "by_id", "day", "entry", "id", "lesson_id", "line", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."lesson_id", NEW."line", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='da0733d6846dd2fa4107ba746934e67db15d3131', operation='UPDATE', pgid='pgtrigger_update_update_89592', table='timetables_lessonfeedback', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonfeedback',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_lessonfeedbackevent" ("at", "by_id", "day", "entry", "id", "lesson_id", "line", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."id", OLD."lesson_id", OLD."line", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id", OLD."undone_why"); RETURN NULL;', hash='8d2552133e82b9b074a9c846dbb3ab0ab932416a', operation='DELETE', pgid='pgtrigger_delete_delete_9dc46', table='timetables_lessonfeedback', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteattendance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_offsiteattendanceevent" ("at", "by_id", "day", "entry", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "pupil_id", "saved_at", "school_id", "told_by", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."told_by", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='8693ee01994c399cbbd40e950b6ed265f3043de5', operation='INSERT', pgid='pgtrigger_insert_insert_c23c8', table='timetables_offsiteattendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteattendance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_offsiteattendanceevent" ("at", "by_id", "day", "entry", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "pupil_id", "saved_at", "school_id", "told_by", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."told_by", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='d10352157d0d63ac102edefab41f7f84a473620e', operation='UPDATE', pgid='pgtrigger_update_update_21a1f', table='timetables_offsiteattendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offsiteattendance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_offsiteattendanceevent" ("at", "by_id", "day", "entry", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "pupil_id", "saved_at", "school_id", "told_by", "undone_at", "undone_by_id", "undone_why") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."id", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."told_by", OLD."undone_at", OLD."undone_by_id", OLD."undone_why"); RETURN NULL;', hash='a9ba6854cf5cc29782bb4cf81a8a51118dd4364e', operation='DELETE', pgid='pgtrigger_delete_delete_e191c', table='timetables_offsiteattendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmark',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_sessionmarkevent" ("at", "by_id", "day", "entry", "here", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "session_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."here", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."session_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='e65fb5fa49cf147870e7b4bfc0358870307cd53b', operation='INSERT', pgid='pgtrigger_insert_insert_5cb9e', table='timetables_sessionmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmark',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_sessionmarkevent" ("at", "by_id", "day", "entry", "here", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "session_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."here", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."session_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='bf375e57eb562330567cef8c9fbc8f5255e01306', operation='UPDATE', pgid='pgtrigger_update_update_1fea0', table='timetables_sessionmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmark',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_sessionmarkevent" ("at", "by_id", "day", "entry", "here", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "session_id", "undone_at", "undone_by_id", "undone_why") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."here", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."session_id", OLD."undone_at", OLD."undone_by_id", OLD."undone_why"); RETURN NULL;', hash='295abb61bddde1dfbee4102e224b68e8e013f657', operation='DELETE', pgid='pgtrigger_delete_delete_9a288', table='timetables_sessionmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workmove',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_workmoveevent" ("at", "by_id", "day", "entry", "id", "kind", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."kind", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='fde0f1017735bae4ddb6329c31371c7a139ef13d', operation='INSERT', pgid='pgtrigger_insert_insert_b4639', table='timetables_workmove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workmove',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "timetables_workmoveevent" ("at", "by_id", "day", "entry", "id", "kind", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (NEW."at", NEW."by_id", NEW."day", NEW."entry", NEW."id", NEW."kind", NEW."mainstream_class_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."saved_at", NEW."school_id", NEW."undone_at", NEW."undone_by_id", NEW."undone_why"); RETURN NULL;', hash='26546c7f6559f4f2e1018e50f32ca61bd9c40dc5', operation='UPDATE', pgid='pgtrigger_update_update_71c57', table='timetables_workmove', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workmove',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "timetables_workmoveevent" ("at", "by_id", "day", "entry", "id", "kind", "mainstream_class_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "saved_at", "school_id", "undone_at", "undone_by_id", "undone_why") VALUES (OLD."at", OLD."by_id", OLD."day", OLD."entry", OLD."id", OLD."kind", OLD."mainstream_class_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."saved_at", OLD."school_id", OLD."undone_at", OLD."undone_by_id", OLD."undone_why"); RETURN NULL;', hash='f8fd4d11873ec5a1c81151795e19bcffdcaa7f0e', operation='DELETE', pgid='pgtrigger_delete_delete_74f8d', table='timetables_workmove', when='AFTER')),
        ),
    ]
