"""Sends what webhooks are owed, with pauses that grow, until it arrives or is given up."""

import json
import logging
import threading
from datetime import timedelta

from app.context import Context
from app.errors import Unreachable
from app.webhooks import signature
from submissions.webhooks import Delivery, Webhook

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
ADDRESS_PAUSE = timedelta(minutes=1)
"""The longest that an address's other messages wait because nobody was there for one."""

PAUSE_SECONDS = 2.0

log = logging.getLogger("chainrule.webhooks")


def pause_after(attempts: int) -> timedelta:
    """How long a message rests that did not arrive so many times."""
    return min(FIRST_PAUSE * (1 << (attempts - 1)), LONGEST_PAUSE)


class Sender:
    """One sender; several may run, in any number of processes."""

    def __init__(self, context: Context, stop: threading.Event) -> None:
        self._context = context
        self._stop = stop

    def run(self) -> None:
        """Send what is due until `stop` is set; no fault of one message keeps the others."""
        while not self._stop.is_set():
            try:
                while not self._stop.is_set() and self.send_one():
                    pass
            except Exception:
                log.exception("Webhooks could not be sent")
            self._stop.wait(PAUSE_SECONDS)

    def send_one(self) -> bool:
        """Send the message that has waited longest; whether one was due."""
        with self._context.database.reading() as tx:
            if tx.deliveries.owed() == 0:
                return False
        with self._context.database.transaction() as tx:
            delivery = tx.webhooks.claim(self._context.clock(), LEASE)
            webhook = tx.webhooks.by_id(delivery.webhook_id) if delivery else None
        if delivery is None or webhook is None:
            return False
        said, is_there = self._sent(delivery, webhook)
        now = self._context.clock()
        with self._context.database.transaction() as tx:
            if said is None:
                tx.webhooks.delivered(delivery.id, now)
            else:
                tx.webhooks.not_delivered(delivery.id, said, now + pause_after(delivery.attempts))
                if not is_there:
                    tx.webhooks.postpone(webhook.id, now + ADDRESS_PAUSE)
        return True

    def _sent(self, delivery: Delivery, webhook: Webhook) -> tuple[str | None, bool]:
        """None for a message that arrived, what came back otherwise; and whether anybody was there."""
        body = json.dumps(delivery.payload, separators=(",", ":")).encode()
        headers = signature.headers(webhook.secret, delivery.id, self._context.clock(), body)
        try:
            answer = self._context.outgoing.post(webhook.url, body, headers)
        except Unreachable as error:
            return error.sentence, False
        return (None if answer.succeeded else f"The answer is {answer.status}: {answer.text()}"), True
