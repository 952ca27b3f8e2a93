from datetime import date

import pytest

from office.numbers import IdCheck, as_18, birth_date, check_id, last_four, luhn


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("110105199003078211", IdCheck.VALID),
        ("11010519491231002X", IdCheck.VALID),
        ("11010519491231002x", IdCheck.VALID),
        ("110105900307821", IdCheck.VALID),
        ("110105000229001", IdCheck.WRONG_DATE),
        ("110105199003078219", IdCheck.WRONG_CHECKSUM),
        ("110105199002308219", IdCheck.WRONG_DATE),
        ("110105100003078219", IdCheck.WRONG_DATE),
        ("11010519900307X219", IdCheck.WRONG_CHARACTERS),
        ("010105199003078219", IdCheck.WRONG_CHARACTERS),
        ("１１０１０５１９９００３０７８２１１", IdCheck.WRONG_CHARACTERS),
        ("11010590030782X", IdCheck.WRONG_CHARACTERS),
        ("1101051990030782", IdCheck.WRONG_LENGTH),
        ("", IdCheck.WRONG_LENGTH),
    ],
)
def test_a_number_is_checked_by_form_date_and_check_digit(value: str, outcome: IdCheck) -> None:
    assert check_id(value) is outcome


@pytest.mark.parametrize("area", ["999999", "429005", "810000", "820000", "830000", "910000"])
def test_no_county_is_refused(area: str) -> None:
    assert check_id(as_18(f"{area}900307821")) is IdCheck.VALID


def test_one_wrong_digit_is_always_noticed() -> None:
    right = "110105199003078211"
    for place in range(17):
        for digit in "123456789":
            wrong = right[:place] + digit + right[place + 1 :]
            assert (check_id(wrong) is IdCheck.VALID) == (wrong == right)


def test_an_old_number_gets_its_century_and_check_digit() -> None:
    assert as_18("110105900307821") == "110105199003078211"
    assert as_18("11010519491231002x") == "11010519491231002X"


@pytest.mark.parametrize("value", ["110105199003078211", "110105900307821"])
def test_the_birth_date_is_read_from_both_forms(value: str) -> None:
    assert birth_date(value) == date(1990, 3, 7)


def test_the_last_four_have_a_capital_letter() -> None:
    assert last_four("11010519491231002x") == "002X"


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("6217001234567893", True),
        ("6217001234567890122", True),
        ("6217001234567890", False),
        ("6217001234567839", False),
        ("79927398713", True),
        ("621700123456789X", False),
        ("", False),
    ],
)
def test_the_check_digit_of_a_card(value: str, right: bool) -> None:
    assert luhn(value) is right
