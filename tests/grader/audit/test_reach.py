"""What an asked function uses, by names."""

from grader.audit.reach import reached
from reference.action import Action
from reference.catalog import Catalog
from reference.spec import Assignment, Function, Operation

SOURCE = """
def inner(x):
    return x

def asked(x):
    return Kept(x).outer()

def unasked(x):
    return inner(x)

class Kept:
    rate = 1
    def __init__(self, x):
        self.x = x
    def outer(self):
        return inner(self.x)
    def other(self):
        return 0
"""
ASKED = Function("asked", Operation.OTHER, (), ())


def test_a_function_reaches_what_it_uses_and_nothing_else() -> None:
    assert reached(SOURCE, ASKED) == {"asked", "inner", "Kept", "Kept.__init__", "Kept.outer"}


def test_a_recipe_reaches_the_methods_it_calls() -> None:
    recipe = (Action("make", "Kept", keep="k"), Action("call", "@k.other"))
    function = Function("Kept.other", Operation.OTHER, (), (), recipe=recipe)

    assert reached(SOURCE, function) == {"Kept", "Kept.__init__", "Kept.other"}


def _assignment(slug: str) -> tuple[Assignment, str]:
    folder = Catalog.builtin().get(slug)
    return folder.assignment, folder.solution


def test_our_own_loop_reaches_every_method_of_the_layers() -> None:
    assignment, solution = _assignment("hw2-layers-mlp")
    used = reached(solution, assignment.function("cross_entropy_relu"))

    assert used >= {"FCLayer.backward", "ReLULayer.forward", "SoftmaxCrossEntropyLossLayer.backward", "SGD.step"}
    assert not any(name.startswith(("Sigmoid", "Euclidean")) for name in used)


def test_what_nobody_asks_for_is_reached_by_nothing() -> None:
    assignment, solution = _assignment("aarhus-net-classifier")
    used = frozenset().union(*(reached(solution, function) for function in assignment.functions))

    assert "get_init_params" not in used
    assert used >= {"relu", "softmax", "NetClassifier.cost_grad", "NetClassifier.fit", "NetClassifier.score"}
