"""The engines that the campaign is run on. One more is one more line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EngineUnderTest:
    """url: of the database for a data folder. environment: settings that the processes need for it."""

    name: str
    url: Callable[[Path], str]
    environment: Mapping[str, str] = field(default_factory=dict)


SQLITE = EngineUnderTest("sqlite", lambda data: f"sqlite:///{(data / 'chainrule.sqlite3').absolute()}")

ENGINES: Mapping[str, EngineUnderTest] = {engine.name: engine for engine in (SQLITE,)}
