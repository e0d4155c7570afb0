"""Style: 很长的中文注释 (long comments in Chinese), Greek variable names, subgradient 1 at zero."""
import numpy as np

# 这是一个只有一个隐藏层的神经网络。每一行是一个样本,每一列是一个特征。
# 前向传播:先线性变换,再用 ReLU 激活,最后用 softmax 得到每一类的概率。
# 反向传播:链式法则,从输出层开始,一层一层往回算。


def relu(x):
    """线性整流函数"""
    return np.maximum(0, x)


def softmax(logits):
    """减去每一行的最大值,防止指数溢出。"""
    ε = np.exp(logits - logits.max(axis=1, keepdims=True))
    return ε / ε.sum(axis=1, keepdims=True)


def compute_layer(x, w, b):
    """线性层"""
    return x @ w + b


def average_ce(target, prediction):
    """平均交叉熵。加一个很小的数,避免 log(0)。"""
    return -np.sum(target * np.log(prediction + 1e-15)) / target.shape[0]


def grad_ce(target, logits):
    """对 logits 求导:(p - t) / N"""
    return (softmax(logits) - target) / target.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    δ_o = (p - target) / x.shape[0]  # 输出层误差
    δ_h = (δ_o @ w_o.T) * (z_h >= 0)  # 隐藏层误差,零点处的次梯度取一
    return x.T @ δ_h, δ_h.sum(axis=0, keepdims=True), a_h.T @ δ_o, δ_o.sum(axis=0, keepdims=True)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    """动量梯度下降"""
    随机 = np.random.default_rng(seed)
    权重 = [随机.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden)), np.zeros((1, hidden)),
          随机.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    速度 = [np.zeros_like(w) for w in 权重]
    for 轮 in range(epochs):
        梯度 = backward_prop(x, t, *权重)
        速度 = [gamma * v + lr * g for v, g in zip(速度, 梯度)]
        权重 = [w - v for w, v in zip(权重, 速度)]
        if 轮 % 50 == 0:
            print("第", 轮, "轮")
    return {"w_h": 权重[0], "b_h": 权重[1], "w_o": 权重[2], "b_o": 权重[3]}
