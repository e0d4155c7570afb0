"""Any bytes in any pieces are a reply or a WireError, and take no more memory than the header check allows."""

import json
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.channel import Incoming
from grader.sandbox.inside.frames import HEADER_BYTES
from tests.fuzz.damage import damaged, each_byte, with_odd_parts
from tests.fuzz.frame_target import FRAMES, LENGTH_IS_RIGHT, PIECES, REPLY_BYTES, peak_bytes, prefixed, read
from tests.fuzz.target import peak

MEASURED = [seed[2:] for seed in FRAMES.seeds() if seed[0] < LENGTH_IS_RIGHT]
UNMEASURED = [seed[2:].partition(b"\n") for seed in FRAMES.seeds() if seed[0] >= LENGTH_IS_RIGHT]


@pytest.mark.parametrize("seed", FRAMES.seeds())
@pytest.mark.parametrize("piece", range(len(PIECES)))
def test_a_seed_is_accepted_in_any_pieces_unless_it_is_no_reply(seed: bytes, piece: int) -> None:
    assert read(prefixed(seed[2:], seed[0], piece)) is (b'"ready"' not in seed)


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_any_bytes(data: bytes) -> None:
    read(data)


@given(st.integers(0, 3), st.integers(0, 7), st.binary(max_size=120))
@settings(max_examples=200)
def test_any_header_of_the_right_length(limit: int, piece: int, header: bytes) -> None:
    read(prefixed(header, LENGTH_IS_RIGHT + limit, piece))


@given(damaged(FRAMES))
@settings(max_examples=300)
def test_damaged_frames(data: bytes) -> None:
    read(data)


def test_every_byte_changed_and_every_cut() -> None:
    for whole in MEASURED:
        for data in each_byte(whole):
            read(prefixed(data, piece=PIECES.index(1000)))


@given(st.sampled_from(UNMEASURED), st.integers(0, 3), st.data())
@settings(max_examples=500)
def test_headers_with_odd_parts(seed: tuple[bytes, bytes, bytes], limit: int, data: st.DataObject) -> None:
    header = data.draw(with_odd_parts(json.loads(seed[0])))

    read(prefixed(json.dumps(header).encode() + b"\n" + seed[2], LENGTH_IS_RIGHT + limit))


@given(st.sampled_from(MEASURED), st.lists(st.integers(0, 200), max_size=12))
@settings(max_examples=100)
def test_pieces_of_any_sizes_give_what_the_whole_gives(whole: bytes, sizes: list[int]) -> None:
    incoming, at_once = Incoming(REPLY_BYTES[-1]), Incoming(REPLY_BYTES[-1])
    taken, rest = 0, b""
    for size in [*sizes, len(whole)]:
        rest += incoming.feed(whole[taken : taken + size])
        taken += size

    assert at_once.feed(whole) == rest
    assert repr(incoming.result(0)) == repr(at_once.result(0))


@given(damaged(FRAMES))
@settings(max_examples=100)
def test_memory_stays_within_what_the_header_check_allows(data: bytes) -> None:
    assert peak(read, data) <= peak_bytes(data)


def filled(unit: str, before: str, after: str = "") -> bytes:
    """A frame whose header is as long as it may be, of one unit repeated."""
    count = (HEADER_BYTES - len(before) - len(after)) // len(unit)
    header = (before + unit * count + after).encode()
    return prefixed(struct.pack("<I", len(header)) + header, piece=PIECES.index(1 << 16))


@pytest.mark.parametrize(
    "data",
    [
        filled("{},", '{"k":"returned","a":[],"v":[', "0]}"),
        filled("[],", '{"k":"returned","a":[],"v":[', "0]}"),
        filled('{"a":', '{"k":"returned","a":[],"v":'),
        filled("[", '{"k":"returned","a":[],"v":'),
        filled("999,", '{"k":"returned","a":[],"v":["t",[', "0]]}"),
        filled("9", '{"k":"returned","a":[],"v":', "}"),
        filled('["t",[]],', '{"k":"returned","a":[],"v":["t",[', "0]]}"),
        filled("\\ud83d\\ude00", '{"k":"returned","a":[],"v":"', '"}'),
        filled('["u1",[0,1]],', '{"k":"returned","v":0,"a":[', "0]}"),
        filled('"\\u0100",', '{"k":"returned","a":[],"v":["t",[', "0]]}"),
    ],
)
def test_the_longest_headers_take_no_more_memory(data: bytes) -> None:
    assert peak(read, data) <= peak_bytes(data)


@pytest.mark.parametrize("shape", [[1 << 40], [1 << 20, 1 << 20], [0, 1 << 40], [(1 << 20) // 8 + 1]])
def test_a_body_that_is_only_announced_takes_no_memory(shape: list[int]) -> None:
    header = json.dumps({"k": "returned", "v": ["a", 0], "a": [["f8", shape]]}).encode()

    assert peak(read, prefixed(struct.pack("<I", len(header)) + header)) <= 64 * 1024


def test_a_row_of_numbers_is_the_dearest_body() -> None:
    count = REPLY_BYTES[-1] // 8
    header = json.dumps({"k": "returned", "v": ["t", [["p", "t", 0], ["t", []]]], "a": [["f8", [count]]]}).encode()
    data = prefixed(struct.pack("<I", len(header)) + header + struct.pack("<d", 0.1) * count, piece=7)

    assert read(data)
    assert 5 * 8 * count < peak(read, data) <= peak_bytes(data)


def test_bytes_beyond_the_frame_are_not_kept() -> None:
    """They come back to the channel, which refuses them unless another answer is to follow."""
    incoming = Incoming(0)
    header = b'{"k":"returned","v":0,"a":[]}'

    assert incoming.feed(struct.pack("<I", len(header)) + header + b"xyz") == b"xyz"
    assert incoming.feed(b"more") == b"more"
    assert incoming.result(0) == ("returned", 0)


def test_answers_come_in_the_order_of_their_questions() -> None:
    together = MEASURED[0]
    second = together.index(b'{"n":1') - 4

    assert read(prefixed(together))
    assert not read(prefixed(together[second:])), "an answer to the second question is none to the first"


@pytest.mark.parametrize("limit", range(len(REPLY_BYTES)))
def test_a_byte_beyond_each_limit_is_refused(limit: int) -> None:
    for size, accepted in ((REPLY_BYTES[limit], True), (REPLY_BYTES[limit] + 1, False)):
        header = json.dumps({"k": "returned", "v": ["t", [["a", 0], ["t", []]]], "a": [["u1", [size]]]}).encode()

        assert read(prefixed(header + b"\n" + bytes(size), LENGTH_IS_RIGHT + limit, PIECES.index(1000))) is accepted
