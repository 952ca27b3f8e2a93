"""A language is switched by name; one that nobody here knows gets the list."""

import pytest

from actions.language import ChangeLanguage
from knowledge.text import Language
from tests.unit.actions.conftest import See, outcomes, slots


@pytest.mark.parametrize("language", list(Language))
def test_a_known_language_is_confirmed_and_handed_on(see: See, language: Language) -> None:
    turn = see(ChangeLanguage(), "换个语言", entities={"language": language.value})
    (said,) = turn.said
    assert (said["outcome"], said["language"]) == ("language", language.value)
    assert all(said["text"][name] for name in ("zh", "en"))


def test_each_language_is_confirmed_in_words_of_its_own(see: See) -> None:
    said = [
        see(ChangeLanguage(), "", entities={"language": language.value}).said[0]["text"]["zh"]
        for language in Language
    ]
    assert len(set(said)) == len(Language)


@pytest.mark.parametrize(
    "entities", [{}, {"language": "other"}, {"language": "fr"}, {"colour": "en"}]
)
def test_an_unknown_language_gets_the_three_there_are(see: See, entities: dict[str, str]) -> None:
    turn = see(ChangeLanguage(), "说法语", entities=entities)
    (said,) = turn.said
    assert outcomes(turn) == ["language"]
    assert "language" not in said
    assert len(said["buttons"]) == 3
    assert all(
        button[part][name]
        for button in said["buttons"]
        for part in ("title", "text")
        for name in ("zh", "en")
    )


def test_switching_the_language_forgets_nothing(see: See) -> None:
    assert slots(see(ChangeLanguage(), "", entities={"language": "en"})) == {}
