"""Payment intents, charges and refunds with every field the API returns; see shapes.py for the others."""

from __future__ import annotations

from typing import Any

from sandbox.collection import Row
from sandbox.stripe_api.shapes import EMPTY_ADDRESS, nulls


def payment_intent(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "payment_intent",
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "automatic_payment_methods": None,
        "capture_method": "automatic_async",
        "client_secret": f"{row_id}_secret_sandbox",
        "confirmation_method": "automatic",
        "created": created,
        "livemode": False,
        "metadata": {},
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "status": "requires_payment_method",
        **nulls(
            "application",
            "application_fee_amount",
            "canceled_at",
            "cancellation_reason",
            "customer",
            "customer_account",
            "description",
            "excluded_payment_method_types",
            "last_payment_error",
            "latest_charge",
            "managed_payments",
            "next_action",
            "on_behalf_of",
            "payment_method",
            "payment_method_configuration_details",
            "processing",
            "receipt_email",
            "review",
            "setup_future_usage",
            "shipping",
            "source",
            "statement_descriptor",
            "statement_descriptor_suffix",
            "transfer_data",
            "transfer_group",
        ),
        **values,
    }


def card_details(brand: str, last4: str, country: str) -> Row:
    return {
        "type": "card",
        "card": {
            "brand": brand,
            "checks": {**nulls("address_line1_check", "address_postal_code_check"), "cvc_check": "pass"},
            "country": country,
            "exp_month": 12,
            "exp_year": 2034,
            "extended_authorization": {"status": "disabled"},
            "fingerprint": f"sandbox{last4}",
            "funding": "credit",
            "incremental_authorization": {"status": "unavailable"},
            "last4": last4,
            "multicapture": {"status": "unavailable"},
            "network": brand,
            "network_token": {"used": False},
            "regulated_status": "unregulated",
            **nulls(
                "amount_authorized",
                "authorization_code",
                "installments",
                "mandate",
                "network_transaction_id",
                "overcapture",
                "three_d_secure",
                "transaction_link_id",
                "wallet",
            ),
        },
    }


def charge(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "charge",
        "amount_captured": 0,
        "amount_refunded": 0,
        "billing_details": {**nulls("email", "name", "phone", "tax_id"), "address": dict(EMPTY_ADDRESS)},
        "calculated_statement_descriptor": "WITS SANDBOX",
        "captured": False,
        "created": created,
        "disputed": False,
        "fraud_details": {},
        "livemode": False,
        "metadata": {},
        "paid": False,
        "receipt_url": None,
        "refunded": False,
        "refunds": None,  # a list only where it is expanded
        "status": "pending",
        **nulls(
            "application",
            "application_fee",
            "application_fee_amount",
            "balance_transaction",
            "customer",
            "description",
            "failure_balance_transaction",
            "failure_code",
            "failure_message",
            "on_behalf_of",
            "outcome",
            "payment_intent",
            "payment_method",
            "payment_method_details",
            "receipt_email",
            "receipt_number",
            "review",
            "shipping",
            "source",
            "source_transfer",
            "statement_descriptor",
            "statement_descriptor_suffix",
            "transfer_data",
            "transfer_group",
        ),
        **values,
    }


def refund(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "refund",
        "created": created,
        "destination_details": {"card": {"type": "refund"}, "type": "card"},
        "metadata": {},
        "status": "succeeded",
        **nulls(
            "balance_transaction",
            "charge",
            "customer",
            "customer_account",
            "payment_intent",
            "payment_method",
            "reason",
            "receipt_number",
            "source_transfer_reversal",
            "transfer_reversal",
        ),
        **values,
    }
