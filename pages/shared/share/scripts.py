"""An experiment as a program that stands alone: plain NumPy in the tutorial's style, or PyTorch. Pure strings.

Both print the running loss of every epoch and reproduce ours. They draw the start as we do, by NumPy's RandomState,
also for PyTorch, whose own generator draws other numbers.
"""

from dataclasses import fields
from typing import Final

from classifier import Experiment
from classifier.experiment.validation import title

_HEAD: Final = '''"""{about}

Each line it prints is a number of epochs trained, and the loss of each sample just before its own update, summed over
the epoch that ended there. Sums are rounded in another order than in the playground, so that the last digits of the
precision may differ; where the loss jumps to and fro, such a difference grows.
"""

import numpy as np
{imports}
# {input_names}
INPUTS = {inputs}
{scaling}# {label_names}
LABELS = {labels}
EPOCHS = {epochs}
RATES = {learning_rate}  # from that epoch on, counted from 0: the learning rate
DTYPE = np.{dtype}
SEED = {seed}
INITIAL = {initial}  # initial weights, a row per output, the bias last; None: drawn by the seed


def initial_weights(in_features, out_features):
    if INITIAL is not None:
        given = np.array(INITIAL).astype(DTYPE)
        return given[:, :-1].copy(), given[:, -1].copy()
    rng = np.random.RandomState(SEED)
    weight = rng.standard_normal((out_features, in_features)).astype(DTYPE)
    return weight, rng.standard_normal(out_features).astype(DTYPE)


def learning_rate(epoch):
    return [rate for start, rate in RATES if start <= epoch][-1]


'''

_ELSEWHERE: Final = ("schedule", "route", "scaling")  # in RATES, in the code below, and in a comment

_NUMPY: Final = """class Linear:
    def __init__(self, in_features, out_features):
        self.weight, self.bias = initial_weights(in_features, out_features)

    def forward(self, x):
        return self.weight @ x + self.bias  # z: (out,)

    def backward(self, x):
        return x, np.ones_like(self.bias)  # ∂z/∂W: (in,), ∂z/∂b: (out,)


class Sigmoid:
    def forward(self, z):
        e = np.exp(-np.abs(z))  # never of a positive number, so nothing overflows
        return np.where(z >= 0, 1, e) / (1 + e)  # ŷ: (out,)

    def backward(self, z):
        yhat = self.forward(z)
        return yhat * (1 - yhat)  # ∂ŷ/∂z: (out,)


class BinaryCrossEntropyLoss:
    def forward_from_logits(self, z, y):
        # -[y log ŷ + (1 - y) log(1 - ŷ)] with ŷ = σ(z) put in
        return np.abs(z) * np.abs((z > 0) - y) + np.log1p(np.exp(-np.abs(z)))  # L: (out,)

    def backward(self, yhat, y):
        return (yhat - y) / np.maximum(yhat * (1 - yhat), DTYPE(1e-12))  # ∂L/∂ŷ: (out,)


class MyNetwork:
    def __init__(self, in_features, out_features):
        self.linear1 = Linear(in_features, out_features)
        self.sigmoid = Sigmoid()
        self.loss = BinaryCrossEntropyLoss()

    def forward_loss(self, x, y):
        return self.loss.forward_from_logits(self.linear1.forward(x), y).sum(dtype=np.float64)

    def update_weights(self, x, y, lr):
        z = self.linear1.forward(x)
        yhat = self.sigmoid.forward(z)
        linear1_wrt_weight, linear1_wrt_bias = self.linear1.backward(x)
{route}
        loss_wrt_weight = np.outer(loss_wrt_linear1, linear1_wrt_weight)  # (out, in)
        loss_wrt_bias = loss_wrt_linear1 * linear1_wrt_bias  # (out,)
        self.linear1.weight = self.linear1.weight - lr * loss_wrt_weight
        self.linear1.bias = self.linear1.bias - lr * loss_wrt_bias


inputs, labels = np.array(INPUTS).astype(DTYPE), np.array(LABELS).astype(DTYPE)
net = MyNetwork(inputs.shape[1], labels.shape[1])
for epoch in range(EPOCHS):
    lr, total_loss = DTYPE(learning_rate(epoch)), 0.0
    for x, y in zip(inputs, labels):
        total_loss += float(net.forward_loss(x, y))
        net.update_weights(x, y, lr)
    print(epoch + 1, total_loss)
"""

_NUMPY_ROUTES: Final = {
    "fused": """
        loss_wrt_linear1 = yhat - y  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z, multiplied out on paper: (out,)
""",
    "chain": """
        loss_wrt_sigmoid = self.loss.backward(yhat, y)
        sigmoid_wrt_linear1 = self.sigmoid.backward(z)
        loss_wrt_linear1 = loss_wrt_sigmoid * sigmoid_wrt_linear1  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z: (out,)
""",
}

_TORCH: Final = """inputs, labels = (torch.from_numpy(np.array(table).astype(DTYPE)) for table in (INPUTS, LABELS))
linear1 = torch.nn.Linear(inputs.shape[1], labels.shape[1])
weight, bias = initial_weights(linear1.in_features, linear1.out_features)
linear1.weight = torch.nn.Parameter(torch.from_numpy(weight))
linear1.bias = torch.nn.Parameter(torch.from_numpy(bias))
optimizer = torch.optim.SGD(linear1.parameters(), lr=RATES[0][1])
bce_with_logits = torch.nn.BCEWithLogitsLoss(reduction="sum")
{loss}
for epoch in range(EPOCHS):
    total_loss = 0.0
    for group in optimizer.param_groups:
        group["lr"] = learning_rate(epoch)
    for x, y in zip(inputs, labels):
        optimizer.zero_grad()
        z = linear1(x)
        {backward}
        optimizer.step()
        total_loss += float(bce_with_logits(z.detach(), y))
    print(epoch + 1, total_loss)
"""

_TORCH_ROUTES: Final = {
    "fused": ("", "bce_with_logits(z, y).backward()  # ∂L/∂z = ŷ - y, formed in one step"),
    "chain": (
        'bce = torch.nn.BCELoss(reduction="sum")\n',
        "bce(torch.sigmoid(z), y).backward()  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z, the product of two",
    ),
}


def refused(experiment: Experiment) -> str:
    """Say why there is no script of an experiment: a field that the templates do not know would be left out."""
    unknown = [
        title(field.name)
        for field in fields(experiment)
        if f"{{{field.name}}}" not in _HEAD
        and field.name not in _ELSEWHERE
        and getattr(experiment, field.name) != field.default
    ]
    return f"No script can say this yet: {', '.join(unknown)}." if unknown else ""


def numpy_script(experiment: Experiment) -> str:
    """Write the experiment as a program that needs NumPy alone; ValueError for what `refused` names."""
    head = _head(experiment, "An experiment of Backprop by Hand, in plain NumPy: every derivative is written out.", "")
    return head + _NUMPY.format(route=_NUMPY_ROUTES[experiment.route].rstrip("\n"))


def torch_script(experiment: Experiment) -> str:
    """Write the experiment as a program for PyTorch, likewise."""
    loss, backward = _TORCH_ROUTES[experiment.route]
    head = _head(
        experiment, "An experiment of Backprop by Hand, in PyTorch: the derivatives are its own.", "import torch\n"
    )
    return head + _TORCH.format(loss=loss, backward=backward)


def _head(experiment: Experiment, about: str, imports: str) -> str:
    if why := refused(experiment):
        raise ValueError(why)
    own = {
        # Comments: a name holds no line break, which is a rule of Experiment.
        "input_names": ", ".join(experiment.input_names),
        "label_names": ", ".join(experiment.label_names),
        "inputs": _rows(experiment.inputs),
        "scaling": _scaling(experiment),
        "labels": _rows(experiment.labels),
        "initial": None if experiment.initial is None else _rows(experiment.initial[0]),
        "learning_rate": _rows(((0, experiment.learning_rate), *experiment.schedule)),
    }
    values = {field.name: getattr(experiment, field.name) for field in fields(experiment)} | own
    return _HEAD.format(about=about, imports=imports, **values)


def _scaling(experiment: Experiment) -> str:
    if experiment.scaling is None:
        return ""
    return f"# standardised: each input is (value - mean) / scale\nMEAN_AND_SCALE = {_rows(experiment.scaling)}\n"


def _rows(rows: tuple[tuple[float, ...], ...]) -> str:
    if len(rows) == 1:
        return repr([list(rows[0])])
    return "[\n" + "".join(f"    {list(row)!r},\n" for row in rows) + "]"
