"""The check is still to come, and that is said; the rule itself is given where it is known."""

import pytest

from actions.eligibility import Eligibility
from tests.unit import paper
from tests.unit.actions.conftest import See, outcomes, slots


@pytest.mark.parametrize(
    ("text", "outcome", "article"),
    [
        ("灯笼许可怎么办", "answered", paper.PERMIT),
        ("路面坏了", "not_ours", paper.ROAD),
        ("以前的灯笼规定", "expired", paper.OLD),
    ],
)
def test_the_rule_follows_what_is_still_to_come(
    see: See, text: str, outcome: str, article: str
) -> None:
    turn = see(Eligibility(), text, misses=1)
    assert outcomes(turn) == ["utter_eligibility_later", outcome]
    assert slots(turn) == {"misses": 0, "offered": [], "article": article}


@pytest.mark.parametrize("text", ["灯笼", "明天下雨吗", ""])
def test_without_a_rule_nothing_more_is_said_or_remembered(see: See, text: str) -> None:
    turn = see(Eligibility(), text, misses=1)
    assert outcomes(turn) == ["utter_eligibility_later"]
    assert slots(turn) == {}


def test_danger_is_never_left_at_that(see: See) -> None:
    assert "emergency" in outcomes(see(Eligibility(), "他正在打我"))
