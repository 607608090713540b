"""Django's mail interface, as promises in the outbox. (Written next.)"""

from django.core.mail.backends.base import BaseEmailBackend


class PromiseBackend(BaseEmailBackend):
    """Placeholder until the outbox delivers mail."""
