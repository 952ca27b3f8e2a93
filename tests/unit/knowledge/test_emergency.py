"""Acute danger is heard in every script and language; questions about danger are only questions."""

import pytest

from knowledge.emergency import TEXT, is_emergency

ACUTE = [
    "救命啊，他拿着刀在砸门",
    "我老公在打我，我该怎么办",
    "他正在打我妈，孩子吓哭了",
    "他把我锁在屋里不让出去，还掐我脖子",
    "丈夫拿菜刀追着我砍",
    "他拿刀了",
    "他扬言要杀我全家",
    "他说今晚要弄死我",
    "快被打死了快来人",
    "他又在打孩子了",
    "他正拿皮带抽孩子",
    "他拿酒瓶砸我头",
    "有人拿枪指着我",
    "真的不想活了，没人懂我",
    "我今晚想自杀",
    "我想死",
    "真的活不下去了，想跳楼",
    "我站在楼顶上，准备跳下去",
    "已经割腕了",
    "活着真没意思，不如死了算了",
    "想一了百了",
    "我儿子喝了农药",
    "我妈吃了一瓶安眠药叫不醒",
    "刚刚吃了一整瓶药",
    "爸爸突然晕倒了，没有呼吸",
    "奶奶没心跳了",
    "孩子触电了",
    "孩子掉河里了",
    "俺娘掉井里了",
    "隔壁着火了",
    "家里煤气泄漏了头晕",
    "我被关在地下室里，帮我报警",
    "孩子刚才被人拐走了",
    "他正在毆打我媽",
    "他掐著我脖子不放",
    "我不想活了，遺書都寫好了",
    "家裡失火了，消防車什麼時候到",
    "瓦斯漏氣了怎麼辦",
    "媽媽昏倒了喘不過氣",
    "help he has a knife",
    "I want to kill myself tonight",
    "I don’t want to live any more",
    "My husband is BEATING me right now",
    "He's hitting me",
    "He is going to kill us",
    "our house is on fire",
    "my father isn't breathing",
    "she took an overdose",
    "my mum is unconscious",
]

QUIET = [
    "家暴怎么办，可以申请保护令吗",
    "丈夫以前打过我，离婚时能多分财产吗",
    "被家暴可以不等冷静期吗",
    "他拿刀吓唬过我，这算家暴吗",
    "家暴告诫书去哪里开",
    "买菜刀要实名登记吗",
    "网上买的菜刀质量不好找谁退",
    "菜刀可以带上高铁吗",
    "老人去世后低保怎么停",
    "老人去世后高龄津贴要退吗",
    "父亲去世后骨灰放在哪里",
    "丈夫死了怎么再婚",
    "老公判了死刑怎么离婚",
    "我想死后捐献眼角膜，找谁登记",
    "想死你们了，客服你好",
    "这是我的救命钱，低保什么时候到账",
    "救命恩人可以评见义勇为吗",
    "他说打死也不离婚，我该怎么办",
    "打死我也不去法院，离婚能不去吗",
    "我一直在打人工客服，没人接",
    "他在打我电话催我去领证",
    "我老公被关在监狱里，怎么办离婚",
    "被拐卖的妇女结的婚有效吗",
    "我小时候被拐，现在想找亲生父母",
    "当年家里把我关起来逼我领证，这婚算数吗",
    "我想砍价买墓地，殡葬收费谁管",
    "村里要砍树修公墓合法吗",
    "年底要杀猪，能申请补贴吗",
    "听说杀人犯的孩子也算事实无人抚养儿童",
    "老公砍人坐牢了怎么离婚",
    "去年家里着火了，房子烧没了能申请救助吗",
    "家里失火了，能领临时救助吗",
    "老公昏迷不醒三年了，能离婚吗",
    "我妈昏迷不醒，我能当监护人吗",
    "养老院老人晕倒了没人管，向谁投诉",
    "我妈每天吃安眠药，医药费能报销吗",
    "老公前年喝农药去世了，孩子算孤儿吗",
    "离了婚一了百了，要带什么材料",
    "燃气泄漏报警器有补贴吗",
    "我的手机掉水里了，预约短信看不到",
    "被家暴的婦女可以去哪裡庇護",
    "Where can I report domestic violence?",
    "How do I get a protection order?",
    "Where can I buy a kitchen knife?",
    "My husband died, can I remarry?",
    "My father has been unconscious for two years, who signs for him?",
    "",
]


@pytest.mark.parametrize("message", ACUTE)
def test_a_message_of_acute_danger_is_an_emergency(message: str) -> None:
    assert is_emergency(message)


@pytest.mark.parametrize("message", QUIET)
def test_a_question_about_danger_or_loss_is_not_an_emergency(message: str) -> None:
    assert not is_emergency(message)


@pytest.mark.parametrize("message", ["我 不 想 活 了", "我不\u200b想活了", "我不想\u2060活了"])
def test_spaces_and_invisible_letters_do_not_hide_an_emergency(message: str) -> None:
    assert is_emergency(message)


def test_present_danger_counts_although_older_violence_is_told_too() -> None:
    assert is_emergency("他去年就打过我，我还申请过保护令，现在他正在打我")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("number", ["110", "120", "119", "12356", "12338", "12355", "[[hotline]]"])
def test_the_reply_names_every_number_in_both_languages(language: str, number: str) -> None:
    assert number in TEXT[language]
