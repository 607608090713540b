"""Stripe's objects with every field the API returns. Fields that the sandbox never fills are null or empty."""

from __future__ import annotations

from typing import Any

from sandbox.collection import Row

API_VERSION = "2026-10-28.endive"  # the version that the locked stripe library speaks; a test compares them
EMPTY_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))


def nulls(*names: str) -> Row:
    return dict.fromkeys(names)


def session(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "collected_information": {"business_name": None, "individual_name": None, "shipping_details": None},
        "created": created,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "invoice_creation": {
            "enabled": False,
            "invoice_data": {
                **nulls("account_tax_ids", "custom_fields", "description", "footer", "issuer", "rendering_options"),
                "metadata": {},
            },
        },
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": {},
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "saved_payment_method_options": None,
        "shipping_options": [],
        "status": "open",
        "ui_mode": "hosted_page",
        "wallet_options": None,
        **nulls(
            "allow_promotion_codes",
            "amount_subtotal",
            "amount_total",
            "billing_address_collection",
            "cancel_url",
            "client_reference_id",
            "client_secret",
            "consent",
            "consent_collection",
            "currency",
            "currency_conversion",
            "customer",
            "customer_account",
            "customer_creation",
            "customer_details",
            "customer_email",
            "integration_identifier",
            "invoice",
            "locale",
            "origin_context",
            "payment_intent",
            "payment_link",
            "payment_method_configuration_details",
            "recovered_from",
            "setup_intent",
            "shipping_address_collection",
            "shipping_cost",
            "submit_type",
            "subscription",
            "success_url",
            "url",
        ),
        "discounts": [],
        "expires_at": created + 24 * 3600,
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        **values,
    }


def line_item(row_id: str, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_tax": 0,
        "metadata": {},
        **values,
    }


def customer(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "customer",
        "balance": 0,
        "created": created,
        "delinquent": False,
        "invoice_prefix": row_id[-8:].upper(),
        "invoice_settings": nulls("custom_fields", "default_payment_method", "footer", "rendering_options"),
        "livemode": False,
        "metadata": {},
        "next_invoice_sequence": 1,
        "preferred_locales": [],
        "tax_exempt": "none",
        **nulls(
            "address",
            "currency",
            "default_source",
            "description",
            "discount",
            "email",
            "name",
            "phone",
            "shipping",
            "test_clock",
        ),
        **values,
    }


def product(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "product",
        "active": True,
        "created": created,
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": {},
        "type": "service",
        "updated": created,
        **nulls(
            "default_price",
            "description",
            "package_dimensions",
            "shippable",
            "statement_descriptor",
            "tax_code",
            "unit_label",
            "url",
        ),
        **values,
    }


def price(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": created,
        "livemode": False,
        "metadata": {},
        "tax_behavior": "unspecified",
        "type": "one_time",
        **nulls("custom_unit_amount", "lookup_key", "nickname", "recurring", "tiers_mode", "transform_quantity"),
        **values,
        "unit_amount_decimal": str(values["unit_amount"]),
    }


def webhook_endpoint(row_id: str, created: int, **values: Any) -> Row:
    return {
        "id": row_id,
        "object": "webhook_endpoint",
        "api_version": None,
        "application": None,
        "created": created,
        "description": None,
        "livemode": False,
        "metadata": {},
        "status": "enabled",
        **values,
    }
