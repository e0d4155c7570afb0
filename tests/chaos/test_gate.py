"""A gate is clear once all that it let in have been accepted."""

import threading

from tests.chaos.gate import Gate


def test_it_is_clear_until_an_upload_is_let_in_and_again_once_that_is_accepted() -> None:
    gate = Gate()
    assert gate.clear()

    gate.let_in(2)
    gate.wait()
    gate.accepted()
    assert not gate.clear()

    gate.wait()
    gate.accepted()
    assert gate.clear()


def test_nobody_passes_before() -> None:
    gate, passed = Gate(), threading.Event()

    def pass_it() -> None:
        gate.wait()
        passed.set()

    client = threading.Thread(target=pass_it)
    client.start()
    assert not passed.wait(0.1)
    gate.let_in(1)
    assert passed.wait(10)
    client.join()


def test_whoever_waits_at_a_gate_that_closes_is_told() -> None:
    gate = Gate()
    told: list[bool] = []
    clients = [threading.Thread(target=lambda: told.append(gate.wait())) for _ in range(3)]
    for client in clients:
        client.start()

    gate.close()
    for client in clients:
        client.join()

    assert told == [False] * 3
