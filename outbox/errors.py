"""The one error that the outside world is turned into."""


class TransportError(Exception):
    """A call to a partner (Stripe, HubSpot, a mail server) did not do what was asked.

    `permanent`: trying again cannot help (the request itself is refused). Otherwise it is tried again.
    `retry_after`: seconds that the partner asked us to wait, if it did.
    `pauses`: the partner refuses everything for now (401, a property that is missing): its whole channel waits,
    one alert is sent, and nothing becomes dead.
    `gone`: what the partner does not have (any more), by the parameter that names it ("customer"); else "".
    The message is shown to executives and logged: it holds ids, never names or addresses.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        pauses: bool = False,
        gone: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent
        self.retry_after = retry_after
        self.pauses = pauses
        self.gone = gone
