"""A second look before something is published: whoever wants one asks the Owners. Nobody has to."""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

# As it stands on the button: Submit to …
ASKED = "an Owner, for a second look"
# What Wagtail made before there were positions.
BEFORE = "Moderators approval"


def ensure_review(owners: Group) -> None:
    """Let every page be sent to the Owners for review. What executives changed of it stays."""
    if Workflow.objects.filter(name=ASKED).exists():
        return
    for made in (*Workflow.objects.filter(name=BEFORE), *GroupApprovalTask.objects.filter(name=BEFORE)):
        made.name = ASKED
        made.save()
    task = GroupApprovalTask.objects.filter(name=ASKED).first() or GroupApprovalTask.objects.create(name=ASKED)
    task.groups.add(owners)
    flow = Workflow.objects.filter(name=ASKED).first() or Workflow.objects.create(name=ASKED)
    WorkflowTask.objects.get_or_create(workflow=flow, task=task.task_ptr, defaults={"sort_order": 0})
    root = Page.get_first_root_node()
    if not WorkflowPage.objects.filter(page=root).exists():
        WorkflowPage.objects.create(page=root, workflow=flow)
