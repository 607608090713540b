"""gunicorn, wherever the site runs in production: unit, Procfile and benchmarks start it with this file."""

import logging
import os

# A platform that gives a PORT routes to it from outside; on our own server systemd hands a socket over, and this is
# not read.
bind = f"0.0.0.0:{os.environ['PORT']}" if "PORT" in os.environ else "unix:/run/wits_site/web.sock"
# Two processes for two cores; threads wait for Stripe while others are served.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 8
# The site is read once, before the processes part: one that cannot be read never says that it is ready, and a process
# that takes another's place answers at once. A plain reload would go on with the old code, so the unit has none.
preload_app = True
# Longer than the longest call a request makes (Stripe: 10 s, and one retry).
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
forwarded_allow_ips = "127.0.0.1"
accesslog = None
# Signs of life are files: in memory, where a slow or full disk does not delay them.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True


class Discreet(logging.Filter):
    """gunicorn's own lines name what was asked, and errors quote what somebody typed: neither is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        from wits_site.logs import without_words  # the release's own; it is read by now

        if record.exc_info and record.exc_info[1]:
            record.exc_text = without_words(record.exc_info[1])
        said = record.getMessage()
        for telling in ("Error handling request", "Invalid request"):
            if said.startswith(telling):
                record.msg, record.args = telling, ()
        return True


def post_worker_init(worker):
    worker.log.error_log.addFilter(Discreet())
