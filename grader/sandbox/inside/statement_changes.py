"""What may have to happen to a statement: another place, another indentation, another way to assign, or nothing."""

import ast
from collections.abc import Iterator, Sequence

from grader.sandbox.inside.change import Change, Place, rearranged

FARTHEST = 6
"""Places that a statement is moved by."""

Blocks = ast.For | ast.While | ast.If | ast.With


def statement_changes(place: Place, node: ast.stmt, targets: Sequence[ast.expr]) -> Iterator[Change]:
    """Every change of a statement in a block. targets: what is assigned to anywhere in the definition."""
    block, at = getattr(place.parent, place.field), place.index
    if not isinstance(block, list) or at is None or _says_nothing(node):
        return
    yield from _assigned(place, node, targets)
    for to in range(max(0, at - FARTHEST), min(len(block), at + FARTHEST + 1)):
        if to not in (at, at - 1) and not _says_nothing(block[to]):  # to the place before is the one before moved here
            rest = [*block[:at], *block[at + 1 :]]
            yield rearranged("order", node, (place.parent, place.field, [*rest[:to], node, *rest[to:]]))
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.If):
        yield rearranged("omission", node, place.holding(ast.Pass()))
        if not isinstance(node, ast.If):
            yield rearranged("repetition", node, place.holding(node, node))
    if isinstance(node, ast.If):
        yield rearranged("comparison", node, place.holding(*node.body))
        if node.orelse:
            yield rearranged("comparison", node, place.holding(*node.orelse))
    if isinstance(node, Blocks):
        yield from _indented(place, node, block, at)


def _assigned(place: Place, node: ast.stmt, targets: Sequence[ast.expr]) -> Iterator[Change]:
    if isinstance(node, ast.AugAssign):
        for other in (ast.Add, ast.Sub, ast.Mult, ast.Div):
            if not isinstance(node.op, other):
                yield rearranged("assignment", node, place.holding(ast.AugAssign(node.target, other(), node.value)))
        yield rearranged("assignment", node, place.holding(ast.Assign([node.target], node.value)))
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        # To add 0 is to leave the statement out, and is told as that.
        if isinstance(target, ast.Name | ast.Attribute | ast.Subscript) and not _is_zero(node.value):
            for op in (ast.Add(), ast.Sub()):
                yield rearranged("assignment", node, place.holding(ast.AugAssign(target, op, node.value)))
        if isinstance(target, ast.Tuple) and len(target.elts) > 1:
            for i in range(len(target.elts) - 1):
                order = [*target.elts[:i], target.elts[i + 1], target.elts[i], *target.elts[i + 2 :]]
                yield rearranged("order", node, (target, "elts", order))
    if isinstance(node, ast.Assign | ast.AugAssign):
        own = node.targets[0] if isinstance(node, ast.Assign) else node.target
        for other_target in targets:
            if ast.unparse(other_target) != ast.unparse(own):
                field = (
                    (node, "targets", [other_target])
                    if isinstance(node, ast.Assign)
                    else (node, "target", other_target)
                )
                yield rearranged("target", node, field)


def _is_zero(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value == 0


def _indented(place: Place, node: Blocks, block: list[ast.stmt], at: int) -> Iterator[Change]:
    """Statements moved out of a block, behind it or before it, and those beside it moved in."""
    body = node.body
    for count in range(1, min(len(body), FARTHEST)):
        after = [*block[: at + 1], *body[-count:], *block[at + 1 :]]
        yield rearranged("indentation", body[-count], (node, "body", body[:-count]), (place.parent, place.field, after))
    for count in range(1, min(len(body), FARTHEST)):
        before = [*block[:at], *body[:count], *block[at:]]
        yield rearranged("indentation", body[0], (node, "body", body[count:]), (place.parent, place.field, before))
    following = block[at + 1 : at + 1 + FARTHEST]
    for count in range(1, len(following) + 1):
        rest = [*block[: at + 1], *block[at + 1 + count :]]
        inner = [*body, *following[:count]]
        yield rearranged("indentation", following[0], (node, "body", inner), (place.parent, place.field, rest))
    for count in range(1, min(at, FARTHEST) + 1):
        rest = [*block[: at - count], *block[at:]]
        inner = [*block[at - count : at], *body]
        yield rearranged("indentation", block[at - count], (node, "body", inner), (place.parent, place.field, rest))


def _says_nothing(node: ast.stmt) -> bool:
    """A docstring, a pass, a print, or what only raises."""
    if isinstance(node, ast.Expr):
        value = node.value
        called = value.func if isinstance(value, ast.Call) else None
        return isinstance(value, ast.Constant) or (isinstance(called, ast.Name) and called.id == "print")
    return isinstance(node, ast.Pass | ast.Raise | ast.Assert | ast.Import | ast.ImportFrom | ast.Global)
