"""What an identity provider that fails is told to whom: the reason to the log, and a sentence to the reader."""

from datetime import UTC, datetime

import pytest

from app.errors import ProviderFailed
from app.oidc.provider import Provider, Registration
from app.outgoing import Outgoing
from grader.translation import spoken
from tests.fakes.bracketed import Bracketed


def test_the_log_reads_english_whatever_the_reader_speaks() -> None:
    registration = Registration("http://provider.example", "client", "secret", "https://here.example/login")
    outgoing = Outgoing(private=False)  # refuses an address without https, and connects to nothing
    provider = Provider(registration, outgoing, lambda: datetime(2027, 3, 5, tzinfo=UTC))
    with spoken(Bracketed()), pytest.raises(ProviderFailed) as raised:
        provider.authorization_url("state", "nonce", "verifier")
    provider.close()

    assert raised.value.why == "http://provider.example/.well-known/openid-configuration is not an https address."
    assert raised.value.sentence.startswith("[The sign-in service")
