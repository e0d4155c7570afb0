"""From the evidence of a mismatch to its cause.

A mistake of a whole formula stands in the file of its family here; a slip in one step stands in the function's recipe,
where it combines with others. named.py asks both.
"""

from collections.abc import Callable, Mapping, Sequence

from grader.comparison import Outcome
from grader.diagnosis.accuracy import score
from grader.diagnosis.activations import relu, softmax_candidates
from grader.diagnosis.average_pooling import average_pool, average_pool_backward
from grader.diagnosis.convolution import convolution, convolution_backward
from grader.diagnosis.cost_gradient import cost_gradient, prediction, scores
from grader.diagnosis.cross_entropy import gradient, loss
from grader.diagnosis.decayed_steps import decayed_steps
from grader.diagnosis.epochs import network_epoch, network_step, softmax_epoch, softmax_step
from grader.diagnosis.jacobian import jacobian
from grader.diagnosis.layers import (
    cross_entropy_loss,
    descent_step,
    euclidean_loss,
    linear_layer,
    relu_layer,
    sigmoid_layer,
)
from grader.diagnosis.likelihood import likelihood, likelihood_gradient
from grader.diagnosis.linear import linear
from grader.diagnosis.logits_loss import softmax_loss
from grader.diagnosis.loss_history import loss_history
from grader.diagnosis.max_pooling import max_pool, max_pool_backward
from grader.diagnosis.mismatch import Candidate
from grader.diagnosis.network import backward, forward
from grader.diagnosis.pass_steps import pass_steps
from grader.diagnosis.perceptron import confusion, perceptron_backward, perceptron_forward
from grader.diagnosis.softmax_classifier import softmax_classifier
from grader.diagnosis.time_delay import time_delay, time_delay_backward
from grader.diagnosis.two_layer import sampled_step, two_layer_loss
from reference.spec import Operation

Family = Callable[[Outcome], Sequence[Candidate]]

FAMILIES: Mapping[Operation, Family] = {
    Operation.RELU: relu,
    Operation.SOFTMAX: softmax_candidates,
    Operation.LINEAR: linear,
    Operation.CROSS_ENTROPY: loss,
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: gradient,
    Operation.SOFTMAX_JACOBIAN: jacobian,
    Operation.LIKELIHOOD: likelihood,
    Operation.LIKELIHOOD_GRADIENT: likelihood_gradient,
    Operation.AVERAGE_POOL: average_pool,
    Operation.AVERAGE_POOL_BACKWARD: average_pool_backward,
    Operation.MAX_POOL: max_pool,
    Operation.MAX_POOL_BACKWARD: max_pool_backward,
    Operation.CONVOLUTION: convolution,
    Operation.CONVOLUTION_BACKWARD: convolution_backward,
    Operation.TIME_DELAY: time_delay,
    Operation.TIME_DELAY_BACKWARD: time_delay_backward,
    Operation.SOFTMAX_CLASSIFIER: softmax_classifier,
    Operation.SOFTMAX_LOSS: softmax_loss,
    Operation.SOFTMAX_STEP: softmax_step,
    Operation.SOFTMAX_EPOCH: softmax_epoch,
    Operation.NETWORK_STEP: network_step,
    Operation.NETWORK_EPOCH: network_epoch,
    Operation.PERCEPTRON_FORWARD: perceptron_forward,
    Operation.PERCEPTRON_BACKWARD: perceptron_backward,
    Operation.CONFUSION_MATRIX: confusion,
    Operation.LINEAR_LAYER: linear_layer,
    Operation.RELU_LAYER: relu_layer,
    Operation.SIGMOID_LAYER: sigmoid_layer,
    Operation.EUCLIDEAN_LOSS: euclidean_loss,
    Operation.CROSS_ENTROPY_LOSS: cross_entropy_loss,
    Operation.DESCENT_STEP: descent_step,
    Operation.COST_GRADIENT: cost_gradient,
    Operation.TWO_LAYER_LOSS: two_layer_loss,
    Operation.SAMPLED_STEP: sampled_step,
    Operation.DECAYED_STEPS: decayed_steps,
    Operation.PASS_STEPS: pass_steps,
    Operation.LOSS_HISTORY: loss_history,
    Operation.PREDICT: prediction,
    Operation.SCORE: score,
    Operation.NETWORK_SCORES: scores,
    Operation.NETWORK_FORWARD: forward,
    Operation.NETWORK_BACKWARD: backward,
}
"""The dictionary of wrong formulas for each operation. Every list names the same mistakes in the same order."""
