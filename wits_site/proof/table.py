"""The table of faults: what is broken, what must hold all the same, and where it is shown in small."""

from wits_site.proof.row import Row
from wits_site.proof.rows import arriving, gaps, kills, partners, troubles

TABLE = (
    Row(
        "any-order",
        "duplicates and reordering",
        "same final state in 200 seeded orderings of 40 sessions' events, 5 copies each",
        "membership/tests/test_lifecycle.py::test_every_order_of_arrival_has_the_same_end",
        arriving.any_order,
    ),
    Row(
        "at-once",
        "concurrent delivery, webhook against success page",
        "one member, one welcome, no 500, no deadlock; 16 threads, 100 rounds",
        "membership/tests/test_webhook.py::test_sixteen_at_once_make_one_member_and_one_welcome",
        arriving.at_once,
    ),
    Row(
        "from-strangers",
        "forged, replayed, expired, other secret, wrong mode, 2 MB",
        "400, no event row, at most one alert an hour; 500 requests",
        "membership/tests/test_webhook.py::test_what_stripe_did_not_sign_for_us_is_refused_and_leaves_no_row",
        arriving.from_strangers,
    ),
    Row(
        "killed-web",
        "web killed (-9) after verify, before commit, after commit before the answer",
        "200 only after commit; redelivery heals; 20 times each",
        "wits_site/tests/processes/test_kills.py::"
        "test_a_killed_web_process_has_promised_nothing_that_it_did_not_keep",
        kills.web_killed,
    ),
    Row(
        "killed-worker",
        "worker killed (-9) after claim, after Stripe, after HubSpot, after SMTP said 250",
        "nothing lost; drained within 60 s; 20 times each",
        "wits_site/tests/processes/test_kills.py::test_a_killed_worker_loses_nothing_and_its_work_is_taken_up",
        kills.worker_killed,
    ),
    Row(
        "all-at-once",
        "all at once on two hosts: 1,000 sessions, 5 copies, a worker killed every 50 deliveries, "
        "a gunicorn every 500 posts",
        "1,000 members, customers, contacts; welcome mails between 1,000 and 1,000 + kills; 0 lost",
        "wits_site/tests/processes/test_proof.py::test_all_at_once_and_a_failing_hubspot_in_small",
        kills.all_at_once,
    ),
    Row(
        "gaps",
        "7 of 500 events dropped and a 4-day outage",
        "reconciliation repairs all; its second run changes nothing",
        "membership/tests/test_reconciliation.py::test_dropped_events_are_repaired_and_the_second_run_changes_nothing",
        gaps.dropped_and_outage,
    ),
    Row(
        "database-restarts",
        "PostgreSQL restarted 5 times under load",
        "no loss; the worker is back within 10 s",
        "outbox/tests/test_processes.py::test_a_database_that_restarts_five_times_under_load_loses_nothing",
        kills.database_restarted,
    ),
    Row(
        "hubspot-faults",
        "HubSpot: 30 % 429, 10 % 500, 5 % reply lost after the write",
        "1,000 contacts, no duplicate",
        "wits_site/tests/processes/test_proof.py::test_all_at_once_and_a_failing_hubspot_in_small",
        partners.hubspot_faults,
    ),
    Row(
        "away-for-days",
        "HubSpot away for 5 days; SMTP for 1 (the clock is moved)",
        "joining unaffected; all delivered after; one alert a day",
        "membership/tests/test_partners_away.py::"
        "test_hubspot_away_for_five_days_and_smtp_for_one_lose_nothing_and_tell_once_a_day",
        partners.away_for_days,
    ),
    Row(
        "stripe-away",
        "Stripe away at join, in six ways",
        "clear 503 page, input kept, retry opens one session",
        "membership/tests/test_partners_away.py::"
        "test_stripe_away_in_six_ways_keeps_what_was_typed_and_a_retry_opens_one_session",
        partners.stripe_away,
    ),
    Row(
        "poison",
        "a poison row among 100",
        "others done within 30 s; it is dead after its tries, alerted, can be retried from the admin",
        "outbox/tests/test_deliver.py::test_a_poison_row_among_a_hundred_blocks_nobody",
        troubles.poison,
    ),
    Row(
        "many-failures",
        "10,000 failures in 10 minutes (the clock is moved)",
        "at most 3 mails; the digest counts 10,000",
        "outbox/tests/test_alerts.py::"
        "test_a_thousand_failures_in_ten_minutes_are_three_mails_at_most_and_counted_truly",
        troubles.many_failures,
    ),
)
