"""One application as another system tells it: taken whole, or refused without a personal word."""

from datetime import date, timedelta
from typing import Any

import pytest

from office.rows import MOST_APPLICANTS, Reader, RowRefused
from tests.unit.office.sheets import ID_NUMBER, NAME, PERSONAL, PHONE, TODAY, reader

PERSON = {"name": NAME, "id_number": ID_NUMBER, "phone": PHONE}
TOLD: dict[str, Any] = {
    "number": "2026110001",
    "service": "dibao",
    "stage": "checking",
    "stage_on": "2026-11-20",
    "received_on": "2026-11-02",
    "accepted_on": "2026-11-04",
    "office": "灯笼镇民政办",
    "applicants": [PERSON],
}


@pytest.fixture(scope="module")
def by() -> Reader:
    return reader()


def refusal(by: Reader, **changed: Any) -> str:
    with pytest.raises(RowRefused) as caught:
        by.read(TOLD | changed)
    return str(caught.value)


@pytest.mark.parametrize(
    ("service", "stage"),
    [
        ("dibao", "checking"),
        ("低保", "入户核查"),
        ("最低生活保障（低保）", "调查"),
        (" 低保 ", " 调查 "),
    ],
)
def test_services_and_stages_go_by_key_or_by_any_of_their_names(
    by: Reader, service: str, stage: str
) -> None:
    one, _ = by.read(TOLD | {"service": service, "stage": stage})
    assert (one.service, one.stage) == ("dibao", "checking")


def test_a_stage_that_does_not_exist_is_answered_with_those_that_do(by: Reader) -> None:
    assert "公示" in refusal(by, stage="离婚冷静期")


@pytest.mark.parametrize(
    ("id_number", "said"),
    [
        ("110105199003078219", "校验位不对"),
        ("11010519900307821", "位数不对"),
        ("110105199013078211", "出生日期不对"),
        ("1101051990O3078211", "有不该有的字符"),
    ],
)
def test_a_wrong_id_number_is_told_which_check_it_failed(
    by: Reader, id_number: str, said: str
) -> None:
    assert refusal(by, applicants=[PERSON | {"id_number": id_number}]) == f"身份证号{said}"


@pytest.mark.parametrize(
    "phone", ["13912345678", "+86 139 1234 5678", "139-1234-5678", "8613912345678"]
)
def test_a_phone_is_the_same_however_it_is_written(by: Reader, phone: str) -> None:
    plain, _ = by.read(TOLD)
    other, _ = by.read(TOLD | {"applicants": [PERSON | {"phone": phone}]})
    assert other.applicants[0].phone_proof_hash == plain.applicants[0].phone_proof_hash


@pytest.mark.parametrize("phone", ["139123", "电话", "99912345678", "0"])
def test_what_is_no_phone_is_refused(by: Reader, phone: str) -> None:
    assert refusal(by, applicants=[PERSON | {"phone": phone}]) == "手机号填得不对"


@pytest.mark.parametrize("one", ["id_number", "phone"])
def test_an_id_number_or_a_phone_is_enough_to_prove_by(by: Reader, one: str) -> None:
    told = {"name": NAME, one: PERSON[one]}
    assert len(by.read(TOLD | {"applicants": [told]})[0].applicants) == 1
    assert "至少" in refusal(by, applicants=[{"name": NAME, one: ""}])


@pytest.mark.parametrize("count", [0, MOST_APPLICANTS + 1])
def test_too_few_and_too_many_applicants_are_refused(by: Reader, count: int) -> None:
    assert refusal(by, applicants=[PERSON] * count) == "申请人填得不对"


def test_as_many_applicants_as_may_be_keep_their_order(by: Reader) -> None:
    people = [PERSON | {"name": name} for name in ("王一", "李一", "张一", "刘一")]
    shown = [one.masked_name[0] for one in by.read(TOLD | {"applicants": people})[0].applicants]
    assert shown == ["王", "李", "张", "刘"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"stage_on": TODAY + timedelta(days=2)}, "环节日期在将来"),
        ({"received_on": TODAY + timedelta(days=2)}, "收件日期在将来"),
        ({"accepted_on": TODAY + timedelta(days=2)}, "受理日期在将来"),
        ({"stage_on": "2026-11-01"}, "环节日期早于收件日期"),
        ({"accepted_on": "2026-11-01"}, "受理日期早于收件日期"),
        ({"accepted_on": None}, "受理日期没有填，没法算办结期限"),
        ({"stage_on": 86400}, "环节日期填得不对"),
        ({"stage_on": "86400"}, "环节日期填得不对"),
        ({"stage_on": "03/11/2026"}, "环节日期填得不对"),
        ({"stage_on": True}, "环节日期填得不对"),
    ],
)
def test_days_that_cannot_be_are_refused(by: Reader, changed: dict[str, Any], said: str) -> None:
    assert refusal(by, **changed) == said


def test_tomorrow_is_not_yet_the_future_for_clocks_that_differ(by: Reader) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert by.read(TOLD | {"stage_on": tomorrow})[0].stage_on == tomorrow


def test_a_stopped_clock_needs_no_day_of_acceptance(by: Reader) -> None:
    one, _ = by.read(TOLD | {"stage": "missing", "accepted_on": None})
    assert one.accepted_on is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"office": ""}, "受理单位没有填"),
        ({"office": "镇" * 61}, "受理单位填得不对"),
        ({"office": "镇\x00"}, "受理单位填得不对"),
        ({"office": "镇\x7f办"}, "受理单位填得不对"),
        ({"missing": ["收入\x1b[31m证明"]}, "缺少材料填得不对"),
        ({"missing": ["证明"] * 21}, "缺少材料填得不对"),
        ({"applicants": [PERSON | {"name": "王\n明"}]}, "申请人填得不对"),
        ({"applicants": [PERSON | {"id_number": 110105199003078211}]}, "身份证号填得不对"),
        ({"number": "13912345678"}, "受理号的格式不对，应像 2026110001"),
        ({"number": "1" * 500}, "受理号填得不对"),
        ({"applicants": [PERSON | {"id_number": "1" * 500}]}, "身份证号填得不对"),
        ({"applicants": [PERSON | {"phone": "1" * 500}]}, "手机号填得不对"),
        ({"service": PHONE}, "没有这个事项；可用的见 office/data/services.yml"),
        ({"applicants": [PERSON | {PHONE: NAME}]}, "有多余的字段"),
        ({ID_NUMBER: NAME}, "有多余的字段"),
    ],
)
def test_a_refusal_names_the_field_and_nothing_that_was_in_it(
    by: Reader, changed: dict[str, Any], said: str
) -> None:
    assert refusal(by, **changed) == said
    assert [bit for bit in PERSONAL if bit in said] == []


def test_an_o_for_a_zero_is_read_in_a_number_as_in_a_chat(by: Reader) -> None:
    assert by.read(TOLD | {"number": "2O26 11OOO1"})[0].number == "2026110001"


def test_a_missing_field_is_named(by: Reader) -> None:
    with pytest.raises(RowRefused, match="受理单位没有填"):
        by.read({name: value for name, value in TOLD.items() if name != "office"})


def test_the_digest_is_the_same_for_the_same_row_however_it_is_spelt(by: Reader) -> None:
    spelt = {"service": "低保", "stage": "调查", "stage_on": date(2026, 11, 20), "missing": []}
    assert by.read(TOLD)[1] == by.read(TOLD | spelt)[1]


@pytest.mark.parametrize(
    "changed",
    [
        {"stage": "published"},
        {"stage_on": "2026-11-21"},
        {"office": "风筝镇"},
        {"extended": True},
        {"missing": ["照片"]},
        {"applicants": [PERSON | {"name": "王小红"}]},
        {"applicants": [PERSON | {"phone": "13912345679"}]},
        {"applicants": [PERSON, PERSON]},
    ],
)
def test_the_digest_changes_with_everything_that_is_kept(
    by: Reader, changed: dict[str, Any]
) -> None:
    assert by.read(TOLD)[1] != by.read(TOLD | changed)[1]


def test_nothing_personal_is_left_in_what_is_kept_and_another_key_has_another_digest(
    by: Reader,
) -> None:
    one, digest = by.read(TOLD)
    shown = repr(one).replace(one.applicants[0].sealed, "") + digest
    assert [bit for bit in (NAME, ID_NUMBER, PHONE) if bit in shown] == []
    assert reader().read(TOLD)[1] != digest
