"""NumPy as students use it. Each function returns what a grader outside must find equal to its own."""
import numpy as np

A = np.arange(12.0).reshape(4, 3) ** 1.5 - 5
S = A.T @ A + np.eye(3)


def legacy_random():
    np.random.seed(3)
    return [np.random.rand(2, 2), np.random.randn(3), np.random.randint(0, 9, 4), np.random.permutation(5),
            np.random.choice(6, 3, replace=False), np.random.uniform(-1, 1, 3), np.random.normal(0, 2, 3),
            np.random.binomial(5, 0.5, 3), np.random.RandomState(1).standard_normal(2), np.random.gamma(2.0, size=2)]


def generator():
    rng = np.random.default_rng(5)
    shuffled = np.arange(6)
    rng.shuffle(shuffled)
    return [rng.standard_normal(3), rng.integers(0, 9, 4), rng.permutation(5), rng.choice(6, 3), rng.random(2), shuffled,
            np.random.Generator(np.random.MT19937(2)).normal(size=2), rng.dirichlet(np.ones(3)),
            np.random.Generator(np.random.Philox(2)).random(2), np.random.Generator(np.random.SFC64(2)).random(2)]


def einsum():
    return [np.einsum("ij,kj->ik", A, A), np.einsum("ij,kj,kl->il", A, A, A, optimize=True),
            np.einsum("ij,kj,kl->il", A, A, A, optimize="optimal"), np.einsum("ii", S), np.tensordot(A, A, axes=([1], [1]))]


def products():
    return [A @ A.T, np.dot(A, S), np.outer(A[0], A[1]), np.kron(S, S), np.inner(A, A), np.vdot(A, A), np.cross(A[0], A[1]),
            np.matmul(A, S), np.linalg.multi_dot([A, S, A.T]), (A.astype(np.float32) @ S.astype(np.float32))]


def linear_algebra():
    q, r = np.linalg.qr(A)
    u, s, vt = np.linalg.svd(A, full_matrices=False)
    values, vectors = np.linalg.eigh(S)
    return [q @ r, (u * s) @ vt, vectors @ np.diag(values) @ vectors.T, np.linalg.inv(S), np.linalg.solve(S, A[0]),
            np.linalg.lstsq(A, A[:, 0], rcond=None)[0], np.linalg.cholesky(S), np.linalg.det(S), np.linalg.pinv(A),
            np.sort(np.linalg.eigvals(S).real), np.linalg.norm(A), np.linalg.norm(A, axis=1), np.linalg.matrix_rank(A),
            np.linalg.matrix_power(S, 3), np.linalg.cond(S), np.linalg.slogdet(S)[1], np.linalg.eig(S)[0].real.sum()]


def fourier():
    return [np.abs(np.fft.fft(A)), np.fft.ifft(np.fft.fft(A)).real, np.fft.rfft(A[0]).real, np.fft.fftfreq(5),
            np.abs(np.fft.fft2(A)), np.fft.fftshift(A)]


def polynomials():
    p = np.polynomial.Polynomial([1.0, 2.0, 3.0])
    return [p(A), p.deriv()(2.0), np.polyfit(A[:, 0], A[:, 1], 2), np.polyval([1, 2, 3], A), np.sort(np.roots([1, -3, 2])),
            np.polynomial.chebyshev.chebval(0.5, [1, 2, 3]), np.polynomial.legendre.legval(0.5, [1, 2, 3])]


def shapes():
    return [np.pad(A, 1), np.lib.stride_tricks.sliding_window_view(A, (2, 2)).sum(axis=(2, 3)), np.convolve(A[0], A[1], "same"),
            np.correlate(A[0], A[1]), np.roll(A, 1), np.concatenate([A, A]), np.stack([A, A]).sum(0), np.tile(A, 2),
            np.repeat(A, 2, 0), np.split(A, 2)[0], np.flip(A), np.rot90(A), np.moveaxis(A[None], 0, 1)[:, 0], np.block([[A], [A]])]


def reductions():
    return [A.mean(), A.std(axis=0), np.var(A), np.median(A), np.percentile(A, 30), np.quantile(A, 0.3), np.cumsum(A),
            np.histogram(A, 4)[0], np.unique(np.sign(A)), np.argsort(A, axis=1), np.bincount([1, 1, 3]), np.add.reduceat(A, [0, 2]),
            np.searchsorted([1, 2, 3], 2.5), np.cov(A.T), np.corrcoef(A.T), np.gradient(A[:, 0]), np.interp(2.5, [1, 2, 3], [4, 5, 6])]


def functions():
    with np.errstate(all="ignore"):
        return [np.exp(-A), np.log1p(np.abs(A)), np.tanh(A), np.maximum(A, 0), np.where(A > 0, A, 0.01 * A), np.clip(A, -1, 1),
                np.logaddexp(A, 0), np.logaddexp.reduce(A, axis=1), np.vectorize(lambda v: max(v, 0.0))(A),
                np.apply_along_axis(np.sum, 1, A), np.add.outer(A[0], A[1]), np.ma.masked_less(A, 0).filled(0), np.nan_to_num(A / 0),
                np.fromfunction(lambda i, j: i + j, (2, 2)), np.heaviside(A, 0.5), np.piecewise(A, [A < 0], [0.0, 1.0])]


def large():
    big = np.ones((2000, 2000))
    return [np.array([(big @ big[:, :2]).sum(), big.sum()])]


def state_of_numpy():
    before = np.seterr(all="ignore", divide="warn")
    np.set_printoptions(precision=3, suppress=True)
    np.seterr(**before)
    np.random.set_state(np.random.get_state())
    return [np.array([len(repr(A)), len(str(A))])]
