# n runs over examples, i over inputs, o over outputs, j and k over classes; repeated indices are summed.
# d_xx stands for dL/d(xx), L the scalar loss.
import numpy as np


class FCLayer:
    """y_no = x_ni W_io + b_o"""

    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        variance = {'relu': 2.0}.get(actFunction, 1.0) / num_input
        self.W = np.random.normal(0.0, np.sqrt(variance), (num_input, num_output))
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, Input):
        self.x = Input
        return np.einsum('ni,io->no', Input, self.W, optimize=True) + self.b

    def backward(self, delta):
        # dL/dW_io = x_ni delta_no ; dL/db_o = sum_n delta_no ; dL/dx_ni = delta_no W_io
        self.grad_W = np.einsum('ni,no->io', self.x, delta, optimize=True)
        self.grad_b = np.einsum('no->o', delta).reshape(1, -1)
        d_x = np.einsum('no,io->ni', delta, self.W, optimize=True)
        return d_x


class ReLULayer:
    """y = x theta(x)"""

    trainable = False

    def forward(self, Input):
        self.theta = np.heaviside(Input, 0.0)
        return self.theta * Input

    def backward(self, delta):
        return np.einsum('ni,ni->ni', self.theta, delta)


class SigmoidLayer:
    """Fermi function f(x) = 1/(1 + e^-x) = (1 + tanh(x/2))/2, with f' = f (1 - f) = 1/4 sech^2(x/2)"""

    trainable = False

    def forward(self, Input):
        f = 0.5 * (1 + np.tanh(0.5 * Input))
        self.f = f
        return f

    def backward(self, delta):
        return np.einsum('ni,ni,ni->ni', delta, self.f, 1 - self.f)


class EuclideanLossLayer:
    """L = 1/(2N) r_nk r_nk, r = logit - gt"""

    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        N = logit.shape[0]
        r = logit - gt
        self.d_logit = r / N
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        self.loss = np.einsum('nk,nk->', r, r) / (2 * N)
        return self.loss

    def backward(self):
        return self.d_logit


class SoftmaxCrossEntropyLossLayer:
    """L = 1/N sum_n (ln Z_n - gt_nk logit_nk), ln Z_n the free energy of a row"""

    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        N = logit.shape[0]
        # measure energies from the ground state of every row
        e = logit - np.max(logit, axis=1)[:, None]
        boltzmann = np.exp(e)
        Z = np.einsum('nk->n', boltzmann)
        self.p = np.einsum('nk,n->nk', boltzmann, 1 / Z)
        self.gt = gt
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        self.loss = (np.log(Z).sum() - np.einsum('nk,nk->', gt, e)) / N
        return self.loss

    def backward(self):
        # dL/dlogit_nj = 1/N gt_nk (p_nj - kron_jk)
        N, K = self.gt.shape
        jac = self.p[:, :, None] - np.eye(K)
        return np.einsum('nk,njk->nj', self.gt, jac) / N


class SGD:
    """Overdamped motion: each step shrinks W by 1 - eta lambda and slides down the slope."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        eta, lam = self.learningRate, self.weightDecay
        shrink = 1 - eta * lam
        for layer in filter(lambda l: l.trainable, model.layerList):
            layer.W = shrink * layer.W - eta * layer.grad_W
            layer.b = layer.b - eta * layer.grad_b
