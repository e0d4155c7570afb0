"""The host that works on an embedded database: one row at most, kept fresh while it works."""

from datetime import datetime

from sqlalchemy import Connection, select

from submissions.schema.tables import embedded_host


class Hosts:
    """The host row of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def occupant(self, stale_before: datetime) -> str | None:
        """The host that was seen working here since `stale_before`."""
        return self._connection.scalar(select(embedded_host.c.host).where(embedded_host.c.seen_at > stale_before))

    def occupy(self, host: str, now: datetime) -> None:
        """Write that `host` works here at `now`."""
        changed = self._connection.execute(embedded_host.update().values(host=host, seen_at=now)).rowcount
        if changed == 0:
            self._connection.execute(embedded_host.insert().values(id=1, host=host, seen_at=now))
