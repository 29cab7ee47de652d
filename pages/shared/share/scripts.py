"""An experiment as a program that stands alone: plain NumPy in the tutorial's style, or PyTorch. Pure strings.

Both print the running loss of every epoch and reproduce ours. They draw the start as we do, by NumPy's RandomState,
also for PyTorch, whose own generator draws other numbers.
"""

from dataclasses import fields
from typing import Final

from classifier import ACTIVATIONS, Experiment
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
HIDDEN = {hidden}  # units of each hidden layer
INITIAL = {initial}  # of each layer the initial weights, a row per unit, the bias last; None: drawn by the seed


def initial_weights():
    if INITIAL is not None:
        given = [np.array(matrix).astype(DTYPE) for matrix in INITIAL]
        return [(matrix[:, :-1].copy(), matrix[:, -1].copy()) for matrix in given]
    rng, layers = np.random.RandomState(SEED), []
    sizes = [len(INPUTS[0]), *HIDDEN, len(LABELS[0])]
    for below, above in zip(sizes, sizes[1:]):
        weight = rng.standard_normal((above, below)).astype(DTYPE)
        layers.append((weight, rng.standard_normal(above).astype(DTYPE)))
    return layers


def learning_rate(epoch):
    return [rate for start, rate in RATES if start <= epoch][-1]


'''

_ELSEWHERE: Final = ("schedule", "route", "scaling", "activation")  # in RATES, in the code below, and in a comment

_NUMPY: Final = """class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        return self.weight @ x + self.bias  # z: (out,)

    def backward(self, x):
        return x, np.ones_like(self.bias), self.weight  # ∂z/∂W: (in,), ∂z/∂b: (out,), ∂z/∂x: (out, in)


class Sigmoid:
    def forward(self, z):
        e = np.exp(-np.abs(z))  # never of a positive number, so nothing overflows
        return np.where(z >= 0, 1, e) / (1 + e)  # ŷ: (out,)

    def backward(self, z):
        yhat = self.forward(z)
        return yhat * (1 - yhat)  # ∂ŷ/∂z: (out,)

{activation}
class BinaryCrossEntropyLoss:
    def forward_from_logits(self, z, y):
        # -[y log ŷ + (1 - y) log(1 - ŷ)] with ŷ = σ(z) put in
        return np.abs(z) * np.abs((z > 0) - y) + np.log1p(np.exp(-np.abs(z)))  # L: (out,)

    def backward(self, yhat, y):
        return (yhat - y) / np.maximum(yhat * (1 - yhat), DTYPE(1e-12))  # ∂L/∂ŷ: (out,)


class MyNetwork:
    def __init__(self):
        self.layers = [Linear(weight, bias) for weight, bias in initial_weights()]
        self.activations = [{hidden}() for _ in HIDDEN] + [Sigmoid()]
        self.loss = BinaryCrossEntropyLoss()

    def forward(self, x):
        inputs, logits = [], []
        for layer, activation in zip(self.layers, self.activations):
            inputs.append(x)
            logits.append(layer.forward(x))
            x = activation.forward(logits[-1])  # a: what goes into the next layer
        return inputs, logits

    def forward_loss(self, x, y):
        return self.loss.forward_from_logits(self.forward(x)[1][-1], y).sum(dtype=np.float64)

    def backward(self, x, y):
        inputs, logits = self.forward(x)
        yhat = self.activations[-1].forward(logits[-1])
{route}
        gradients = []
        for k in reversed(range(len(self.layers))):
            z_wrt_weight, z_wrt_bias, z_wrt_x = self.layers[k].backward(inputs[k])
            gradients.insert(0, (np.outer(loss_wrt_z, z_wrt_weight), loss_wrt_z * z_wrt_bias))
            if k:
                loss_wrt_a = z_wrt_x.T @ loss_wrt_z  # ∂L/∂a of the layer below = Wᵀ ∂L/∂z: (in,)
                loss_wrt_z = loss_wrt_a * self.activations[k - 1].backward(logits[k - 1])
        return gradients  # of each layer ∂L/∂W: (out, in) and ∂L/∂b: (out,), all at the weights before the step

    def update_weights(self, x, y, lr):
        for layer, (loss_wrt_weight, loss_wrt_bias) in zip(self.layers, self.backward(x, y)):
            layer.weight = layer.weight - lr * loss_wrt_weight
            layer.bias = layer.bias - lr * loss_wrt_bias


inputs, labels = np.array(INPUTS).astype(DTYPE), np.array(LABELS).astype(DTYPE)
net = MyNetwork()
for epoch in range(EPOCHS):
    lr, total_loss = DTYPE(learning_rate(epoch)), 0.0
    for x, y in zip(inputs, labels):
        total_loss += float(net.forward_loss(x, y))
        net.update_weights(x, y, lr)
    print(epoch + 1, total_loss)
"""

_NUMPY_ROUTES: Final = {
    "fused": """
        loss_wrt_z = yhat - y  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z, multiplied out on paper: (out,)
""",
    "chain": """
        loss_wrt_yhat = self.loss.backward(yhat, y)
        yhat_wrt_z = self.activations[-1].backward(logits[-1])
        loss_wrt_z = loss_wrt_yhat * yhat_wrt_z  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z: (out,)
""",
}
_NUMPY_ACTIVATIONS: Final = {
    "sigmoid": "",
    "tanh": """
class Tanh:
    def forward(self, z):
        return np.tanh(z)  # a: (out,)

    def backward(self, z):
        return 1 - np.tanh(z) ** 2  # ∂a/∂z: (out,)

""",
    "relu": """
class ReLU:
    def forward(self, z):
        return np.maximum(z, 0)  # a: (out,)

    def backward(self, z):
        return (z > 0).astype(DTYPE)  # ∂a/∂z: (out,); 0 at 0

""",
}

_TORCH: Final = """inputs, labels = (torch.from_numpy(np.array(table).astype(DTYPE)) for table in (INPUTS, LABELS))
modules = []
for weight, bias in initial_weights():
    linear = torch.nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight = torch.nn.Parameter(torch.from_numpy(weight))
    linear.bias = torch.nn.Parameter(torch.from_numpy(bias))
    modules += [linear, torch.nn.{hidden}()]
net = torch.nn.Sequential(*modules[:-1])  # up to z: the last sigmoid comes with the loss
optimizer = torch.optim.SGD(net.parameters(), lr=RATES[0][1])
bce_with_logits = torch.nn.BCEWithLogitsLoss(reduction="sum")
{loss}
for epoch in range(EPOCHS):
    total_loss = 0.0
    for group in optimizer.param_groups:
        group["lr"] = learning_rate(epoch)
    for x, y in zip(inputs, labels):
        optimizer.zero_grad()
        z = net(x)
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
    return head + _NUMPY.format(
        route=_NUMPY_ROUTES[experiment.route].strip("\n"),
        activation=_NUMPY_ACTIVATIONS[experiment.activation if experiment.hidden else "sigmoid"],
        hidden=ACTIVATIONS[experiment.activation].__name__,
    )


def torch_script(experiment: Experiment) -> str:
    """Write the experiment as a program for PyTorch, likewise."""
    loss, backward = _TORCH_ROUTES[experiment.route]
    head = _head(
        experiment, "An experiment of Backprop by Hand, in PyTorch: the derivatives are its own.", "import torch\n"
    )
    return head + _TORCH.format(loss=loss, backward=backward, hidden=ACTIVATIONS[experiment.activation].__name__)


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
        "hidden": list(experiment.hidden),
        "initial": None if experiment.initial is None else f"[{', '.join(map(_rows, experiment.initial))}]",
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
