"""The forms that any page may open by name, whatever feature they belong to: `desk.ask("gift", client=12)`.

To add a form: write a function that imports what opens it and gives that back, and add a line to FORMS. What opens it
takes the desk first, then what is filled in already by name, each of which may be left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Opens = Callable[..., Any]


def _brief() -> Opens:
    from rmdesk.ui.brief.dialogs import open_brief

    return open_brief


def _care_list() -> Opens:
    from rmdesk.ui.brief.dialogs import open_care_list

    return open_care_list


def _client_file() -> Opens:
    from rmdesk.ui.brief.dialogs import open_file

    return open_file


def _consent() -> Opens:
    from rmdesk.ui.profile.dialogs import open_consent

    return open_consent


def _privacy() -> Opens:
    from rmdesk.ui.privacy.dialogs import open_privacy

    return open_privacy


def _complaint() -> Opens:
    from rmdesk.ui.complaints.dialogs import open_complaint

    return open_complaint


def _feedback() -> Opens:
    from rmdesk.ui.complaints.dialogs import open_feedback

    return open_feedback


def _satisfaction() -> Opens:
    from rmdesk.ui.complaints.dialogs import open_satisfaction

    return open_satisfaction


def _visit() -> Opens:
    from rmdesk.ui.visits.dialogs import open_log

    return open_log


def _plan() -> Opens:
    from rmdesk.ui.visits.dialogs import open_plan

    return open_plan


def _promise() -> Opens:
    from rmdesk.ui.visits.dialogs import open_promise

    return open_promise


def _keep() -> Opens:
    from rmdesk.ui.visits.dialogs import open_keep

    return open_keep


def _settle() -> Opens:
    from rmdesk.ui.complaints.settle_dialog import open_settle

    return open_settle


def _task() -> Opens:
    from rmdesk.ui.visits.dialogs import open_task

    return open_task


def _occasion() -> Opens:
    from rmdesk.ui.occasions.dialogs import open_occasion

    return open_occasion


def _greet() -> Opens:
    from rmdesk.ui.occasions.dialogs import open_greet

    return open_greet


def _templates() -> Opens:
    from rmdesk.ui.occasions.dialogs import open_templates

    return open_templates


def _route() -> Opens:
    from rmdesk.ui.route.dialogs import open_route

    return open_route


def _journal() -> Opens:
    from rmdesk.ui.journals.dialogs import open_journal

    return open_journal


def _relationship() -> Opens:
    from rmdesk.ui.relations.dialogs import open_relationship

    return open_relationship


def _gift() -> Opens:
    from rmdesk.ui.gifts.dialogs import open_gift

    return open_gift


def _gathering() -> Opens:
    from rmdesk.ui.gatherings.dialogs import open_gathering

    return open_gathering


def _guests() -> Opens:
    from rmdesk.ui.gatherings.invite_dialog import open_invite

    return open_invite


def _record() -> Opens:
    from rmdesk.ui.team.record_dialog import open_record

    return open_record


def _difference() -> Opens:
    from rmdesk.ui.sync.dialogs import open_difference

    return open_difference


def _campaign() -> Opens:
    from rmdesk.ui.campaigns.dialogs import open_campaign

    return open_campaign


def _touch() -> Opens:
    from rmdesk.ui.campaigns.touch_dialog import open_touch

    return open_touch


def _cadences() -> Opens:
    from rmdesk.ui.team.cadence_list import open_cadences

    return open_cadences


def _specialist() -> Opens:
    from rmdesk.ui.specialists.dialogs import open_ask

    return open_ask


def _specialist_reply() -> Opens:
    from rmdesk.ui.specialists.dialogs import open_reply

    return open_reply


def _specialist_edit() -> Opens:
    from rmdesk.ui.specialists.dialogs import open_specialist

    return open_specialist


def _rule() -> Opens:
    from rmdesk.ui.guide.dialogs import open_rule

    return open_rule


FORMS: dict[str, Callable[[], Opens]] = {
    "brief": _brief,
    "cadences": _cadences,
    "campaign": _campaign,
    "care_list": _care_list,
    "client_file": _client_file,
    "consent": _consent,
    "difference": _difference,
    "privacy": _privacy,
    "complaint": _complaint,
    "feedback": _feedback,
    "route": _route,
    "satisfaction": _satisfaction,
    "specialist": _specialist,
    "specialist_edit": _specialist_edit,
    "specialist_reply": _specialist_reply,
    "relationship": _relationship,
    "visit": _visit,
    "plan": _plan,
    "promise": _promise,
    "keep": _keep,
    "settle": _settle,
    "task": _task,
    "occasion": _occasion,
    "greet": _greet,
    "templates": _templates,
    "touch": _touch,
    "journal": _journal,
    "gathering": _gathering,
    "gift": _gift,
    "guests": _guests,
    "record": _record,
    "rule": _rule,
}
