"""Disputes, early fraud warnings and balance transactions with every field the API returns; see shapes.py."""

from __future__ import annotations

from typing import Any

from sandbox.collection import Row
from sandbox.stripe_api.shapes import nulls

EVIDENCE = (
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
)


def dispute(row_id: str, created: int, *, due_by: int, brand: str, **values: Any) -> Row:
    """`due_by` is the moment until which evidence is taken, in seconds since 1970."""
    return {
        "id": row_id,
        "object": "dispute",
        "balance_transactions": [],
        "created": created,
        "enhanced_eligibility_types": [],
        "evidence": {**nulls(*EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": due_by,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": None,
        "payment_method_details": {
            "card": {"brand": brand, "case_type": "chargeback", "network": brand, "network_reason_code": "10.4"},
            "type": "card",
        },
        "status": "needs_response",
        **values,
    }


def fraud_warning(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "radar.early_fraud_warning",
        "actionable": True,
        "created": created,
        "fraud_type": "made_with_stolen_card",
        "livemode": False,
        **values,
    }


def balance_transaction(
    row_id: str, created: int, *, amount: int, currency: str, fee: int, fee_for: str, **values: Any
) -> Row:
    """`amount` and `fee` in cents; what reaches the balance is the one less the other."""
    return {
        "id": row_id,
        "object": "balance_transaction",
        "amount": amount,
        "available_on": created,
        "balance_type": "payments",
        "created": created,
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [
            {
                "amount": fee,
                "application": None,
                "currency": currency,
                "description": fee_for,
                "type": "stripe_fee",
            }
        ]
        if fee
        else [],
        "net": amount - fee,
        "status": "available",
        **values,
    }
