"""The few words of mails that executives do not edit."""

WORDMARK = "wits+"
