"""Whether a family qualifies: for now the rules it would be judged by, and who decides."""

from actions.base import LIKELY, CoreAction, Turn


class Eligibility(CoreAction):
    """Says that the step-by-step check is still to come, and gives the rule if it is found."""

    def name(self) -> str:
        return "action_eligibility"

    def act(self, turn: Turn) -> None:
        turn.say_response("utter_eligibility_later")
        answer = turn.ask()
        if answer.outcome in LIKELY:
            turn.give(answer)
