"""What each kind of event means, in a few words for someone who sees it the first time."""

from __future__ import annotations

MEANINGS = {
    "charge.dispute.closed": "The bank has decided.",
    "charge.dispute.created": "The cardholder told their bank that it was wrong. The club has nine days to answer.",
    "charge.dispute.funds_reinstated": "The money is back; the fee is not.",
    "charge.dispute.funds_withdrawn": "The money and a fee were taken from the balance.",
    "charge.dispute.updated": "The club’s evidence is with the bank.",
    "charge.failed": "The bank refused this attempt.",
    "charge.pending": "The bank was asked and takes its time.",
    "charge.refunded": "Money went back. In full, it ends the membership.",
    "charge.succeeded": "The bank paid.",
    "checkout.session.async_payment_failed": "The slow payment did not arrive: not a member.",
    "checkout.session.async_payment_succeeded": "The slow payment arrived: a member now.",
    "checkout.session.completed": "The visitor is through. Once it is paid, the site makes a member of them.",
    "checkout.session.expired": "Nobody paid in time. The site offers a way on.",
    "customer.created": "Stripe keeps a customer for the next time.",
    "customer.deleted": "The customer is gone.",
    "customer.updated": "The customer has new values.",
    "payment_intent.canceled": "Stripe stopped trying to collect.",
    "payment_intent.created": "Stripe begins to collect.",
    "payment_intent.payment_failed": "Declined. The visitor may try again; the club hears of it in its digest.",
    "payment_intent.processing": "The money is on its way.",
    "payment_intent.succeeded": "The money is there.",
    "radar.early_fraud_warning.created": "The card’s network fears fraud. A refund now may spare a dispute.",
    "refund.created": "A refund was asked for.",
    "refund.failed": "The bank could not give it back: the payment stands.",
    "refund.updated": "The refund has a new status.",
}
STEPS = {
    "Checkout session opened": "The site asked for a payment page.",
    "Checkout session expired without a payment": "It stayed open until its time was over.",
    "Customer created": "Made through the API.",
    "Customer created by Checkout": "With the address and the name on the card.",
    "Customer updated": "The site wrote what it knows of the member.",
    "Contact created": "The first push, by address.",
    "Contact updated": "Later pushes go by the contact’s id.",
    "Unsubscribed in HubSpot": "This no is stronger than the site’s yes.",
}
