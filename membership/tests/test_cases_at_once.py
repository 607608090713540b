"""Two that hear of the same trouble in the same moment open one case, and both go on."""

import threading

import pytest
from django.db import connection, transaction

from membership import cases
from membership.models import Case
from outbox.models import Alert

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="transactions at once: PostgreSQL's row locks"),
]


def test_eight_copies_of_a_payment_without_a_form_are_one_case_and_no_error():
    start, wrong = threading.Barrier(8), []

    def hear():
        try:
            with transaction.atomic():
                Case.objects.count()  # the transaction has begun
                start.wait()
                cases.paid_for_nothing_known("cs_test_lost")
                Case.objects.count()  # and goes on
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            wrong.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=hear) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert Case.objects.count() == 1
    alert = Alert.objects.get()
    assert (alert.kind, alert.count) == ("payment.unknown", 1)
