"""Multinomial logistic regression with a ridge penalty, from my R script (crossprod, outer, apply)."""
import numpy as np


def crossprod(A, B):
    return A.T @ B


def sweep(M, v):
    """sweep(M, 1, v, '-') of R."""
    return M - np.outer(v, np.ones(M.shape[1]))


def log_sum_exp(eta_i):
    total = eta_i[0]
    for eta_ik in eta_i[1:]:
        total = np.logaddexp(total, eta_ik)
    return total


def softmax_classifier(W, input, label, lamda):
    design, indicator, beta = input, label, W
    n_obs, n_par = design.shape
    eta = design @ beta
    normaliser = np.apply_along_axis(log_sum_exp, 1, eta)
    log_pi = sweep(eta, normaliser)
    pi = np.exp(log_pi)

    # deviance / 2 per observation, plus the ridge
    neg_log_lik = -np.trace(crossprod(indicator, log_pi)) / n_obs
    penalty = lamda / 2 * np.trace(crossprod(beta, beta))

    # score equations, one outer product for each observation
    score = np.zeros((n_par, beta.shape[1]))
    for x_i, y_i, pi_i in zip(design, indicator, pi):
        score += np.outer(x_i, y_i - pi_i)
    gradient = -score / n_obs + lamda * beta

    fitted_class = np.apply_along_axis(np.argmax, 1, pi)
    return neg_log_lik + penalty, gradient, fitted_class
