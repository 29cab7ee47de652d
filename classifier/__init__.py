"""A classifier whose every derivative is written out: x → Linear → z → f → … → Sigmoid → ŷ → BCE → L."""

from classifier.experiment.experiment import MAX_INPUT, MAX_SEED, Experiment
from classifier.experiment.initial import MAX_INITIAL, zeros_initial
from classifier.experiment.limits import (
    LIMITS,
    MAX_EPOCHS,
    MAX_HIDDEN,
    MAX_INPUTS,
    MAX_OUTPUTS,
    MAX_SAMPLES,
    MAX_STEPS,
    MAX_UNITS,
)
from classifier.experiment.rates import MAX_CHANGES, MAX_LEARNING_RATE, Schedule
from classifier.experiment.scaling import MAX_SCALING, Scaling, Standardised, standardise
from classifier.experiment.tutorial import TUTORIAL_LOSSES, TUTORIAL_SAMPLES
from classifier.experiment.validation import MAX_NAME_LENGTH, ExperimentError
from classifier.graph.layers import (
    ACTIVATIONS,
    ActivationPartials,
    Linear,
    LinearPartials,
    ReLU,
    Sigmoid,
    SigmoidPartials,
    Tanh,
)
from classifier.graph.loss import BinaryCrossEntropyLoss, BinaryCrossEntropyLossPartials
from classifier.graph.network import BackwardPass, LayerPass, LinearClassifier, MyNetwork, Network, Route
from classifier.insight.class_accuracy import class_accuracy, is_one_class_each
from classifier.insight.data_set_gradient import data_set_gradient
from classifier.insight.diagnosis import Finding, diagnose
from classifier.insight.gradient_check import Comparison, check_gradients, largest_errors
from classifier.insight.landscape import Parameter, logit_plane, loss_surface
from classifier.insight.outcomes import Outcome, epochs_to, outcome
from classifier.insight.wrong_partials import WRONG_PARTIALS
from classifier.training.history import History, is_right
from classifier.training.run import Run
from classifier.training.step import Step
from classifier.training.sweep import MAX_MEMBERS, Divergence, Sweep

__version__ = "1.5.0"
