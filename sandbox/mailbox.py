"""The mailbox: takes every mail over SMTP and keeps it."""

from __future__ import annotations

import asyncio
import email
import email.policy
import threading
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.collection import Row
from sandbox.state import State

LARGEST = 33_554_432  # bytes


def keep(state: State, sender: str, recipients: list[str], raw: bytes) -> Row:
    """Store one mail, taken apart."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    row = {
        "id": state.new_id("mail", 16),
        "created": state.clock(),
        "from": str(message.get("From", sender)),
        "to": recipients,
        "reply_to": str(message.get("Reply-To", "")),
        "subject": str(message.get("Subject", "")),
        "message_id": str(message.get("Message-ID", "")).strip(),
        "headers": [[name, str(value)] for name, value in message.items()],
        "text": text.get_content() if text else "",
        "html": html.get_content() if html else "",
        "attachments": [part.get_filename() or part.get_content_type() for part in message.iter_attachments()],
        "size": len(raw),
    }
    with state.change():
        state["mail"].put(row)
        state.note("mail", f"Mail: {row['subject']}", mail=row["id"])
    return row


class Handler:
    """What aiosmtpd calls when a mail arrived."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipients = [str(address) for address in envelope.rcpt_tos]
        with self._state.lock:
            self._state.calls["SEND smtp"] += 1
        faults = self._state.faults.draw("smtp", "SEND", recipients[0] if recipients else "")
        for fault in faults:
            if fault.kind == "latency":
                await asyncio.sleep(fault.seconds)
        kinds = {fault.kind for fault in faults}
        if "451" in kinds:
            return "451 4.3.0 Mail server temporarily unavailable, try again later (the sandbox was asked for this)"
        if "550" in kinds:
            return "550 5.1.1 Recipient refused (the sandbox was asked for this)"
        content = envelope.content
        keep(self._state, str(envelope.mail_from), recipients, content if isinstance(content, bytes) else b"")
        if "lost" in kinds:
            cast(asyncio.Transport, server.transport).abort()
        return "250 2.0.0 Kept in the sandbox"


class MailServer:
    """SMTP on a thread of its own, from the start. Port 0 takes a free one; `port` is the one it listens on."""

    def __init__(self, state: State, host: str, port: int) -> None:
        # The loop runs on its thread alone, so that a caller may have a loop of their own.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sandbox-smtp", daemon=True)
        self._thread.start()

        def protocol() -> SMTP:
            return SMTP(
                Handler(state), hostname="sandbox", data_size_limit=LARGEST, enable_SMTPUTF8=True, loop=self._loop
            )

        async def listen() -> asyncio.Server:
            return await self._loop.create_server(protocol, host, port)

        self._server = asyncio.run_coroutine_threadsafe(listen(), self._loop).result()
        self.port: int = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=2)
