"""What citizens type, read in one form: script, widths, invisible letters, slips."""

import pytest

from knowledge.text import (
    TERMS,
    HomophoneRepair,
    Language,
    clean,
    fold,
    language_of,
    syllables,
    to_traditional,
)

HANS, HANT, ENGLISH = Language.SIMPLIFIED, Language.TRADITIONAL, Language.ENGLISH


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  低保  怎么办 ", "低保 怎么办"),
        ("低保\n怎么\t办\r\n", "低保 怎么 办"),
        ("低\u200b保\ufeff怎\u2060么办", "低保怎么办"),
        ("低\x00保\x07", "低保"),
        ("ＤＩＢＡＯ　１２３４５", "DIBAO 12345"),
        ("低保？！（急）", "低保?!(急)"),
        ("①号窗口", "1号窗口"),
        ("\u202e低保\u202c", "低保"),
        ("👨\u200d👩\u200d👧 领证", "👨👩👧 领证"),
        ("\ue000低保", "低保"),
        ("\ud800低保", "低保"),
        ("e\u200b\u0301", "é"),
        ("\u3000\u200b\n", ""),
        ("", ""),
    ],
)
def test_clean_keeps_what_can_be_read_and_unifies_widths(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("請問離婚要帶戶口名簿嗎？", "请问离婚要带户口名簿吗?"),
        ("結婚證", "结婚证"),
        ("我哋喺邊度領證", "我哋喺边度领证"),
        ("How Do I Apply For DIBAO", "how do i apply for dibao"),
        ("ＤｉＢａｏ", "dibao"),
        ("低保", "低保"),
        ("乾隆年間的乾糧", "乾隆年间的干粮"),
        ("", ""),
    ],
)
def test_fold_reads_every_script_and_case_in_one_form(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("低保怎么申请", HANS),
        ("我在台湾结的婚", HANS),
        ("床位要多少钱", HANS),
        ("結婚要帶什麼證件", HANT),
        ("台灣人怎麼辦結婚", HANT),
        ("我住台北，想離婚", HANT),
        ("里長說要辦低保", HANT),
        ("週末有沒有上班", HANT),
        ("周末有沒有上班", HANT),
        ("想請人托人代辦可以嗎", HANT),
        ("我哋呢度有幾多錢", HANT),
        ("阿媽癱咗喺床，有冇津貼", HANT),
        ("請問 dibao 怎麼申請", HANT),
        ("dibao 怎么申请", HANS),
        ("How do I get dibao?", ENGLISH),
        ("ok", ENGLISH),
        ("ＯＫ", ENGLISH),
        ("12345", HANS),
        ("？？？", HANS),
        ("👍", HANS),
        ("", HANS),
    ],
)
def test_a_message_is_known_by_its_script(message: str, language: Language) -> None:
    assert language_of(message) is language


@pytest.mark.parametrize(
    ("shown", "traditional"),
    [
        ("请带身份证和结婚证", "請帶身份證和結婚證"),
        ("离婚登记处在这里", "離婚登記處在這裡"),
        ("声明里的信息和程序", "聲明裡的信息和程序"),
        ("现场签声明，当场发结婚证", "現場簽聲明，當場發結婚證"),
        ("上门理发，头发短一点", "上門理髮，頭髮短一點"),
        ("打 [[hotline]] 问", "打 [[hotline]] 問"),
        ("**不收钱**\n- 0 元", "**不收錢**\n- 0 元"),
        ("", ""),
    ],
)
def test_display_in_traditional_script_changes_letters_and_never_words(
    shown: str, traditional: str
) -> None:
    assert to_traditional(shown) == traditional


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("低保", ["di", "bao"]),
        ("底保", ["di", "bao"]),
        ("5保", ["5", "bao"]),
        ("ok低", ["o", "k", "di"]),
        ("低 保", ["di", " ", "bao"]),
        ("㐂㐃低", ["㐂", "㐃", "di"]),
        ("", []),
    ],
)
def test_every_letter_has_one_sound_in_its_own_place(text: str, sounds: list[str]) -> None:
    assert syllables(text) == sounds


@pytest.fixture(scope="module")
def repair() -> HomophoneRepair:
    return HomophoneRepair.of_domain()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("底保能不能补办", "低保能不能补办"),
        ("抵保户有哪些好处", "低保户有哪些好处"),
        ("低宝标准又变了吗", "低保标准又变了吗"),
        ("低保边园家庭算穷吗", "低保边缘家庭算穷吗"),
        ("理婚要跑几趟", "离婚要跑几趟"),
        ("离昏协意找谁写", "离婚协议找谁写"),
        ("结昏登记周六开门吗", "结婚登记周六开门吗"),
        ("我的结婚正泡水了", "我的结婚证泡水了"),
        ("户扣本锁在老家", "户口本锁在老家"),
        ("身份正折断了", "身份证折断了"),
        ("冷净期里反悔了", "冷静期里反悔了"),
        ("冷静其最后一天去行吗", "冷静期最后一天去行吗"),
        ("高铃津帖发到哪张卡", "高龄津贴发到哪张卡"),
        ("临时就助能领几回", "临时救助能领几回"),
        ("特困贡养谁来管", "特困供养谁来管"),
        ("想预月下周一", "想预约下周一"),
        ("复昏会被笑话吗", "复婚会被笑话吗"),
        ("抚养泉归爸爸", "抚养权归爸爸"),
        ("每月探忘两回", "每月探望两回"),
        ("养老远收不收瘫痪的", "养老院收不收瘫痪的"),
        ("适老化该造怎么报名", "适老化改造怎么报名"),
        ("残疾正快到期", "残疾证快到期"),
        ("家爆证据留哪些", "家暴证据留哪些"),
        ("想要人身保护另", "想要人身保护令"),
        ("民正局几号窗口", "民政局几号窗口"),
        ("钢性支出家庭怎么认", "刚性支出家庭怎么认"),
        ("建挡立卡还算数吗", "建档立卡还算数吗"),
        ("赡养非拖了半年", "赡养费拖了半年"),
        ("没人当监户人", "没人当监护人"),
        ("网上领正靠谱吗", "网上领证靠谱吗"),
    ],
)
def test_a_word_that_only_sounds_right_is_written_right(
    repair: HomophoneRepair, typed: str, meant: str
) -> None:
    assert repair(typed) == meant
    assert repair(meant) == meant


@pytest.mark.parametrize(
    "correct",
    [
        "低保进度在哪里看",
        "低保今年会不会涨",
        "低保护理补贴能一起领吗",
        "户口不在一个地方能登记吗",
        "户口补办要等几天",
        "未预约能不能直接到大厅",
        "结婚登记可以网上办理吗",
        "两地分居后想解除婚姻关系",
        "大厅的办公时间改了没有",
        "结婚正好赶上下雨",
        "申请标准贴在哪面墙上",
        "孩子和对象一起来领证",
        "单位工资不发能申请救助吗",
        "离婚后不给抚养费",
        "兄弟之间要付扶养费吗",
        "我就在窗口等着",
        "养老服务包括洗澡吗",
        "爷爷有抚恤金",
        "打零工挣的也算收入",
        "前夫已经过世五年",
        "村里评低保不公开",
        "身份证过期后还能不能办",
        "救助今年谁来发",
        "怎么证明我们是一家人",
        "how do i get dibao",
        "",
    ],
)
def test_a_correct_sentence_stays_as_it_is(repair: HomophoneRepair, correct: str) -> None:
    assert repair(correct) == correct


def test_no_term_of_the_trade_is_mistaken_for_another(repair: HomophoneRepair) -> None:
    terms = TERMS.read_text("utf-8").split()
    assert len(terms) > 200
    assert [term for term in terms if repair(term) != term] == []


def test_a_repair_knows_only_the_terms_it_was_given() -> None:
    repair = HomophoneRepair(["风筝"])
    assert repair("放风争和底保") == "放风筝和底保"
