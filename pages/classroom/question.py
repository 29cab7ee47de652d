"""The question to a class: what is asked, what was answered in each round, and when everybody is shown it."""

from __future__ import annotations

from typing import Any

from pages.classroom.member import Member
from pages.classroom.members import Members
from pages.classroom.messages import LIMITS, Refused, write


class _Question:
    """What was asked, what was answered in each round, by place, and the message that revealed it."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        # As many as were asked: after a restart of the server the second one may be the first heard of.
        self.rounds: list[dict[str, float | str]] = [{} for _ in range(said["round"])]
        self.revealed = ""

    @property
    def answers(self) -> dict[str, float | str]:
        """Return those of the present round."""
        return self.rounds[-1]

    def answer(self, member: Member, round_: int, value: float | str, present: set[str]) -> None:
        """Count an answer: one for each place, the last that it gives. Who has left gives way to who is here."""
        # A text must be one of the choices, because everybody will read it.
        if value not in self.said["choices"] if isinstance(value, str) else self.said["kind"] != "number":
            raise Refused
        if round_ > len(self.rounds):
            return
        answers = self.rounds[round_ - 1]
        if member.place not in answers and len(answers) >= LIMITS["sockets_a_room"]:
            del answers[next(place for place in answers if place not in present)]
        # The first round is over once there is a second: only a restarted server hears of it for the first time.
        if answers is self.answers or member.place not in answers:
            answers[member.place] = value
        member.put("noted", write("noted", question=self.said["question"], round=round_, value=value))

    def ask_again(self, said: dict[str, Any]) -> None:
        """Begin the round that this says."""
        self.said = said
        self.rounds += [{} for _ in range(said["round"] - len(self.rounds))]

    def reveal(self, **said: object) -> str:
        """Write the message that shows everybody the right answer, and what was answered in each round."""
        first = list(self.rounds[0].values()) if len(self.rounds) > 1 else []
        self.revealed = write("revealed", **said, first=first, answers=list(self.answers.values()))
        return self.revealed

    def asked(self) -> str:
        return write("asked", **self.said)

    def counted(self) -> str:
        return write("counted", question=self.said["question"], answers=len(self.answers))


class Questions:
    """The questions of one room, of which one at most is open.

    Parameters
    ----------
    members : Members
        Who is told of them.
    """

    def __init__(self, members: Members) -> None:
        self._members = members
        self._question: _Question | None = None
        self._closed = 0  # number of the last question that was taken back or put away

    @property
    def revealed(self) -> str:
        """Return the message that has revealed the present question; empty if none has."""
        return "" if self._question is None else self._question.revealed

    def greet(self, member: Member) -> None:
        """Tell somebody who has joined what the others know."""
        if question := self._question:
            member.put("asked", question.asked())
            if question.revealed:
                member.put("revealed", question.revealed)
            elif member.role == "teacher":
                member.put("counted", question.counted())

    def hear(self, member: Member, kind: str, said: dict[str, Any]) -> None:
        """Do what a member's message says. `Room.hear` says what it raises."""
        question = self._question
        if kind == "ask":
            self._ask(member, said)
        elif question is None or said["question"] != question.said["question"]:
            return
        elif kind == "withdraw":
            self._question, self._closed = None, max(self._closed, said["question"])
            self._members.tell("withdrawn", write("withdrawn", **said))
        elif kind == "conceal" and question.revealed:
            question.revealed = ""
            self._members.tell("concealed", write("concealed", **said))
        elif kind == "answer" and not question.revealed:
            question.answer(member, said["round"], said["value"], self._members.places)
            self._tell_count(question)
        elif kind == "reveal" and not question.revealed:
            self._members.tell("revealed", question.reveal(**said))

    def _ask(self, member: Member, said: dict[str, Any]) -> None:
        question = self._question
        if question is None or said["question"] != question.said["question"]:
            question = self._question = _Question(said)
        elif said == question.said | {"round": question.said["round"] + 1}:
            question.ask_again(said)
            question.revealed = ""
        elif said != question.said:
            # Two windows of a teacher have asked at the same time: the first question counts, and the other is told.
            member.put("asked", question.asked())
            member.put("counted", question.counted())
            return
        else:
            return  # as after a reload
        self._members.tell("asked", question.asked(), but=member)
        self._tell_count(question)

    def forget(self, places: list[str]) -> None:
        """Forget what was answered from these places, as long as nobody has been shown it."""
        question = self._question
        if question is not None and not question.revealed:
            for answers in question.rounds:
                for place in places:
                    answers.pop(place, None)
            self._tell_count(question)

    def _tell_count(self, question: _Question) -> None:
        self._members.tell_teachers("counted", question.counted())

    # --- what other processes know of them ---
    def reveal_as(self, revealed: str) -> None:
        """Reveal the present question by the message of another process, which may count other answers by now."""
        if self._question is not None and revealed:
            self._question.revealed = revealed
            self._members.tell("revealed", revealed)

    def snapshot(self) -> dict[str, Any]:
        """Return what another process has to know of them."""
        question = self._question
        asked = None if question is None else [question.said, question.rounds, question.revealed]
        return {"closed": self._closed, "question": asked}

    def take(self, told: dict[str, Any]) -> None:
        """Have the later question, and everybody's answers."""
        mine, self._closed = self._question, max(self._closed, told["closed"])
        if mine is not None and mine.said["question"] <= told["closed"]:
            self._members.tell("withdrawn", write("withdrawn", question=mine.said["question"]))
            self._question = mine = None
        if told["question"] is None:
            return
        said, rounds, revealed = told["question"]
        if said["question"] <= self._closed or (mine is not None and mine.said["question"] > said["question"]):
            return
        if mine is None or mine.said["question"] < said["question"]:
            mine = self._question = _Question(said)
        if said["round"] > mine.said["round"]:
            mine.ask_again(said)
        for ours, theirs in zip(mine.rounds, rounds, strict=False):
            for place, value in theirs.items():
                if len(ours) < LIMITS["sockets_a_room"]:
                    ours.setdefault(place, value)
        mine.revealed = mine.revealed or revealed
        self._members.tell("asked", mine.asked())
        if mine.revealed:
            self._members.tell("revealed", mine.revealed)
        self._tell_count(mine)
