"""The loss: the right number for every pair of logit and label, and both of its gradients."""

from collections.abc import Callable

import numpy as np
import pytest

from classifier.graph.layers import Sigmoid
from classifier.graph.loss import BinaryCrossEntropyLoss
from tests.classifier.truth import DTYPES, LOGITS, TRUTH, units

LOSS = BinaryCrossEntropyLoss()
LABELS = [0, 1, 0.5, 0.3, 0.999, 1 - 2**-20, 1e-30]


@pytest.mark.parametrize("dtype", DTYPES)
def test_loss_from_logits_is_within_4_eps_of_the_listed_values(dtype: type) -> None:
    for z, _, _, small, large in TRUTH:
        for logit, label, true in ((z, 1, small), (-z, 0, small), (z, 0, large), (-z, 1, large)):
            got = LOSS.forward_from_logits(np.array([logit], dtype), np.array([label], dtype))[0]
            assert units(got, true, dtype) <= 4, (logit, label)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("label", LABELS)
def test_loss_from_logits_is_within_4_eps_of_mpmath(label: float, dtype: type) -> None:
    mp = pytest.importorskip("mpmath")
    mp.mp.dps = 40
    z, y = LOGITS.astype(dtype), np.full(LOGITS.shape, label, dtype)
    for logit, got in zip(z, LOSS.forward_from_logits(z, y), strict=True):
        label_, logit_ = mp.mpf(float(y[0])), mp.mpf(float(logit))
        true = label_ * mp.log1p(mp.exp(-logit_)) + (1 - label_) * mp.log1p(mp.exp(logit_))
        assert units(got, true, dtype) <= 4, logit


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("label", LABELS)
def test_loss_from_yhat_is_within_4_eps_of_mpmath(label: float, dtype: type) -> None:
    mp = pytest.importorskip("mpmath")
    mp.mp.dps = 40

    yhat = Sigmoid().forward(LOGITS.astype(dtype))
    y = np.full(yhat.shape, label, dtype)
    for p, got in zip(yhat, LOSS.forward(yhat, y), strict=True):
        label_, p_ = mp.mpf(float(y[0])), mp.mpf(float(p))
        log_yhat = mp.mpf(-100) if p == 0 else max(mp.log(p_), mp.mpf(-100))
        log_rest = mp.mpf(-100) if p == 1 else max(mp.log1p(-p_), mp.mpf(-100))
        assert units(got, -(label_ * log_yhat + (1 - label_) * log_rest), dtype) <= 4, p


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("yhat", "y", "loss"),
    [
        (0, 0, 0),
        (1, 1, 0),
        (0, 1, 100),  # where the tutorial has NaN: PyTorch's BCELoss gives 100
        (1, 0, 100),
        (0, 0.5, 50),
        (0.5, 0.5, np.log(2)),
    ],
)
def test_loss_at_the_ends_is_pytorchs(yhat: float, y: float, loss: float, dtype: type) -> None:
    got = LOSS.forward(np.array([yhat], dtype), np.array([y], dtype))[0]
    assert got == pytest.approx(loss, rel=1e-6, abs=0)
    assert not np.signbit(got)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("yhat", "y", "partial"), [(0, 1, -1e12), (1, 0, 1e12), (0, 0, 0), (1, 1, 0), (0.5, 1, -2)])
def test_partial_at_the_ends_is_floored(yhat: float, y: float, partial: float, dtype: type) -> None:
    got = LOSS.backward(np.array([yhat], dtype), np.array([y], dtype)).output_wrt_yhat[0]
    assert got == pytest.approx(partial, rel=1e-6)


def test_partial_is_the_slope_of_the_loss() -> None:
    yhat, h = np.linspace(0.01, 0.99, 99), 1e-7
    for label in (0, 0.3, 1):
        y = np.full_like(yhat, label)
        slope = (LOSS.forward(yhat + h, y) - LOSS.forward(yhat - h, y)) / (2 * h)
        np.testing.assert_allclose(LOSS.backward(yhat, y).output_wrt_yhat, slope, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_fused_gradient_has_no_dead_zone(dtype: type) -> None:
    """For y = 1 and z from −10 to −1000 it is −σ(−z), which is all but −1; the tutorial's turns 0, then NaN."""
    z = np.linspace(-1000, -10, 3000).astype(dtype)
    gradient = LOSS.backward_from_logits(z, np.ones_like(z)).output_wrt_logits
    assert gradient.dtype == dtype
    true = -1 / (1 + np.exp(z.astype(np.float64)))
    assert np.abs(gradient - true).max() <= 4 * np.finfo(dtype).eps
    assert (gradient[z < -40] == -1).all()


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_chain_gives_the_fused_gradient_until_it_saturates(dtype: type) -> None:
    limit = 14 if dtype == np.float32 else 27
    z = np.linspace(-27, limit, 2000).astype(dtype)
    for label in (0, 0.25, 1):
        y = np.full_like(z, label)
        chain = LOSS.backward(Sigmoid().forward(z), y).output_wrt_yhat * Sigmoid().backward(z).output_wrt_x
        fused = LOSS.backward_from_logits(z, y).output_wrt_logits
        np.testing.assert_allclose(chain, fused, rtol=8 * np.finfo(dtype).eps, atol=0)


@pytest.mark.parametrize(("dtype", "z"), [(np.float32, 18), (np.float32, 1e4), (np.float64, 40)])
def test_the_chain_is_dead_and_finite_where_yhat_is_1(dtype: type, z: float) -> None:
    z, y = np.array([z], dtype), np.array([0], dtype)
    loss_wrt_sigmoid = LOSS.backward(Sigmoid().forward(z), y).output_wrt_yhat
    assert np.isfinite(loss_wrt_sigmoid).all()
    assert loss_wrt_sigmoid * Sigmoid().backward(z).output_wrt_x == 0
    assert LOSS.backward_from_logits(z, y).output_wrt_logits == 1


def test_the_tutorials_name_for_backward() -> None:
    assert BinaryCrossEntropyLoss.backwards is BinaryCrossEntropyLoss.backward


@pytest.mark.parametrize("method", [LOSS.forward, LOSS.backward])
@pytest.mark.parametrize(
    ("yhat", "y", "message"),
    [
        ([0.5, 0.5], [1.0], r"one shape, not \(2,\) and \(1,\)"),
        ([1.5], [1.0], "yhat must lie"),
        ([0.5, 0.5], [1.0, -0.1], r"y must lie in \[0, 1\], not \[ 1.  -0.1\]"),
        ([0.5], [1.1], "y must lie"),
        ([-1e-9], [1.0], "yhat must lie"),
        ([np.nan], [1.0], "yhat must lie"),
    ],
)
def test_what_is_no_probability_is_refused(
    method: Callable[..., object], yhat: list[float], y: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        method(np.array(yhat), np.array(y))
