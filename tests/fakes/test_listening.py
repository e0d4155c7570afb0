import urllib.request

import pytest
from fastapi import FastAPI

from tests.fakes.listening import listening


def test_it_answers_until_it_is_left() -> None:
    app = FastAPI()
    app.add_api_route("/", lambda: {"here": True})

    with listening(app) as address, urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.status == 200
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=10)
