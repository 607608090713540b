"""What systemd is told of the worker: that it is ready, and every few seconds that its main loop still turns."""

import logging
import os
import socket
import time

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5.0


def tell_systemd(words: str) -> None:
    """Say `READY=1` and the like to whoever started this process with a NOTIFY_SOCKET; nothing without one."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        try:
            line.connect("\0" + address[1:] if address.startswith("@") else address)
            line.send(words.encode())
        except OSError as error:
            logger.warning("systemd could not be told %s: %s", words, error.strerror)


class Heartbeat:
    """`beat()` as often as one likes; systemd hears of it every BEAT_SECONDS, and restarts what falls silent."""

    def __init__(self) -> None:
        self.last = float("-inf")

    def beat(self) -> None:
        now = time.monotonic()
        if now - self.last >= BEAT_SECONDS:
            self.last = now
            tell_systemd("WATCHDOG=1")
