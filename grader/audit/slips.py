"""Plants bugs: every place of a function's syntax tree where one of the usual slips can happen, one slip at a time."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

Place = tuple[tuple[str, int | None], ...]
"""The way from the root to a node: field names, with an index where the field is a list."""

ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add, ast.MatMult),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.Lt, ast.GtE, ast.LtE),
    ast.Lt: (ast.Gt, ast.LtE, ast.GtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
NAMES: dict[str, tuple[str, ...]] = {
    "sum": ("mean", "max", "prod"),
    "mean": ("sum", "max"),
    "max": ("min", "mean"),
    "min": ("max",),
    "amax": ("amin",),
    "maximum": ("minimum", "add"),
    "exp": ("log", "expm1"),
    "log": ("log2", "log1p", "exp"),
    "zeros": ("ones",),
    "zeros_like": ("ones_like",),
    "argmax": ("argmin",),
    "abs": ("negative",),
    "hstack": ("vstack",),
    "vstack": ("hstack",),
    "stack": ("concatenate",),
    "dot": ("multiply",),
    "matmul": ("multiply",),
    "sqrt": ("square",),
    "normal": ("uniform",),
    "subtract": ("add",),
    "outer": ("inner",),
}


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip in a file: what it is, on which line, what stood there and what stands there now; the whole source."""

    function: str
    line: int
    operator: str
    before: str
    after: str
    source: str

    @property
    def key(self) -> str:
        """How an assignment's equivalent.toml calls it: the same from run to run, wherever the lines move."""
        return f"{self.function}: {self.operator}: {self.before} -> {self.after}"


def slips(original: str) -> Iterator[Slip]:
    """Every slip in every function and class of a file; each source once. Raises SyntaxError."""
    tree = ast.parse(original)
    known, seen = _known(tree), set[str]()
    texts = [ast.unparse(node) for node in tree.body]
    for place, node in _nodes(tree):
        at, inside = place[0][1] or 0, place[1:]
        for operator, new in _slips(node, known):
            changed = copy.deepcopy(tree.body[at])  # the others stay as they are: a file is large, and slips are many
            _put(changed, inside, new)
            try:
                text = ast.unparse(ast.fix_missing_locations(changed))
                ast.parse(text)
            except (SyntaxError, ValueError, TypeError, AttributeError):
                continue
            source = "\n\n".join((*texts[:at], text, *texts[at + 1 :])) + "\n"
            if text == texts[at] or source in seen:
                continue
            seen.add(source)
            before, after = _text(node), " ; ".join(map(_text, new if isinstance(new, list) else [new]))
            yield Slip(_owner(tree, place), _line(tree, place), operator, before, after, source)


def _owner(tree: ast.Module, place: Place) -> str:
    """The function it is in; a method with its class."""
    top = tree.body[place[0][1] or 0]
    name = getattr(top, "name", "")
    inner = top.body[place[1][1] or 0] if isinstance(top, ast.ClassDef) and place[1][0] == "body" else None
    return f"{name}.{inner.name}" if isinstance(inner, ast.FunctionDef) else name


def _line(tree: ast.Module, place: Place) -> int:
    """The line of the nearest node that has one."""
    node: object = tree
    line = 0
    for name, index in place:
        value = getattr(node, name)
        node = value if index is None else value[index]
        line = getattr(node, "lineno", line)
    return line


def _nodes(tree: ast.Module) -> Iterator[tuple[Place, ast.AST]]:
    """Every node inside a definition, with its place."""
    for index, node in enumerate(tree.body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from _below(node, (("body", index),))


def _below(node: ast.AST, place: Place) -> Iterator[tuple[Place, ast.AST]]:
    for name, value in ast.iter_fields(node):
        children = enumerate(value) if isinstance(value, list) else ((None, value),)
        for index, child in children:
            if isinstance(child, ast.AST) and name not in ("decorator_list", "ctx"):
                here = (*place, (name, index))
                yield here, child
                yield from _below(child, here)


def _put(tree: ast.AST, place: Place, new: ast.AST | list[ast.AST]) -> None:
    node: object = tree
    for name, index in place[:-1]:
        value = getattr(node, name)
        node = value if index is None else value[index]
    name, index = place[-1]
    if index is None:
        setattr(node, name, new)
    else:
        getattr(node, name)[index : index + 1] = new if isinstance(new, list) else [new]


def _text(node: ast.AST) -> str:
    return ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else type(node).__name__


def _slips(node: ast.AST, known: list[str]) -> Iterator[tuple[str, ast.AST | list[ast.AST]]]:
    """What can go wrong at a node: the operator's name, and what stands there then."""
    match node:
        case ast.BinOp(left, op, right):
            for other in ARITHMETIC.get(type(op), ()):
                yield "arithmetic", ast.BinOp(left, other(), right)
            yield "operand dropped", left
            yield "operand dropped", right
            if isinstance(op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
                yield "operands swapped", ast.BinOp(right, op, left)
        case ast.UnaryOp(ast.USub(), operand):
            yield "minus dropped", operand
        case ast.Compare(left, [op], right):
            for turned in COMPARISONS.get(type(op), ()):
                yield "comparison", ast.Compare(left, [turned()], right)
        case ast.Constant(bool(value)):
            yield "constant", ast.Constant(not value)
        case ast.Constant(int(value)):
            for number in dict.fromkeys((value + 1, value - 1, 0, -value)):
                yield "constant", ast.Constant(number)
        case ast.Constant(float(value)):
            for factor in (2.0, 0.1, 0.0, 1e6):
                yield "constant", ast.Constant(value * factor)
            yield "constant", ast.Constant(value + 1.0)
        case ast.Attribute(value, "T"):
            yield "transpose dropped", value
        case ast.Attribute(value, name, context) if name in NAMES:
            for similar in NAMES[name]:
                yield "function", ast.Attribute(value, similar, context)
        case ast.Call():
            yield from _call(node)
        case ast.Name(name, ast.Load()):
            for neighbour in _neighbours(known, name):
                yield "variable", ast.Name(neighbour, ast.Load())
        case ast.Slice(lower, upper, step):
            yield "slice", ast.Slice(ast.Constant(1) if lower is None else None, upper, step)
            yield "slice", ast.Slice(lower, ast.Constant(-1) if upper is None else None, step)
        case ast.Tuple(elements, ast.Load()) if len(elements) > 1:
            for i in range(len(elements) - 1):
                swapped = [*elements[:i], elements[i + 1], elements[i], *elements[i + 2 :]]
                yield "elements swapped", ast.Tuple(swapped, ast.Load())
        case ast.IfExp(test, body, orelse):
            yield "branches swapped", ast.IfExp(test, orelse, body)
        case ast.stmt():
            yield from _statement(node)


def _call(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    arguments = node.args
    if len(arguments) > 1 and not any(isinstance(argument, ast.Starred) for argument in arguments):
        for i in range(len(arguments) - 1):
            swapped = [*arguments[:i], arguments[i + 1], arguments[i], *arguments[i + 2 :]]
            yield "arguments swapped", ast.Call(node.func, swapped, node.keywords)
    for i in range(len(node.keywords)):
        yield "keyword dropped", ast.Call(node.func, arguments, [*node.keywords[:i], *node.keywords[i + 1 :]])
    if arguments and not isinstance(arguments[0], ast.Starred):
        yield "call dropped", arguments[0]
    if isinstance(node.func, ast.Name) and node.func.id == "range" and len(arguments) == 1:
        yield "range", ast.Call(node.func, [ast.BinOp(arguments[0], ast.Sub(), ast.Constant(1))], [])
        yield "range", ast.Call(node.func, [ast.BinOp(arguments[0], ast.Add(), ast.Constant(1))], [])
        yield "range", ast.Call(node.func, [ast.Constant(1), arguments[0]], [])


def _statement(node: ast.stmt) -> Iterator[tuple[str, ast.AST | list[ast.AST]]]:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr) and not is_docstring:
        yield "statement dropped", ast.Pass()
        yield "statement twice", [node, copy.deepcopy(node)]
    if isinstance(node, ast.AugAssign):
        for other in ARITHMETIC.get(type(node.op), ()):
            yield "arithmetic", ast.AugAssign(node.target, other(), node.value)
        target = copy.deepcopy(node.target)
        yield "assignment", ast.Assign([target], node.value, lineno=0)
    if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Tuple | ast.Dict):
        yield "sign", ast.Return(ast.UnaryOp(ast.USub(), node.value))
    if isinstance(node, ast.If):
        yield "branch never", ast.Pass()


def _known(tree: ast.Module) -> list[str]:
    """The variables of a file, sorted."""
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return sorted(stored | {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)} - {"self"})


def _neighbours(known: list[str], name: str) -> list[str]:
    """Two other variables in place of `name`: its neighbours in the alphabet."""
    if name not in known or len(known) < 2:
        return []
    at = known.index(name)
    return [other for other in dict.fromkeys((known[at - 1], known[(at + 1) % len(known)])) if other != name]
