from django.db import migrations
from django.db.models import F


def open_cases(apps, schema_editor):
    """What waits for a person today becomes a case; refunds known so far were named by charges."""
    Payment = apps.get_model("membership", "Payment")
    Case = apps.get_model("membership", "Case")
    StripeEvent = apps.get_model("membership", "StripeEvent")
    Payment.objects.filter(refunded_cents__gt=0).update(refund_total_cents=F("refunded_cents"), is_contested=True)
    for payment in Payment.objects.exclude(problem="").filter(refunded_cents__lt=F("amount_cents")):
        Case.objects.get_or_create(
            key=f"mismatch:{payment.session_id}",
            defaults={
                "kind": "mismatch",
                "words": payment.problem,
                "signup_id": payment.signup_id,
                "payment_id": payment.pk,
                "stripe_object_id": payment.session_id or "",
            },
        )
    about_payments = StripeEvent.objects.filter(
        payload__isnull=False, type__regex=r"^(charge|refund|radar)\."
    ).iterator(chunk_size=200)
    for event in about_payments:
        intent = event.payload.get("data", {}).get("object", {}).get("payment_intent")
        if intent:
            event.payment_intent_id = str(intent)[:255]
            event.save(update_fields=["payment_intent_id"])


class Migration(migrations.Migration):
    dependencies = [("membership", "0007_cases_disputes_refunds")]

    operations = [migrations.RunPython(open_cases, migrations.RunPython.noop)]
