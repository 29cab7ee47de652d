"""Two lessons of 45 minutes: what to open, what to ask before it is shown, and which belief it answers. Pure.

tests/pages/teach/test_teach.py compares every number in a line with what its link opens and the classifier computes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pages.shared.address.parameters import SAMPLE
from pages.shared.run.steps import PHASE, PREDICT


@dataclass(frozen=True)
class Question:
    """What a class can be asked by one press.

    Attributes
    ----------
    right : str or float
        The right choice, or the right number.
    choices : tuple of str
        Two to five; none if a number is asked for.
    text : str
        Empty if it is what the line asks.
    within : float
        How far from the right number an answer may be; 0 if it is right within the digits that it gives.
    """

    right: str | float
    choices: tuple[str, ...] = ()
    text: str = ""
    within: float = 0.0

    @property
    def answer(self) -> dict[str, object]:
        """Give what the class in the browser needs beside the text."""
        kind = "choice" if self.choices else "number"
        return {"kind": kind, "choices": list(self.choices), "right": self.right, "within": self.within}


@dataclass(frozen=True)
class Line:
    """A few minutes of the lesson.

    Attributes
    ----------
    minutes : (int, int)
        From and to.
    title : str
    page : str
        Name of the page that its link opens.
    example : str
        The experiment there, by its name in an address.
    position : int
        Number of epochs trained.
    own : mapping of str to str
        The page's own parameters as its address holds them. Defaults are included, so that they replace what the page
        showed before.
    ask : str
        The question, before anything is shown.
    show : str
        What there is to see.
    belief : str
        What many think.
    answer : str
        What this line shows about that belief.
    pinned : str
        An example whose loss stays in sight; empty for none.
    question : Question, optional
        Ready to be asked in a class; without one the page asks its own, or nothing is asked.
    """

    minutes: tuple[int, int]
    title: str
    page: str
    example: str
    position: int
    own: Mapping[str, str]
    ask: str
    show: str
    belief: str
    answer: str
    pinned: str = ""
    question: Question | None = None


def _step(sample: int, phase: int, *, predict: bool) -> Mapping[str, str]:
    own = ((SAMPLE, sample), (PHASE, phase), (PREDICT, predict))
    return MappingProxyType({parameter.key: parameter.write(value) for parameter, value in own})


_LAYERS: Final = MappingProxyType({"chart": "layers"})
_DECISION: Final = MappingProxyType({"chart": "decision"})

LESSON: Final = (
    Line(
        (0, 4),
        "The loss falls",
        *("playground", "tutorial", 0, _LAYERS),
        "Will the loss fall in every epoch, or only on the whole?",
        "Press Train. It falls from 12.9071 in the first epoch to 0.213742 in the last of 2000, and never rises.",
        "Training finds the answer.",
        "It takes 10 000 small steps, five samples in each of 2000 epochs, and each changes the weights only a little.",
        question=Question("in every epoch", ("in every epoch", "only on the whole")),
    ),
    Line(
        (4, 10),
        "One step with a pencil",
        *("step_by_step", "exercise", 1, _step(1, 1, predict=True)),
        "x = (1, 2), y = 1, W = (0.5, −0.25), b = 0, learning rate 1. What is z? Then ŷ, ∂L/∂z, ∂L/∂W, the new W?",
        "Next asks for one phase after the other: z = 0, ŷ = 0.5, ∂L/∂z = −0.5, at last W = (1, 0.75) and b = 0.5.",
        "Back-propagation is how a network learns.",
        "It computes the gradient and changes nothing. Learning is the last phase; any gradient would do for it.",
    ),
    Line(
        (10, 16),
        "Each weight’s share of the error",
        *("step_by_step", "tutorial", 318, _step(1, 7, predict=True)),
        "∂L/∂z of y₁ is −0.172095 and x = (1, 3, 5). What is the first row of ∂L/∂W?",
        "−0.172095, −0.516284, −0.860473: one number times each input. The bias has the input 1.",
        "The error is divided among the weights.",
        "Nothing is divided. Each weight gets the whole error times its own input, so the largest input moves most.",
    ),
    Line(
        (16, 19),
        "Five samples pull",
        *("step_by_step", "tutorial", 318, _step(1, 8, predict=False)),
        "Which of the five samples push the bias of y₁ up, and which push it down?",
        "“Who moved what”, at the end of the phase: samples 1 to 3 have the label 1 and push up, 4 and 5 push down.",
        "An epoch is one step.",
        "Here it is five, and each starts from the weights that the one before has left.",
        question=Question(
            "1 to 3 up, 4 and 5 down", ("all of them up", "1 to 3 up, 4 and 5 down", "1 to 3 down, 4 and 5 up")
        ),
    ),
    Line(
        (19, 24),
        "A step too long",
        *("playground", "rate-too-large", 0, _LAYERS),
        "The learning rate goes from 0.01 to 0.3. How will the next run’s loss end: lower, higher, or not a number?",
        "It jumps from 5.13988 to 46.6583 in epoch 2. After 100 epochs it is 0.00796954, below the tutorial’s last.",
        "Each step goes downhill, so the loss cannot rise.",
        "The gradient says which way is down and not how far down goes on. A long step lands on the other side.",
        pinned="tutorial",
        question=Question("lower", ("lower", "higher", "not a number")),
    ),
    Line(
        (24, 28),
        "Four learning rates",
        *("compare", "tutorial", 0, MappingProxyType({"vary": "lr", "values": "0.001,0.01,0.1,0.3"})),
        "Put the four in order: whose loss is lowest after 2000 epochs?",
        "From 0.001 to 0.3 they end at 1.53274, 0.213742, 0.0193064 and 0.000319019. The last is the one that jumped.",
        "A smaller learning rate is the safe choice.",
        "It is the slow one. Which rate is good depends on the data and on how long one waits: try several.",
        question=Question("0.3", ("0.001", "0.01", "0.1", "0.3"), "Whose loss is lowest after 2000 epochs?"),
    ),
    Line(
        (28, 32),
        "Nothing moves, nothing is learned",
        *("playground", "saturated-chain", 200, _LAYERS),
        "The loss stands still from epoch 3 on. Is the training done?",
        "The loss is 736.047 and 3 of 20 predictions are wrong, yet no entry of the gradient is larger than 0.0001.",
        "A gradient near 0 means that the network has learned.",
        "It means that no step is taken. A wrong ŷ here is exactly 0 or 1, so ∂ŷ/∂z is 0, and 0 is passed back.",
        question=Question("no", ("yes", "no")),
    ),
    Line(
        (32, 35),
        "A formula that fits on the board",
        "where_formulas_break",
        "tutorial",
        0,
        MappingProxyType({"precision": "float32", "label": "1", "z": "-50", "rate": "0.3"}),
        "z is −50 and the label 1: nothing could be more wrong. What is ∂L/∂z in float32?",
        "By the formulas as they stand: 0. By ŷ − y: −1, which is the truth.",
        "What is right on paper is right in a program.",
        "Equal formulas differ where numbers run out of range. This one fails in silence: no NaN gives it away.",
        question=Question(
            "0 by the formulas, −1 by ŷ − y",
            ("−1 either way", "0 either way", "0 by the formulas, −1 by ŷ − y", "not a number"),
        ),
    ),
    Line(
        (35, 39),
        "A mistake that trains",
        *("gradient_check", "tutorial", 318),
        MappingProxyType({"sample": "1", "break": "forget_bias", "eps": "1e-6"}),
        "∂L/∂b is left at 0, so b never moves, and still the loss falls in every epoch, to 0.214097. Who notices?",
        "Only by checking: 4 of 16 derivatives disagree with a difference. Choose other mistakes, and ask how many.",
        "If the loss falls, the gradient is right.",
        "Any direction that goes down a little will do. The right one ends at 0.213742; the difference is no proof.",
        question=Question(
            "only a check of the gradient",
            ("whoever looks at the loss", "whoever looks at ŷ", "only a check of the gradient"),
        ),
    ),
    Line(
        (39, 43),
        "What no line can do",
        *("playground", "xor", 0, _DECISION),
        "How many of the four points can be right at most? And how many will be, if we only wait?",
        "Three, and after 1000 epochs two: accuracy 50 %. Press Train, and watch the line come to rest in the middle.",
        "With more epochs it will get there.",
        "One layer draws one straight line, and none parts the ones from the zeros: time does not help.",
        question=Question(
            "three at most, two if we wait",
            ("four at most, four if we wait", "four at most, three if we wait", "three at most, two if we wait"),
        ),
    ),
    Line(
        (43, 45),
        "On their own",
        *("playground", "iris", 200, _DECISION),
        "Let go. Who finds a learning rate that ends lower than 86.6935?",
        "It is done in one drag: at 0.1 the loss ends at 84.3647. Share makes a link of what each has found.",
        "Somebody knows the right settings.",
        "They are found by trying. What was tried is a link, and anybody can go on from it.",
    ),
)
"""In the order of the hour; each line begins when the one before ends."""

SECOND: Final = (
    Line(
        (0, 5),
        "One line is not enough",
        *("playground", "xor", 0, _DECISION),
        "XOR again: two ones, two zeros, on opposite corners. What would the border have to look like?",
        "Two lines, or a bent one. After 1000 epochs one layer has two of four right, and waits in the middle.",
        "A better learning rate would do it.",
        "No W and no rate does: a straight line is all that one layer can draw.",
        question=Question(
            "two lines, or a bent one", ("one line, but steeper", "two lines, or a bent one", "there is none")
        ),
    ),
    Line(
        (5, 12),
        "Four units, four lines",
        *("playground", "xor-hidden", 0, _DECISION),
        "Each hidden unit has a line of its own. How many of the four will be right, and from which epoch on?",
        "Press Train: all four from epoch 111 on. The loss falls from 6.23311 in the first epoch to 0.0220830.",
        "Hidden layers are for pictures and language.",
        "They are for whatever one line cannot part. Four points are enough to need them.",
        question=Question(
            "about epoch 100",
            ("the first epoch", "about epoch 100", "about epoch 1000", "never"),
            "From which epoch on are all four points right?",
        ),
    ),
    Line(
        (12, 18),
        "Forward, unit by unit",
        *("step_by_step", "xor-hidden", 100, _step(2, 2, predict=True)),
        "z¹ of h₁ is −1.93622. What is its output? And which of the four units says most to this sample?",
        "σ gives 0.126064. h₄ says most, 0.549842; h₃ is nearly silent, 0.00281902.",
        "A hidden unit stands for something.",
        "It is a weighted sum and a bend, like an output. What it stands for is decided by training.",
    ),
    Line(
        (18, 27),
        "What comes down",
        *("step_by_step", "xor-hidden", 100, _step(2, 10, predict=True)),
        "∂L/∂z² is 0.617611, and the weight from h₁ is 0.764175. What does h₁ hear of the error?",
        "Their product, 0.471963. h₃ hears −2.01567: its weight is the largest in size. This is Wᵀ ∂L/∂z.",
        "A hidden unit has no error, for it has no label.",
        "It has one: the errors above it, each times the weight between, added up. No label is needed.",
    ),
    Line(
        (27, 31),
        "A mistake between layers",
        *("gradient_check", "xor-hidden", 100),
        MappingProxyType({"sample": "2", "break": "forget_slope", "eps": "1e-6"}),
        "f′ is forgotten on the way down. Which of the 17 derivatives will be wrong?",
        "All 12 of the first layer, and none of the last: a mistake is seen below where it was made.",
        "A wrong gradient makes nonsense of the whole network.",
        "What lies above it stays right. So look for the mistake in the highest layer that is wrong, or just above it.",
        question=Question(
            "those of the first layer", ("all of them", "those of the first layer", "those of the last layer", "none")
        ),
    ),
    Line(
        (31, 37),
        "Luck",
        *("compare", "xor-two-units", 0),
        MappingProxyType({"vary": "seed", "values": "0,1,2,3,4,5,6,7,8,9,10,11"}),
        "Two units could do it. Twelve seeds, the same data: how many of them learn XOR?",
        "Nine. Seeds 1, 8 and 11 end with something wrong, though nothing but the first weights is different.",
        "The start does not matter: training finds the best weights.",
        "It walks downhill from where it starts. With more units there are more ways down.",
        question=Question(9),
    ),
    Line(
        (37, 42),
        "Where the gradient goes",
        *("mathematics", "tutorial", 0, MappingProxyType({"vanish_z": "0", "vanish_layers": "1"})),
        "“Slopes multiply, and vanish”, with weights of 1 and z = 0: a slope is 0.25 at most. What is left after four?",
        "0.00300813, about an eightieth of what the first one lets through.",
        "More layers learn more.",
        "The lowest of many sigmoids hears next to nothing. Hence tanh and ReLU, whose slopes go up to 1.",
        question=Question(0.00300813, within=0.001),
    ),
    Line(
        (42, 45),
        "On their own",
        *("playground", "circle", 300, _DECISION),
        "Let go. With how few hidden units is all of the circle right?",
        "Four do it, at a loss of 0.481048; so do three, but not two. Take units away with −, and press Train again.",
        "More units are better.",
        "As many as the border needs. What more there is costs time, and fits what is only noise.",
    ),
)
"""The second hour: through a hidden layer. By the same form."""

LESSONS: Final = (LESSON, SECOND)

CLASS: Final = (
    "Serve the app where the students can reach it: on a host, or on your computer in the room’s network.",
    "**Class**, at the top of any page, and **Start a class**: a code, a link, a QR code as large as the screen.",
    "They open the link. No account, no name; you see how many are there.",
    "**Open the console** in a second window or on a phone: the lesson is there, and the projector does what you say.",
    "Press **P** for letters that the last row can read. Escape ends it.",
    "Play, stop, scrub, choose a cell, open a line below: everybody sees what you see, while it moves.",
    "**Pause the class**: their controls rest, and eyes are on you.",
    "What answers a question is hidden until you press **Show**.",
    "**Ask** before you show what the line asks, or one of **Your questions**: you see how many answered, not what.",
    "**Ask again** once the neighbours have talked, and both rounds are revealed together.",
    "**Reveal**: the right value, and everybody’s answers as dots or bars; each student sees which one is their own.",
    "**Give everybody their own** seed or learning rate: all their losses in one chart; a point opens its run for all.",
    "**Let go**: they keep what they see and go on alone. **Back to the class** returns to where you are by then.",
    "**End.** Counts and runs are yours as CSV; the server keeps nothing: no name, no answer, no class.",
)
"""How to run a class, in fourteen lines."""

OFFLINE: Final = (
    "The app needs no internet: everything comes from the computer that serves it. A hotspot of your own is network "
    "enough; the link must then name your computer’s address in it, not localhost.",
    "Without any network, present: the questions work by a show of hands, before Next or Train is pressed.",
    "Print what you want to hand out: a page on paper is its content, with the link at its foot. Practise has exercise "
    "sheets, and the key to them.",
    "Share gives every experiment as a file and as a program of plain NumPy, for a stick or for homework.",
)
"""What to do without internet."""

SOURCES: Final = (
    "Asking first is what makes it work: students who only watched a demonstration understood no more than those who "
    "had not seen it, and those who had predicted its outcome understood more. Crouch, Fagen, Callan, Mazur, "
    "[Am. J. Phys. 72, 835 (2004)](https://doi.org/10.1119/1.1707018).",
    "Instructors of machine learning find the steps of an algorithm easy to teach, and comparing and choosing hard. So "
    "half of the lesson compares. Sulmont, Patitsas, Cooperstock, "
    "[ACM Trans. Comput. Educ. 19, 4 (2019)](https://doi.org/10.1145/3336124).",
    "That saturated sigmoids pass nothing back is Karpathy’s first case of what goes wrong if the backward pass is "
    "taken for granted: [Yes you should understand backprop (2016)]"
    "(https://karpathy.medium.com/yes-you-should-understand-backprop-e2f06eab496b).",
)
"""The literature that the lesson is based on."""
