"""The sentence of every diagnosis and note code. Braces name evidence; a test holds codes and sentences together.

Present tense, second person, one cause, the measured quantity in it, at most 30 words.
"""

from collections.abc import Mapping

ADDITIONS: Mapping[str, str] = {
    "nearest": " The name that comes nearest is {nearest}.",
    "set_on": " It is set on line {set_on}, a statement that is not run: write it with def.",
    "own_derivative": " It is the derivative of your own loss: the loss itself is not the one asked for.",
}
"""What a piece of evidence adds to any sentence, where it was found (neither None nor False)."""

SENTENCES: Mapping[str, str] = {
    # loading and calling
    "MISSING": "{name} is not in your file.",
    "NOT_LOADED": "Your file does not load: {exception}{on_line}: {message}",
    "STOPPED_AT_LOAD": "Your file does not load: {detail}",
    "UNFINISHED": "{function} is not finished: it returns no value.",
    "RAISED": "{function} raises {exception}{on_line}: {message}",
    "RAISED_IN": "{function} cannot be judged: {other}, which it calls, raises {exception}{on_line}: {message}",
    "ARITY": "{function} takes the parameters {parameters}; it is called with {asked}.",
    "TIME_LIMIT": "{function} was stopped: {detail}",
    "MEMORY_LIMIT": "{function} was stopped: {detail}",
    "OUTPUT_LIMIT": "{function} was stopped: {detail}",
    "FORBIDDEN": "{function} was stopped: {detail}",
    "CRASHED": "{function} was stopped: {detail}",
    "NO_RESULT": "{function} was stopped: {detail}",
    # what comes back
    "RESULT_TYPE": "{function} returns {returned} for {tensor}; an array of numbers is asked for.",
    "RESULT_COUNT": "{function} returns {returned} values; {expected} are asked for.",
    "RESULT_ORDER": "{function} returns z_o and p in each other's place; the order is z_h, a_h, z_o, p.",
    "KEYS": "The dict that {function} returns has no {missing}; it has {found}.",
    "SHAPE": "{tensor} has shape {shape}; {expected} is asked for.",
    "NOT_FINITE": "{tensor} is {value} at index {nan_at}, where the right value is a finite number.",
    "NOT_DETERMINISTIC": "{function} gives another {tensor} the second time it is called with the same inputs.",
    "MUTATES_INPUT": "{function} changes its argument {argument} in place; the caller's array is spoilt.",
    "HARDCODED_CLASSES": "{function} is right for {classes} classes only: {probes_wrong} of {probes} probes, with other class counts, fail.",
    # factors and signs
    "SIGN": "{tensor} has the wrong sign: {yours} where {expected_value} is right.",
    "TOTAL_NOT_MEAN": "1/N is missing in {subject}: it is the total over the batch, not the average, and with N = {N} that is {N} times too much.",
    "DOUBLE_MEAN": "The division by N happens twice in {subject}: with N = {N} yours is {N} times too small.",
    "DIVIDES_BY_NK": "The division in {subject} is by N times the number of classes; the average over the batch divides by N = {N} only.",
    "DIVIDES_BY_INPUTS": "The division in {subject} is by the number of inputs; the average over the batch divides by N = {N}.",
    "OTHER_DIVISOR": "The average in {subject} is taken with {found} where {asked} is right; N = {N}.",
    "OTHER_FORMULA": "{function} computes {found} where {asked} is asked for: that matches your {wrong} on every probe.",
    "TRANSPOSED": "{wrong} is transposed: yours has shape {shape} where {expected} is asked for.",
    "FACTOR": "One constant factor is wrong in {subject}: yours is {factor} times the right value.",
    "FACTOR_TWO": "There is a factor of 2 too much in {subject}, on {probes_wrong} of {probes} probes.",
    "FACTOR_HALF": "There is a factor of 1/2 too much in {subject}, on {probes_wrong} of {probes} probes.",
    # ReLU
    "RELU_IDENTITY": "relu returns its input unchanged: at index {at} it gives {yours} where 0 is right.",
    "RELU_INT_TRUNCATION": "relu truncates to whole numbers: at index {at} it gives {yours} where {expected_value} is right.",
    "RELU_NEGATIVE_PART": "relu keeps the negative part: at index {at} it gives {yours} where {expected_value} is right.",
    "RELU_STEP": "relu returns 0 or 1, its derivative: at index {at} it gives {yours} where {expected_value} is right.",
    "RELU_ABSOLUTE": "relu returns the absolute value: at index {at} it gives {yours} where 0 is right.",
    "RELU_LEAKY": "relu lets part of the negative side through: at index {at} it gives {yours} where {expected_value} is right.",
    # softmax
    "SOFTMAX_AXIS": "The softmax runs over the batch (axis 0); each row is one example and must sum to 1 (axis 1).",
    "SOFTMAX_WHOLE_MATRIX": "The softmax divides by the sum of the whole matrix; each row must sum to 1 by itself.",
    "SOFTMAX_NOT_NORMALISED": "The exponentials are not divided by the sum of their row: at index {at} yours is {yours}, right is {expected_value}.",
    "SOFTMAX_LOG": "{function} takes the logarithm of the softmax: at index {at} yours is {yours} where {expected_value} is right.",
    "SOFTMAX_TWICE": "A softmax is applied twice: yours is {yours} where {expected_value} is right.",
    "SOFTMAX_SIGN": "The softmax takes the exponential of minus the logits: the largest logit gets the smallest probability.",
    "SOFTMAX_IS_SIGMOID": "{function} takes a sigmoid of each logit, not the softmax; the rows of a softmax sum to 1.",
    "SOFTMAX_UNSTABLE": "softmax overflows at logits of 1000: it gives {value} at index {nan_at}; subtract the largest logit of each row first.",
    "GLOBAL_MAX_SHIFT": "softmax subtracts the largest logit of the whole matrix: rows lower by 1000 become 0/0 ({value} at index {nan_at}).",
    # linear layer
    "BIAS_IGNORED": "The bias is not added: at index {at} of {tensor} yours is {yours}, right is {expected_value}.",
    "BIAS_SUBTRACTED": "The bias is subtracted: at index {at} of {tensor} yours is {yours}, right is {expected_value}.",
    "BIAS_MULTIPLIED": "The bias is multiplied in, not added: at index {at} yours is {yours}, right is {expected_value}.",
    # cross-entropy
    "LOG_ZERO": "{function} takes the logarithm of 0: it gives {value} where the target is 0 too and the term counts as 0.",
    "LOSS_NOT_REDUCED": "{function} returns one loss per example, shape {shape}; their average, one number, is asked for.",
    "ARGUMENTS_SWAPPED": "{function} takes target and prediction the other way round: the first argument is the target.",
    "LOG_BASE": "{function} uses another logarithm than the natural one: it gives {yours} where {expected_value} is right.",
    "BINARY_CROSS_ENTROPY": "{function} adds the terms of binary cross-entropy: it gives {yours} where {expected_value} is right.",
    "LOSS_ON_ARGMAX": "{function} counts wrong class numbers: it gives {yours} where the cross-entropy is {expected_value}.",
    # gradient by the logits
    "MEAN_OVER_BATCH_SHAPE": "Your gradient is the mean over the batch, shape {shape}; the loss needs one row per example, {expected}.",
    "SUM_OVER_BATCH_SHAPE": "Your gradient is summed over the batch, shape {shape}; the loss needs one row per example, {expected}.",
    "MEAN_OVER_CLASSES_SHAPE": "Your gradient is the mean over the classes, shape {shape}; each logit has a derivative of its own, {expected}.",
    "SUM_OVER_CLASSES_SHAPE": "Your gradient is summed over the classes, shape {shape}; each logit has a derivative of its own, {expected}.",
    "SCALAR_GRADIENT": "Your gradient is a single number; each logit has a derivative of its own, shape {expected}.",
    "GRAD_WRT_PROB": "Your gradient is -target/p, the derivative by the softmax's outputs; the one by the logits is asked for.",
    "CE_WITHOUT_SOFTMAX": "The softmax is missing: the logits are used where the probabilities belong ({yours} where {expected_value} is right).",
    "TARGET_IGNORED": "The target is not subtracted: at index {at} yours is {yours} where {expected_value} is right.",
    # backward pass
    "ACTIVATION_MISSING": "The hidden layer has no ReLU: at index {at} of {tensor} yours is {yours}, right is {expected_value}.",
    "RELU_MASK_MISSING": "The ReLU mask is missing in {wrong}: units that are off pass their gradient on.",
    "RELU_MASK_INVERTED": "The ReLU mask is inverted in {wrong}: only units that are off pass their gradient on.",
    "RELU_BACKWARD_USES_OUTPUT": "The derivative used for ReLU in {wrong} is its value, not 1 where z_h is positive and 0 elsewhere.",
    "RELU_BACKWARD_USES_UPSTREAM": "The ReLU mask in {wrong} looks at the sign of the gradient, not at the sign of z_h.",
    "ACT_DERIV_OF_PREACT": "The derivative used in {wrong} is a function of z_h other than ReLU's, which is 1 or 0.",
    "PREACT_USED_AS_ACTIVATION": "z_h is used where the activation a_h = relu(z_h) belongs, in {wrong}.",
    "UPSTREAM_TIMES_GRADW": "The gradient is sent back through dW_o; it goes back through the weights w_o (in {wrong}).",
    "SOFTMAX_DERIVATIVE_TWICE": "p - target already holds the softmax's derivative; p(1 - p) is multiplied in once more.",
    "BIAS_NOT_SUMMED": "The batch is not summed over in {wrong}: yours has shape {shape}, right is {expected}.",
    "BIAS_MEAN": "The batch is averaged once more in {wrong}; the rows of delta already carry 1/N and are summed.",
    "BIAS_SHAPE": "The shape is wrong in {wrong}: yours is {shape}; one number for each unit, {expected}, is asked for.",
    "BIAS_WRONG_AXIS": "The sum in {wrong} runs over the units; it runs over the batch (axis 0).",
    "BIAS_NO_GRADIENT": "The bias gets no gradient: {wrong} holds zeros only.",
    # training
    "PARAMS_NOT_UPDATED": "The parameters do not change from one step to the next (lr = {lr}).",
    "SOME_PARAMS_NOT_UPDATED": "{frozen}: no step changes these parameters (lr = {lr}).",
    "EPOCHS_OFF_BY_ONE": "The number of steps is off by one: a training of one epoch is not one step of lr = {lr} times the gradient away from one of none.",
    "NO_MOMENTUM": "The momentum is not used: each step is lr times the gradient, without gamma = {gamma} times the velocity.",
    "ASCENT": "The gradient is added, not subtracted: the loss climbs.",
    "MOMENTUM_USES_WEIGHT": "The velocity is made of gamma times the weight; it is gamma times the previous velocity.",
    "MOMENTUM_DAMPED": "The gradient is scaled by 1 − gamma in the velocity; here v = gamma v + lr gradient with gamma = {gamma}.",
    "MOMENTUM_SIGN": "The velocity is subtracted from the new step instead of added: gamma = {gamma} has the wrong sign.",
    "NESTEROV": "The step is Nesterov's; here v = gamma v + lr gradient and w = w - v.",
    "GRADIENT_NOT_USED": "The steps do not use the gradient: only gamma = {gamma} times the velocity moves the weights.",
    "DIVERGED": "Training diverges: {tensor} holds numbers that are not finite.",
    "DOES_NOT_LEARN": "Your network reaches {accuracy} on digits it has not seen, hardly above the {chance} of guessing; {threshold} passes.",
    "ACCURACY_BELOW_THRESHOLD": "Your network reaches {accuracy} on digits it has not seen; {threshold} passes, and the reference reaches {reference} on the same split.",
    "FOLLOWS_FROM": "Training fails because of {cause}: your loop steps as its gradient says, so correct that first.",
    "UNKNOWN": "{function} is wrong on {probes_wrong} of {probes} probes; the cause is unknown: no known mistake explains the numbers.",
}

NOTES: Mapping[str, str] = {
    # how the upload was read (submissions.intake)
    "DECODED_AS": "{name} was read as {encoding}, as its first lines say.",
    "MAGICS_DROPPED": "{count} notebook commands were not run: {statements}",
    "FILES_IGNORED": "{count} files of your archive are not Python and were left out: {names}.",
    "ENTRY_CHOSEN": "{name} is the file that is graded; the archive holds {files}.",
    # how the file was loaded and what was accepted
    "SKIPPED_AT_LOAD": "Not run when loading your file: {what}.",
    "STAND_IN": "{module} is not here and is replaced by a stand-in; it is an error only where a graded function uses it.",
    "SPELLING": "{found} counts as {asked}.",
    "FLOAT32": "{function} returns float32: accepted, with the tolerance of float32.",
    "LIST_RESULT": "{function} returns a list: accepted as an array.",
    "HARMLESS_SHAPE": "{tensor} has shape {shape} instead of {expected}: accepted.",
    "COLUMN_CONVENTION": "Your batches are columns where the handout has rows: accepted, everything was transposed.",
    "GRADED_ON_OWN": "{function} is right given your own {given}, and was graded on those: a mistake there costs its own part only.",
    "FLOAT32_INSIDE": "{function} agrees to the precision of float32: accepted.",
    "LOW_PRECISION": "{function} agrees only to {error}: float32 inside, or a finite difference instead of a derivative.",
}
