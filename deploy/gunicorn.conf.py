"""gunicorn, wherever the site runs in production: the Procfile and the benchmarks start it with this file."""

import os

# A platform that gives a PORT routes to it from outside; on our own server nginx stands before a socket.
bind = f"0.0.0.0:{os.environ['PORT']}" if "PORT" in os.environ else "unix:/run/wits_site/web.sock"
# Two processes for two cores; threads wait for Stripe while others are served.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 8
# Longer than the longest call a request makes (Stripe: 10 s, and one retry).
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
forwarded_allow_ips = "127.0.0.1"
accesslog = None
