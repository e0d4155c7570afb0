"""Asks an application in this process, without a socket: the started application, its cookies, no redirects."""

import asyncio
from typing import Any

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response


class Client:
    """A browser or a program that talks to `app`.

    raise_errors: whether an error that the application answers with 500 also reaches the test.
    """

    def __init__(self, app: FastAPI, *, raise_errors: bool = True) -> None:
        self.app = app
        self._runner = asyncio.Runner()
        self._lifespan = app.router.lifespan_context(app)
        try:
            self._runner.run(self._lifespan.__aenter__())
        except BaseException:  # an application that refuses to start leaves no event loop behind
            self._runner.close()
            raise
        transport = ASGITransport(app, raise_app_exceptions=raise_errors)
        self.http = AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")

    def request(self, method: str, path: str, **more: Any) -> Response:
        """Ask; `more` is what httpx takes."""
        return self._runner.run(self.http.request(method, path, **more))

    def get(self, path: str, **more: Any) -> Response:
        """GET."""
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> Response:
        """POST."""
        return self.request("POST", path, **more)

    def forget(self) -> None:
        """Drop all cookies."""
        self.http.cookies.clear()

    def close(self) -> None:
        """Let the application end."""
        self._runner.run(self.http.aclose())
        self._runner.run(self._lifespan.__aexit__(None, None, None))
        self._runner.close()
