"""The recipe of each operation that has one; a file each."""

from collections.abc import Mapping

from grader.diagnosis.recipe import Recipe
from grader.diagnosis.recipes.backward import BACKWARD
from grader.diagnosis.recipes.forward import FORWARD
from grader.diagnosis.recipes.gradient import GRADIENT
from grader.diagnosis.recipes.linear import LINEAR
from grader.diagnosis.recipes.loss import LOSS
from grader.diagnosis.recipes.relu import RELU
from grader.diagnosis.recipes.softmax import SOFTMAX
from reference.spec import Operation

RECIPES: Mapping[Operation, Recipe] = {
    Operation.RELU: RELU,
    Operation.SOFTMAX: SOFTMAX,
    Operation.LINEAR: LINEAR,
    Operation.CROSS_ENTROPY: LOSS,
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: GRADIENT,
    Operation.NETWORK_FORWARD: FORWARD,
    Operation.NETWORK_BACKWARD: BACKWARD,
}
