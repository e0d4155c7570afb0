"""The recipe of each operation that has one; a file each."""

from collections.abc import Mapping

from grader.diagnosis.recipe import Recipe
from grader.diagnosis.recipes.accuracy import ACCURACY
from grader.diagnosis.recipes.backward import BACKWARD
from grader.diagnosis.recipes.classifier import CLASSIFIER
from grader.diagnosis.recipes.confusion import CONFUSION
from grader.diagnosis.recipes.convolution import CONVOLUTION, CONVOLUTION_BACK
from grader.diagnosis.recipes.cost import COST
from grader.diagnosis.recipes.cross_entropy_layer import CROSS_ENTROPY_LOSS
from grader.diagnosis.recipes.descent import DESCENT
from grader.diagnosis.recipes.forward import FORWARD
from grader.diagnosis.recipes.fully_connected import FULLY_CONNECTED
from grader.diagnosis.recipes.gradient import GRADIENT
from grader.diagnosis.recipes.jacobian import JACOBIAN
from grader.diagnosis.recipes.layers import EUCLIDEAN_LOSS, SIGMOID_LAYER
from grader.diagnosis.recipes.likelihood import LIKELIHOOD, LIKELIHOOD_GRADIENT
from grader.diagnosis.recipes.linear import LINEAR
from grader.diagnosis.recipes.loss import LOSS
from grader.diagnosis.recipes.perceptron import PERCEPTRON_FORWARD
from grader.diagnosis.recipes.perceptron_backward import PERCEPTRON_BACKWARD
from grader.diagnosis.recipes.pooling import AVERAGE_POOL, AVERAGE_POOL_BACK, MAX_POOL, MAX_POOL_BACK
from grader.diagnosis.recipes.relu import RELU
from grader.diagnosis.recipes.scores import SCORES
from grader.diagnosis.recipes.softmax import SOFTMAX
from grader.diagnosis.recipes.steps import LOGITS_LOSS, NETWORK_STEP, REGRESSION_STEP
from grader.diagnosis.recipes.time_delay import TIME_DELAY, TIME_DELAY_BACKWARD
from reference.spec import Operation

RECIPES: Mapping[Operation, Recipe] = {
    Operation.RELU: RELU,
    Operation.SOFTMAX: SOFTMAX,
    Operation.LINEAR: LINEAR,
    Operation.CROSS_ENTROPY: LOSS,
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: GRADIENT,
    Operation.SOFTMAX_JACOBIAN: JACOBIAN,
    Operation.LIKELIHOOD: LIKELIHOOD,
    Operation.LIKELIHOOD_GRADIENT: LIKELIHOOD_GRADIENT,
    Operation.AVERAGE_POOL: AVERAGE_POOL,
    Operation.AVERAGE_POOL_BACKWARD: AVERAGE_POOL_BACK,
    Operation.MAX_POOL: MAX_POOL,
    Operation.MAX_POOL_BACKWARD: MAX_POOL_BACK,
    Operation.CONVOLUTION: CONVOLUTION,
    Operation.CONVOLUTION_BACKWARD: CONVOLUTION_BACK,
    Operation.TIME_DELAY: TIME_DELAY,
    Operation.TIME_DELAY_BACKWARD: TIME_DELAY_BACKWARD,
    Operation.LINEAR_LAYER: FULLY_CONNECTED,
    Operation.SIGMOID_LAYER: SIGMOID_LAYER,
    Operation.EUCLIDEAN_LOSS: EUCLIDEAN_LOSS,
    Operation.CROSS_ENTROPY_LOSS: CROSS_ENTROPY_LOSS,
    Operation.DESCENT_STEP: DESCENT,
    Operation.SOFTMAX_CLASSIFIER: CLASSIFIER,
    Operation.SOFTMAX_LOSS: LOGITS_LOSS,
    Operation.SOFTMAX_STEP: REGRESSION_STEP,
    Operation.NETWORK_STEP: NETWORK_STEP,
    Operation.COST_GRADIENT: COST,
    Operation.TWO_LAYER_LOSS: COST,
    Operation.PERCEPTRON_FORWARD: PERCEPTRON_FORWARD,
    Operation.PERCEPTRON_BACKWARD: PERCEPTRON_BACKWARD,
    Operation.CONFUSION_MATRIX: CONFUSION,
    Operation.SCORE: ACCURACY,
    Operation.NETWORK_SCORES: SCORES,
    Operation.NETWORK_FORWARD: FORWARD,
    Operation.NETWORK_BACKWARD: BACKWARD,
}
