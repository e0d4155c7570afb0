# Softmax classifier.  axes:  n examples,  d inputs,  c classes
import numpy as np


def softmax_classifier(W, input, label, lamda):
    n_examples = len(input)
    n_classes = W.shape[1]

    loss = 0.0
    G_dc = np.zeros(W.shape)
    prediction = np.zeros(n_examples, dtype=int)

    for n in range(n_examples):
        x_d = input[n]
        t_c = label[n]
        s_c = np.einsum("d,dc->c", x_d, W)

        # biggest score of this example
        best = 0
        for c in range(1, n_classes):
            if s_c[c] > s_c[best]:
                best = c
        prediction[n] = best

        e_c = np.exp(s_c - s_c[best])
        total = np.einsum("c->", e_c)
        z_c = e_c / total

        # log z = s - best - log(total)
        logz_c = s_c - s_c[best] - np.log(total)
        loss = loss - np.einsum("c,c->", t_c, logz_c)

        # ds/dW[d, c] = x[d]
        G_dc = G_dc + np.einsum("d,c->dc", x_d, z_c - t_c)

    loss = loss / n_examples
    G_dc = G_dc / n_examples

    loss = loss + lamda / 2 * np.einsum("dc,dc->", W, W)
    G_dc = G_dc + lamda * W
    return loss, G_dc, prediction
