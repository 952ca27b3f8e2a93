"""Answers that are often told wrongly: what each must say, and what it must never say.

Much of what the web says is older than the rules of 2025 and 2026. Each line is a
question, what its answer holds, and what it does not hold (patterns, in the
language of the question).
"""

import re
from datetime import date

import pytest

from knowledge.answer import Outcome
from knowledge.reply import reply
from knowledge.search import collection_of
from knowledge.shelf import Shelf
from tests.knowledge.conftest import TODAY

Trap = tuple[str, list[str], list[str]]

AMOUNT = r"[1-9][\d,]*(\.\d+)?\s*(元|块|yuan)"

MARRIAGE: list[Trap] = [
    ("户口本在我妈手里不肯给，没有户口簿能登记结婚吗", ["不需要户口簿", "身份证"], ["要带户口簿"]),
    ("结婚登记到底要带哪几样东西", ["身份证", "声明", "不需要户口簿"], ["介绍信", "单身证明"]),
    ("领结婚证的工本费还是九块钱吗", ["不收钱", "早已没有"], [r"收取?\s*9\s*元", "工本费是"]),
    ("我和老婆复婚，听人说要交五千押金，是真的吗", ["不收钱", "谣言"], ["5000", "五千"]),
    ("离过三次婚的人再去登记结婚要交罚款吗", ["没有工本费、押金、罚款"], ["应当缴纳", "要罚"]),
    (
        "双方都是外省户口可以在你们这里登记结婚吗",
        ["任何一个", "不看户口"],
        ["一方户籍地", "居住证才"],
    ),
    ("我甘肃的他福建的，都在广州打工，能在广州领结婚证吗", ["全国都行"], ["回户籍地办理"]),
    (
        "我有乙肝，民政局会不会不让我结婚",
        ["没有“疾病”", "如实告诉"],
        ["(?<!能)不能结婚", "禁止结婚"],
    ),
    ("有传染病的人能不能登记结婚", ["没有“疾病”"], ["(?<!能)不能结婚", "暂缓结婚"]),
    ("不做婚检能不能登记结婚", ["婚检自愿", "不做也能登记"], ["必须婚检", "强制"]),
    (
        "男的最少多大可以结婚",
        ["男满 22 周岁", "女满 20 周岁"],
        ["18 周岁可以", "男满 20", "虚岁算"],
    ),
    ("女生十九岁怀孕了，能提前领证吗", ["女满 20 周岁", "不能提前", "没有降低"], ["可以提前"]),
    ("表哥和表妹能不能结婚", ["三代以内", "不能结婚"], ["五代以内"]),
    ("可以让爸妈代替我们领结婚证吗", ["必须一起亲自到场", "不能代办"], ["可以代办"]),
    ("离婚后想马上再婚要等几个月", ["没有等待期"], ["六个月后", "一年后"]),
    ("跟前妻复婚要等多久，要带户口簿吗", ["没有等待期", "不要户口簿", "不收钱"], ["要带户口簿"]),
    ("结婚登记一定要提前预约吗", ["当地"], ["必须预约", "不预约不"]),
]

DIVORCE: list[Trap] = [
    ("去民政局离婚要交多少钱", ["不收"], [r"[1-8]\d* 元", "工本费为"]),
    ("离婚必须回户口所在地的民政局吗", ["不用回老家", "任何一个"], ["回户籍地办理"]),
    ("申请离婚后反悔了多少天之内可以撤回", ["30天", "任何一方", "撤回"], ["15天", "60天"]),
    ("冷静期满了以后多久之内要去拿离婚证", [r"接下来的30天内", "过期就算撤回"], ["长期有效"]),
    ("冷静期过了没去领证会自动离婚吗", ["不会自动离婚", "当作撤回"], ["自动生效"]),
    ("离婚当天能不能拿到证，花钱加急也行", ["当天拿不到", "不能花钱加急"], ["可以加急"]),
    ("我们在泰国登记结的婚，能到民政局协议离婚吗", ["不受理", "法院"], ["任何一个登记处都可以"]),
    ("在香港注册结婚的内地夫妻怎么离婚", ["港澳台", "到法院起诉"], ["带回乡证登记离婚"]),
    ("哺乳期老公能不能要求离婚", ["生孩子后一年内", "男方不得提出", "六个月"], ["女方不得提出"]),
    ("怀孕了我自己想离婚可以吗", ["女方自己要离，不受限制"], ["怀孕不能离婚"]),
    ("离婚证丢了要前夫一起去补吗", ["不用前夫或前妻一起去", "身份证"], ["双方到场", "登报"]),
    ("委托律师替我去民政局办离婚行吗", ["不行", "本人"], ["可以委托律师代"]),
    ("分居满两年是不是就自动离了", ["不会自动离婚", "法院"], ["自动解除婚姻"]),
    ("法院判了离婚还要去民政局换离婚证吗", ["不用再去民政局", "不另发离婚证"], ["换领离婚证"]),
    ("人身安全保护令法院几天之内决定", ["72小时", "24小时", "110"], ["15天", "一个月内"]),
]

SUPPORT: list[Trap] = [
    ("高龄津贴全国统一是多少钱一个月", ["没有统一的年龄和金额", "hotline"], [AMOUNT, "每月[0-9]"]),
    ("奶奶今年八十二，一个月能领多少高龄补贴", ["各地自己定"], [AMOUNT]),
    ("老人满多少岁开始有高龄津贴", ["没有统一的年龄"], ["满 ?(60|65|70|80|90) ?周?岁(就|即|起)"]),
    ("失能老人每月八百元电子消费券怎么领", ["没有能核对的正式文件"], ["800", "八百"]),
    ("老年人坐公交免费是全国统一的吗", ["各地不一样"], ["65 ?周?岁以上免费"]),
    ("低保全国标准一个月多少钱", ["没有全国统一"], [AMOUNT]),
    (
        "低保申请交上去多少天出结果",
        ["30 个工作日", "45 个工作日", "受理"],
        ["60 个工作日", "20 个"],
    ),
    ("低保公示要公示几天", ["公示 7 天"], ["公示 (3|5|10) 天"]),
    ("刚性支出困难家庭认定多久能批下来", ["30 个工作日", "45 个工作日"], ["60 个工作日"]),
    ("刚性支出困难家庭认定一次管多久", ["不超过 12 个月"], ["长期有效", "两年"]),
    ("低保边缘家庭的收入标准是低保的几倍", ["没有统一金额", r"1\.5 倍", "省"], [AMOUNT]),
    ("单身的二级残疾人能不能一个人申请低保", ["可以申请", "低保边缘家庭"], ["一定能批"]),
    ("低保没批准不服怎么办", ["书面", "行政复议", "法院"], ["不能起诉"]),
    ("吃低保的人出国旅游会停吗", ["不是一去就停", "当地"], ["一律取消"]),
    ("以前的贫困户是不是自动有低保", ["不等于自动有低保", "农业农村局"], ["扶贫办"]),
    ("孩子上学交不起学费，民政局能给助学金吗", ["学校", "教育局"], [AMOUNT]),
    ("公租房是民政局管吗", ["住房和城乡建设局"], [AMOUNT]),
]

OTHER_MATTERS: list[Trap] = [
    ("已经有一个孩子了还能再收养一个吗", ["一名子女", "年满30周岁"], ["必须无子女", "35 ?周岁"]),
    ("单身男人收养女孩要相差多少岁", ["40周岁以上", "女的收养男孩，都一样"], ["只限男"]),
    ("在路边捡到弃婴可以直接抱回家养吗", ["110", "60日"], ["可以直接抱养"]),
    ("外国人现在还能来中国收养孩子吗", ["省民政厅", "亲自来华"], ["县民政局办理"]),
    ("退伍军人的补助是民政局发吗", ["退役军人事务局", "民政局不再办"], [AMOUNT]),
    ("城里买的墓地能用多少年", ["各地不一样", "问清"], ["20 ?年", "二十年", "70 ?年"]),
    ("去世后必须火葬吗，土葬行不行", ["当地", "2026年3月30日", "不要照着办"], ["一律火葬"]),
    ("残疾证去民政局办吗", ["残联", "民政局不发"], [AMOUNT]),
    ("残疾人两项补贴一个月多少钱", ["各地定", "没有录入"], [AMOUNT]),
    ("孤儿一个月全国统一多少钱", ["各省定", "没有录入"], [AMOUNT]),
    ("临时救助一年最多给多少钱", ["没有全国统一", "没有录入"], [AMOUNT]),
    ("现在还有五保户吗，六十岁没儿没女能不能算", ["三条同时", "特困人员"], ["自动"]),
    ("社会团体成立要多少个会员", ["50 个", "30 个", "3 万元"], ["100 个"]),
    ("民办非企业单位年检什么时候交", ["3 月 31 日", "5 月 31 日"], ["6 月 30 日"]),
    ("个人能不能自己在网上募捐", ["个人不能", "求助"], ["个人可以公开募捐"]),
    ("彩礼没领证能要回来吗", ["法院", "民政局不裁判"], ["一律退", "民政局可以判"]),
    ("救助站收费吗", ["不收费|不收钱"], [AMOUNT]),
]

IN_ENGLISH: list[Trap] = [
    ("Do we need the hukou booklet to get married?", ["No hukou", "ID card"], ["bring the hukou"]),
    ("How much does it cost to register a marriage?", ["It is free", "gone"], ["costs 9"]),
    ("How long is the divorce cooling-off period?", ["30 days", "withdraw"], ["same day you can"]),
    ("What is the national old-age allowance amount?", ["no (single )?national|locally"], [AMOUNT]),
    ("How old must a man be to marry?", ["22", "20"], ["at least 18"]),
    ("how many working days does a dibao decision take", ["30", "45"], ["60"]),
]


def told(shelf: Shelf, question: str, day: date = TODAY) -> str:
    """What a citizen reads who asks `question`; it must be an answer."""
    given = shelf.answerer.answer(question, today=day)
    assert given.outcome in (Outcome.ANSWERED, Outcome.NOT_OURS), (question, given.hits[:3])
    text: str = reply(given)["text"][collection_of(question)]
    return text


@pytest.mark.parametrize(
    ("question", "holds", "lacks"), [*MARRIAGE, *DIVORCE, *SUPPORT, *OTHER_MATTERS, *IN_ENGLISH]
)
def test_an_often_mistold_answer_comes_out_right(
    shelf: Shelf, question: str, holds: list[str], lacks: list[str]
) -> None:
    text = told(shelf, question)
    assert [fact for fact in holds if not re.search(fact, text)] == []
    assert [stale for stale in lacks if re.search(stale, text)] == []


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("孩子上学交不起学费，民政局能给助学金吗", "学校"),
        ("公租房是民政局管吗", "住房"),
        ("分居满两年是不是就自动离了", "法院"),
        ("不做婚检能不能登记结婚", "卫生"),
        ("以前的贫困户是不是自动有低保", "农业农村局"),
        ("退伍军人的补助是民政局发吗", "退役军人事务局"),
        ("残疾证去民政局办吗", "残联"),
        ("彩礼没领证能要回来吗", "法院"),
    ],
)
def test_a_matter_of_another_body_is_named_as_theirs(
    shelf: Shelf, question: str, body: str
) -> None:
    given = shelf.answerer.answer(question, today=TODAY)
    assert given.outcome is Outcome.NOT_OURS
    assert body in reply(given)["text"]["zh"]


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("低保申請交上去多少天出結果", "低保申请交上去多少天出结果"),
        ("結婚登記到底要帶哪幾樣東西", "结婚登记到底要带哪几样东西"),
        ("底保申情交上去多少天出结果", "低保申请交上去多少天出结果"),
    ],
)
def test_script_and_slips_do_not_change_the_answer(shelf: Shelf, asked: str, same: str) -> None:
    assert told(shelf, asked) == told(shelf, same)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("结婚登记到底要带哪几样东西", date(2025, 5, 9)),
        ("低保全国标准一个月多少钱", date(2026, 6, 30)),
    ],
)
def test_a_rule_is_not_told_as_current_before_its_first_day(
    shelf: Shelf, question: str, day: date
) -> None:
    given = shelf.answerer.answer(question, today=day)
    assert given.outcome is Outcome.EXPIRED
    assert "起才施行" in reply(given)["text"]["zh"]


@pytest.mark.parametrize("question", [trap[0] for trap in (*MARRIAGE[:5], *DIVORCE[:3])])
def test_an_answer_on_marriage_or_divorce_rests_on_the_rules_of_2025(
    shelf: Shelf, question: str
) -> None:
    named = reply(shelf.answerer.answer(question, today=TODAY))["sources"]
    regulation = [source for source in named if source["law"] == "婚姻登记条例"]
    assert regulation
    assert {source["in_force"] for source in regulation} == {"2025-05-10"}
