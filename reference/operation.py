"""Which family of known wrong formulas a diagnosis tries on a function."""

from enum import StrEnum


class Operation(StrEnum):
    """What a function computes; grader.diagnosis.FAMILIES has the mistakes known of each."""

    RELU = "relu"
    SOFTMAX = "softmax"
    SOFTMAX_JACOBIAN = "softmax_jacobian"
    LINEAR = "linear"
    CROSS_ENTROPY = "cross_entropy"
    SOFTMAX_CROSS_ENTROPY_GRADIENT = "softmax_cross_entropy_gradient"
    LIKELIHOOD = "likelihood"
    LIKELIHOOD_GRADIENT = "likelihood_gradient"
    AVERAGE_POOL = "average_pool"
    AVERAGE_POOL_BACKWARD = "average_pool_backward"
    MAX_POOL = "max_pool"
    MAX_POOL_BACKWARD = "max_pool_backward"
    CONVOLUTION = "convolution"
    CONVOLUTION_BACKWARD = "convolution_backward"
    COST_GRADIENT = "cost_gradient"
    PREDICT = "predict"
    SCORE = "score"
    SOFTMAX_CLASSIFIER = "softmax_classifier"
    NETWORK_FORWARD = "network_forward"
    NETWORK_BACKWARD = "network_backward"
    TRAIN = "train"
    OTHER = "other"
