"""The properties that a HubSpot account has for contacts before anyone adds their own (those the site may meet)."""

from __future__ import annotations

from typing import Any

from sandbox.collection import Row

BORN = "2020-01-01T00:00:00.000Z"
GROUPS = {"contactinformation": "Contact information", "emailinformation": "Email information"}

# name: (label, type, fieldType, group, readOnlyValue)
BUILT_IN: dict[str, tuple[str, str, str, str, bool]] = {
    "email": ("Email", "string", "text", "contactinformation", False),
    "firstname": ("First name", "string", "text", "contactinformation", False),
    "lastname": ("Last name", "string", "text", "contactinformation", False),
    "phone": ("Phone number", "string", "phonenumber", "contactinformation", False),
    "mobilephone": ("Mobile phone number", "string", "phonenumber", "contactinformation", False),
    "company": ("Company name", "string", "text", "contactinformation", False),
    "jobtitle": ("Job title", "string", "text", "contactinformation", False),
    "school": ("School", "string", "text", "contactinformation", False),
    "website": ("Website URL", "string", "text", "contactinformation", False),
    "city": ("City", "string", "text", "contactinformation", False),
    "lifecyclestage": ("Lifecycle stage", "enumeration", "radio", "contactinformation", False),
    "hs_email_optout": ("Unsubscribed from all email", "bool", "booleancheckbox", "emailinformation", True),
    "hs_additional_emails": ("Additional email addresses", "enumeration", "checkbox", "emailinformation", True),
    "hs_merged_object_ids": ("Merged record IDs", "enumeration", "checkbox", "contactinformation", True),
    "hs_object_id": ("Record ID", "number", "number", "contactinformation", True),
    "createdate": ("Create date", "datetime", "date", "contactinformation", True),
    "lastmodifieddate": ("Last modified date", "datetime", "date", "contactinformation", True),
}
OPTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "lifecyclestage": (
        ("Subscriber", "subscriber"),
        ("Lead", "lead"),
        ("Opportunity", "opportunity"),
        ("Customer", "customer"),
        ("Evangelist", "evangelist"),
        ("Other", "other"),
    ),
    "hs_email_optout": (("True", "true"), ("False", "false")),
}


def built_in(name: str) -> Row:
    label, kind, field_type, group, read_only = BUILT_IN[name]
    return definition(
        BORN,
        name=name,
        label=label,
        type=kind,
        fieldType=field_type,
        groupName=group,
        hubspotDefined=True,
        hasUniqueValue=False,
        options=[
            {"label": text, "value": value, "displayOrder": place, "hidden": False}
            for place, (text, value) in enumerate(OPTIONS.get(name, ()))
        ],
        modificationMetadata={
            "archivable": False,
            "readOnlyDefinition": True,
            "readOnlyOptions": True,
            "readOnlyValue": read_only,
        },
    )


def definition(created: str, **values: Any) -> Row:
    """A property with every field that HubSpot returns."""
    return {
        "archived": False,
        "calculated": False,
        "createdAt": created,
        "dataSensitivity": "non_sensitive",
        "description": "",
        "displayOrder": -1,
        "externalOptions": False,
        "formField": False,
        "hasUniqueValue": False,
        "hidden": False,
        "hubspotDefined": False,
        "modificationMetadata": {
            "archivable": True,
            "readOnlyDefinition": False,
            "readOnlyOptions": False,
            "readOnlyValue": False,
        },
        "options": [],
        "updatedAt": created,
        **values,
    }
