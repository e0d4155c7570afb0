import numpy as np


def compute_class_scores(weights, one_example):
    """Computes the score of every class for one single example."""
    number_of_inputs = weights.shape[0]
    number_of_classes = weights.shape[1]
    class_scores = []
    for class_index in range(number_of_classes):
        score = 0.0
        for input_index in range(number_of_inputs):
            score = score + one_example[input_index] * weights[input_index][class_index]
        class_scores.append(score)
    return class_scores


def scores_to_probabilities(class_scores):
    """Turns the scores of one example into probabilities that sum to one."""
    # first find the largest score so that exp does not overflow
    largest_score = class_scores[0]
    for score in class_scores:
        if score > largest_score:
            largest_score = score

    exponentials = []
    sum_of_exponentials = 0.0
    for score in class_scores:
        exponential = np.exp(score - largest_score)
        exponentials.append(exponential)
        sum_of_exponentials = sum_of_exponentials + exponential

    probabilities = []
    for exponential in exponentials:
        probabilities.append(exponential / sum_of_exponentials)
    return probabilities


def softmax_classifier(W, input, label, lamda):
    number_of_examples = len(input)
    number_of_inputs = W.shape[0]
    number_of_classes = W.shape[1]

    total_loss = 0.0
    gradient = np.zeros((number_of_inputs, number_of_classes))
    prediction = []

    # go through the examples one by one
    for example_index in range(number_of_examples):
        one_example = input[example_index]
        class_scores = compute_class_scores(W, one_example)
        probabilities = scores_to_probabilities(class_scores)

        # loss: only the true class counts because the label is one-hot
        for class_index in range(number_of_classes):
            if label[example_index, class_index] == 1:
                total_loss = total_loss - np.log(probabilities[class_index] + 1e-15)

        # gradient: each class has its own column
        for class_index in range(number_of_classes):
            difference = probabilities[class_index] - label[example_index, class_index]
            for input_index in range(number_of_inputs):
                gradient[input_index, class_index] += one_example[input_index] * difference

        # prediction: remember which class has the best probability so far
        best_class = 0
        for class_index in range(number_of_classes):
            if probabilities[class_index] > probabilities[best_class]:
                best_class = class_index
        prediction.append(best_class)

    # take the averages
    average_loss = total_loss / number_of_examples
    gradient = gradient / number_of_examples

    # the regularization is not divided by the number of examples
    sum_of_squares = 0.0
    for input_index in range(number_of_inputs):
        for class_index in range(number_of_classes):
            weight = W[input_index, class_index]
            sum_of_squares += weight ** 2
            gradient[input_index, class_index] += lamda * weight

    loss = average_loss + 0.5 * lamda * sum_of_squares
    return loss, gradient, np.array(prediction)
