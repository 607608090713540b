"""The worker."""

import logging
import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from outbox.worker import Worker, drain

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Deliver what the site promised to the outside world, and run its schedule. Several at once are safe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--drain", action="store_true", help="Deliver what is due, then exit.")
        parser.add_argument("--threads", type=int, help="Deliveries at the same time (4; 1 with --drain).")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["drain"]:
            self.stdout.write(f"{drain(max(1, options['threads'] or 1))} attempts made.")
            return
        worker = Worker(threads=max(1, options["threads"] or 4))

        def stop(number: int, frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        logger.info("The worker is ready.")
        worker.run()
        logger.info("The worker has finished.")
