"""What may have to stand instead of an expression: the usual slips, turned round."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.sandbox.inside.change import Change, Place, instead

OPERATORS: tuple[type[ast.operator], ...] = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)
MORE_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.Div: (ast.FloorDiv,),
    ast.Mult: (ast.Pow,),
}
COMPARISONS: tuple[type[ast.cmpop], ...] = (ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.Eq, ast.NotEq)
FUNCTIONS = (
    ("sum", "mean", "max", "min", "prod", "cumsum", "std", "median"),
    ("amax", "amin", "sum"),
    ("maximum", "minimum"),
    ("exp", "log", "log1p", "expm1", "exp2"),
    ("log", "log2", "log10"),
    ("zeros", "ones", "empty"),
    ("zeros_like", "ones_like", "empty_like"),
    ("argmax", "argmin"),
    ("abs", "square", "sign"),
    ("hstack", "vstack"),
    ("dot", "multiply", "outer", "inner", "matmul"),
    ("sqrt", "square"),
    ("tanh", "sinh", "sin"),
    ("any", "all"),
    ("randn", "rand"),
    ("flatten", "copy"),
)
"""Functions that stand for one another."""

ALONG_AXES = frozenset({"sum", "mean", "max", "min", "prod", "amax", "amin", "argmax", "argmin", "std", "any", "all"})
AXES = (0, 1, -1)
WRAPS = {
    **dict.fromkeys(("exp", "log", "abs", "sqrt", "square"), "curve"),
    **dict.fromkeys(("sum", "mean"), "reduction"),
}
"""Functions that what stands there may have to go into, with the kind of change that is."""
ARITHMETIC = (ast.Mult, ast.Div, ast.Add, ast.Sub)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What can be written in a definition. names: variables and attributes as they are read. numpy: its name."""

    names: Mapping[str, ast.expr]
    numpy: str

    @property
    def operands(self) -> Iterable[ast.expr]:
        """The variables and attributes themselves."""
        return self.names.values()


def expression_changes(place: Place, node: ast.expr, words: Vocabulary) -> Iterator[Change]:
    """Every change of an expression that is read."""
    match node:
        case ast.BinOp():
            yield from _operation(place, node)
        case ast.UnaryOp(ast.USub(), operand):
            yield instead("sign", place, node, operand)
        case ast.UnaryOp(_, operand):
            yield instead("comparison", place, node, operand)
        case ast.Compare(left, [op], [right]):
            for other in COMPARISONS:
                if not isinstance(op, other):
                    yield instead("comparison", place, node, ast.Compare(left, [other()], [right]))
        case ast.BoolOp(op, values):
            yield instead(
                "comparison", place, node, ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            )
            for value in values:
                yield instead("comparison", place, node, value)
        case ast.IfExp(test, body, orelse):
            yield instead("comparison", place, node, ast.IfExp(test, orelse, body))
            yield instead("comparison", place, node, body)
            yield instead("comparison", place, node, orelse)
        case ast.Constant(bool(value)):
            yield instead("number", place, node, ast.Constant(not value))
        case ast.Constant(int() | float() as value):
            yield from _number(place, node, value, words)
        case ast.Attribute(value, "T"):
            yield instead("transposition", place, node, value)
        case ast.Call():
            yield from _call(place, node, words)
        case ast.Subscript():
            yield from _subscript(place, node, words)
        case ast.Tuple(elements) | ast.List(elements) if 1 < len(elements) < 6:
            for swapped in _swapped(elements):
                yield instead("order", place, node, type(node)(swapped, ast.Load()))
        case ast.Slice():
            yield from _slice(place, node, words)
    if _is_value(place, node, words):
        yield from _value(place, node, words)


def _operation(place: Place, node: ast.BinOp) -> Iterator[Change]:
    left, op, right = node.left, node.op, node.right
    for other in (*(OPERATORS if isinstance(op, OPERATORS) else ()), *MORE_OPERATORS.get(type(op), ())):
        if not isinstance(op, other):
            yield instead("operator", place, node, ast.BinOp(left, other(), right))
    yield instead("operand", place, node, left)
    yield instead("operand", place, node, right)
    if not isinstance(op, ast.Add | ast.Mult):
        yield instead("sides", place, node, ast.BinOp(right, op, left))
    if isinstance(left, ast.BinOp):
        inner = ast.copy_location(ast.BinOp(left.right, op, right), left)
        yield instead("parentheses", place, node, ast.BinOp(left.left, left.op, inner))
    if isinstance(right, ast.BinOp):
        inner = ast.copy_location(ast.BinOp(left, op, right.left), left)
        yield instead("parentheses", place, node, ast.BinOp(inner, right.op, right.right))
    if isinstance(left, ast.Call) and left.args and not isinstance(left.args[-1], ast.Starred):
        inside = ast.copy_location(ast.BinOp(left.args[-1], op, right), left)
        yield instead("parentheses", place, node, ast.Call(left.func, [*left.args[:-1], inside], left.keywords))


def _number(place: Place, node: ast.Constant, value: float, words: Vocabulary) -> Iterator[Change]:
    kind = "axis" if isinstance(place.parent, ast.keyword) and place.parent.arg == "axis" else "number"
    others: tuple[float | None, ...] = (0, 1, -1, 2, 0.5, value + 1, value - 1, -value, value * 10, value / 10)
    for other in dict.fromkeys((None, *AXES) if kind == "axis" else others):
        if other != value:
            yield instead(kind, place, node, ast.Constant(other))
    for operand in words.operands if kind == "number" else ():
        yield instead("number", place, node, operand)
        for axis in (0, 1):
            yield instead("number", place, node, _extent(operand, axis))


def _call(place: Place, node: ast.Call, words: Vocabulary) -> Iterator[Change]:
    arguments, keywords = node.args, node.keywords
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if any(isinstance(argument, ast.Starred) for argument in arguments):
        return
    if isinstance(node.func, ast.Attribute):
        for other in dict.fromkeys(other for group in FUNCTIONS if name in group for other in group if other != name):
            function = ast.Attribute(node.func.value, other, ast.Load())
            yield instead("function", place, node, ast.Call(function, arguments, keywords))
        if ast.unparse(node.func.value) != words.numpy:
            yield instead("call", place, node, node.func.value)
    elif name in ("max", "min", "sum", "abs"):
        for other in ("max", "min", "sum"):
            if other != name:
                yield instead("function", place, node, ast.Call(ast.Name(other, ast.Load()), arguments, keywords))
    for swapped in _swapped(arguments):
        yield instead("swapped", place, node, ast.Call(node.func, swapped, keywords))
    if arguments:
        yield instead("call", place, node, arguments[0])
        yield from _outside(place, node, arguments[-1])
    for number, keyword in enumerate(keywords):
        kind = {"axis": "axis", "keepdims": "axis", "dtype": "dtype"}.get(keyword.arg or "", "keyword")
        yield instead(kind, place, node, ast.Call(node.func, arguments, [*keywords[:number], *keywords[number + 1 :]]))
    given = {keyword.arg for keyword in keywords}
    if name in ALONG_AXES and "axis" not in given:
        for axis in (0, 1):
            for keep in ((), (ast.keyword("keepdims", ast.Constant(True)),)):
                added = [*keywords, ast.keyword("axis", ast.Constant(axis)), *keep]
                yield instead("axis", place, node, ast.Call(node.func, arguments, added))
    elif name in ALONG_AXES and "keepdims" not in given and not name.startswith("arg"):
        added = [*keywords, ast.keyword("keepdims", ast.Constant(True))]
        yield instead("axis", place, node, ast.Call(node.func, arguments, added))
    if name == "range":
        yield from _range(place, node)


def _outside(place: Place, node: ast.Call, last: ast.expr) -> Iterator[Change]:
    """The end of the last argument behind the call, and two nested calls in each other's place."""
    if isinstance(last, ast.BinOp):
        called = ast.copy_location(ast.Call(node.func, [*node.args[:-1], last.left], node.keywords), node)
        yield instead("parentheses", place, node, ast.BinOp(called, last.op, last.right))
    if isinstance(last, ast.Call) and len(node.args) == 1 and len(last.args) == 1:
        inner = ast.copy_location(ast.Call(node.func, last.args, node.keywords), node)
        yield instead("order", place, node, ast.Call(last.func, [inner], last.keywords))


def _range(place: Place, node: ast.Call) -> Iterator[Change]:
    def ranged(*arguments: ast.expr) -> Change:
        return instead("number", place, node, ast.Call(node.func, list(arguments), []))

    one, zero = ast.Constant(1), ast.Constant(0)
    start, stop = (node.args[0], node.args[1]) if len(node.args) > 1 else (zero, node.args[0])
    rest = node.args[2:]
    for op in (ast.Sub(), ast.Add()):
        yield ranged(start, ast.BinOp(stop, op, one), *rest)
    yield ranged(one if start is zero else zero, stop, *rest)
    yield instead("order", place, node, ast.Call(ast.Name("reversed", ast.Load()), [node], []))


def _subscript(place: Place, node: ast.Subscript, words: Vocabulary) -> Iterator[Change]:
    value, index = node.value, node.slice
    if isinstance(index, ast.Constant) and isinstance(index.value, str):
        return

    def at(*indices: ast.expr) -> Change:
        new = indices[0] if len(indices) == 1 else ast.Tuple(list(indices), ast.Load())
        return instead("index", place, node, ast.Subscript(value, new, ast.Load()))

    yield instead("index", place, node, value)
    everything = ast.Slice()
    if isinstance(index, ast.Tuple):
        for number in range(len(index.elts)):
            rest = [*index.elts[:number], *index.elts[number + 1 :]]
            if rest:
                yield at(*rest)
            yield at(*index.elts[:number], everything, *index.elts[number + 1 :])
        return
    yield at(everything, index)
    for operand in words.operands:
        yield at(index, operand)
        yield at(operand, index)
    for op in (ast.Add(), ast.Sub()):
        if not isinstance(index, ast.Slice):
            yield at(ast.BinOp(index, op, ast.Constant(1)))


def _slice(place: Place, node: ast.Slice, words: Vocabulary) -> Iterator[Change]:
    lower, upper, step = node.lower, node.upper, node.step
    for other in (None, ast.Constant(1)):
        if (other is None) != (lower is None):
            yield instead("index", place, node, ast.Slice(other, upper, step))
    for other in (None, ast.Constant(-1)):
        if (other is None) != (upper is None):
            yield instead("index", place, node, ast.Slice(lower, other, step))
    yield instead(
        "index",
        place,
        node,
        ast.Slice(lower, upper, ast.UnaryOp(ast.USub(), ast.Constant(1)) if step is None else None),
    )
    for operand in words.operands:
        if lower is None and upper is None:
            yield instead("index", place, node, operand)


def _value(place: Place, node: ast.expr, words: Vocabulary) -> Iterator[Change]:
    """What holds for anything that is a number or an array."""
    short = isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
    yield instead("sign", place, node, ast.UnaryOp(ast.USub(), node))
    if not isinstance(node, ast.Attribute) or node.attr != "T":
        yield instead("transposition", place, node, ast.Attribute(node, "T", ast.Load()))
    one = ast.Constant(1)
    if short:
        own = node.id if isinstance(node, ast.Name) else ast.unparse(node)
        for name, operand in words.names.items():
            if name != own:
                yield instead("variable", place, node, operand)
                yield instead("index", place, node, ast.Subscript(node, operand, ast.Load()))
                yield instead(
                    "index", place, node, ast.Subscript(node, ast.Tuple([ast.Slice(), operand], ast.Load()), ast.Load())
                )
    if words.numpy:
        for name, kind in WRAPS.items():
            function = ast.Attribute(ast.Name(words.numpy, ast.Load()), name, ast.Load())
            yield instead(kind, place, node, ast.Call(function, [node], []))
    yield instead("complement", place, node, ast.BinOp(one, ast.Sub(), node))
    yield instead("complement", place, node, ast.BinOp(node, ast.Mult(), ast.BinOp(one, ast.Sub(), node)))
    yield instead("complement", place, node, ast.BinOp(one, ast.Sub(), ast.BinOp(node, ast.Mult(), node)))
    yield instead("curve", place, node, ast.Compare(node, [ast.Gt()], [ast.Constant(0)]))
    if short:
        yield instead("copy", place, node, ast.Call(ast.Attribute(node, "copy", ast.Load()), [], []))
    for number in (2, 0.5):
        yield instead("term", place, node, ast.BinOp(node, ast.Mult(), ast.Constant(number)))
    for op in (ast.Add, ast.Sub):
        yield instead("term", place, node, ast.BinOp(node, op(), one))
    for operand in words.operands:
        for arithmetic in ARITHMETIC:
            yield instead("term", place, node, ast.BinOp(node, arithmetic(), operand))
        for axis in (0, 1):
            yield instead("term", place, node, ast.BinOp(node, ast.Div(), _extent(operand, axis)))
            yield instead("term", place, node, ast.BinOp(node, ast.Mult(), _extent(operand, axis)))


def _is_value(place: Place, node: ast.expr, words: Vocabulary) -> bool:
    """Whether it may be a number or an array, and no name of a module or function, and no index."""
    if isinstance(node, ast.Slice | ast.Tuple | ast.List | ast.Dict | ast.Constant | ast.Starred | ast.Lambda):
        return False
    if isinstance(node, ast.Name) and node.id in (words.numpy, "self"):
        return False
    if isinstance(place.parent, ast.Attribute) or place.field in ("func", "slice", "iter", "test", "annotation"):
        return False
    return not (isinstance(place.parent, ast.Subscript) and place.field == "value")


def _extent(operand: ast.expr, axis: int) -> ast.expr:
    """How long an operand is along an axis."""
    return ast.Subscript(ast.Attribute(operand, "shape", ast.Load()), ast.Constant(axis), ast.Load())


def _swapped(items: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    """The items with two neighbours in each other's place."""
    for i in range(len(items) - 1):
        yield [*items[:i], items[i + 1], items[i], *items[i + 2 :]]
