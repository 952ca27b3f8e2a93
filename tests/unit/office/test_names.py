import pytest

from office.privacy import masked_name, masked_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", ""),
        (" ", ""),
        ("王", "*"),
        ("王五", "王*"),
        ("王 五", "王*"),
        ("李小明", "李*明"),
        ("欧阳建华", "欧**华"),
        ("买买提·吐尔逊江", "买*江"),
        ("John Smith", "J* S*"),
        ("Li", "L*"),
        ("J", "*"),
    ],
)
def test_a_name_is_shown_in_part(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13912345678", "139****5678"),
        ("+86 139 1234 5678", "139****5678"),
        ("010-62345678", "010****5678"),
        ("62345678", "****5678"),
        ("6234567", "****"),
        ("", "****"),
    ],
)
def test_a_phone_is_shown_in_part(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown
