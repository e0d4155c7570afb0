### Hand-in 2, neural net classifier
# pieces: the starter, cs231n.github.io/neural-networks-case-study, week 5 lecture notes
import numpy as np


def one_in_k_encoding(vec, k):
    """ One-in-k encoding of vector to k classes (from the starter) """
    n = vec.shape[0]
    enc = np.zeros((n, k))
    enc[np.arange(n), vec] = 1
    return enc


def softmax(X):
    # log-sum-exp trick from the note of hand-in 1
    x_max = np.amax(X, axis=1, keepdims=True)
    log_sum = x_max + np.log(np.sum(np.exp(X - x_max), axis=1, keepdims=True))
    return np.exp(X - log_sum)


def relu(x):
    # https://stackoverflow.com/questions/32109319 : x * (x > 0) is the fastest
    return x * (x > 0)


def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.normal(0, np.sqrt(2. / input_dim), size=(input_dim, hidden_size))
    b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2. / hidden_size), size=(hidden_size, output_size))
    b2 = np.zeros((1, output_size))
    return {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}


class NetClassifier():

    def __init__(self):
        """ Fit sets these """
        self.params = None
        self.history = None  # NOT at class level, lists there are shared by all nets

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        # evaluate class scores (cs231n)
        hidden_layer = np.maximum(0, np.dot(X, params['W1']) + params['b1'])
        scores = np.dot(hidden_layer, params['W2']) + params['b2']
        predicted_class = np.argmax(scores, axis=1)
        return predicted_class

    def score(self, X, y, params=None):
        pred = self.predict(X, params)
        # number of hits over number of points
        return np.count_nonzero(pred == y) / y.shape[0]

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = params['W1'], params['b1'], params['W2'], params['b2']
        labels = one_in_k_encoding(y, W2.shape[1])
        num_examples = X.shape[0]

        # ---- forward (lecture notes) ----
        z1 = X @ W1 + b1
        a1 = relu(z1)
        z2 = a1 @ W2 + b2
        probs = softmax(z2)

        # ---- cost (cs231n) ----
        correct_logprobs = -np.log(probs[range(num_examples), y])
        data_loss = np.sum(correct_logprobs) / num_examples
        reg_loss = reg * np.sum(W1 * W1) + reg * np.sum(W2 * W2)
        cost = data_loss + reg_loss

        # ---- backward ----
        delta2 = (probs - labels) / num_examples
        d_w2 = np.dot(a1.T, delta2)
        d_b2 = np.sum(delta2, axis=0, keepdims=True)
        delta1 = np.dot(delta2, W2.T)
        # backprop the ReLU non-linearity
        delta1[z1 <= 0] = 0
        d_w1 = np.dot(X.T, delta1)
        d_b1 = np.sum(delta1, axis=0, keepdims=True)
        # don't forget the regularization gradient! (0.5 is not there in our course, so times 2)
        d_w2 += 2 * reg * W2
        d_w1 += 2 * reg * W1
        return cost, {'d_w1': d_w1, 'd_w2': d_w2, 'd_b1': d_b1, 'd_b2': d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params['W1'].copy()
        b1 = init_params['b1'].copy()
        W2 = init_params['W2'].copy()
        b2 = init_params['b2'].copy()
        params = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
        hist = {'train_loss': [], 'train_acc': [], 'val_loss': [], 'val_acc': []}
        for epoch in range(epochs):
            # shuffle, from the SGD slide
            idx = np.arange(X_train.shape[0])
            np.random.shuffle(idx)
            n_batches = int(np.ceil(len(idx) / batch_size))
            for i in range(n_batches):
                mb = idx[i * batch_size:(i + 1) * batch_size]
                _, grads = self.cost_grad(X_train[mb], y_train[mb], params, reg=reg)
                # perform a parameter update
                params['W1'] = params['W1'] - lr * grads['d_w1']
                params['b1'] = params['b1'] - lr * grads['d_b1']
                params['W2'] = params['W2'] - lr * grads['d_w2']
                params['b2'] = params['b2'] - lr * grads['d_b2']
            train_loss, _ = self.cost_grad(X_train, y_train, params, reg)
            val_loss, _ = self.cost_grad(X_val, y_val, params, reg)
            hist['train_loss'].append(train_loss)
            hist['train_acc'].append(self.score(X_train, y_train, params))
            hist['val_loss'].append(val_loss)
            hist['val_acc'].append(self.score(X_val, y_val, params))
            # print('epoch', epoch, train_loss, val_loss)
        self.params = params
        self.history = hist
