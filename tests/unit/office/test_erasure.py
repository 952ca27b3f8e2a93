"""A wish to be forgotten is heard; a question about a register is not taken for one."""

import time

import pytest

from office.erasure import ASK, EXPECTS, KEPT, asks, confirms, declines, done

WISHES = [
    "删除我的信息",
    "请删除我的信息。",
    "把我的资料删掉",
    "请把我的资料全部删掉，谢谢",
    "清除我的聊天记录",
    "清空我的个人数据",
    "注销我的账号",
    "我要注销账号",
    "不要保存我的信息",
    "别存我的资料",
    "我不同意你们保存我的信息",
    "不许记录我说的话",
    "停止收集我的个人信息",
    "我的个人信息不要保存",
    "别把我的信息存起来",
    "请把我的个人信息从系统里删除",
    "删除你们保存的我的信息",
    "能不能不保存我的聊天记录",
    "怎么删除我的信息",
    "你能把我的信息删了吗？",
    "我的聊天记录能删吗",
    "我的资料怎么删除",
    "聊天记录全部清空",
    "删除聊天记录",
    "清空对话",
    "删除个人信息",
    "把这次的对话删掉吧",
    "删掉我刚才发的身份证号",
    "删除我的身份证号〔身份证号〕",
    "把我刚才说的都删了",
    "删除我在你们这里留下的所有个人信息",
    "根据个人信息保护法，请删除我的个人信息",
    "我不想用了，帮我把我的数据删干净",
    "刪除我的資料",
    "請把我的聊天記錄刪掉",
    "不要儲存我的個人資訊",
    "註銷我的帳號",
    "把 我 的 信息 删 掉",
    "删除我的姓名和手机号",
    "撤回对处理个人信息的同意",
    "delete my data",
    "Please delete all my personal data.",
    "erase my information",
    "How do I delete my chat history?",
    "I want you to delete everything you have about me",
    "Don’t store my information",
    "delete my name and phone number",
    "close my account",
    "forget everything I said",
]

QUESTIONS = [
    "",
    "，。",
    "删除离婚记录可以吗",
    "删除我的离婚记录",
    "我的婚姻登记信息能删吗",
    "婚姻登记信息错了怎么改",
    "注销户口",
    "怎么注销我的户口",
    "社会组织注销",
    "注销我的公司账户要什么材料",
    "孩子信息登记错了",
    "删除我孩子的信息",
    "删除低保名单里我的名字",
    "公示里能不能不写我的名字",
    "不要公示我的信息",
    "不要公开我的个人信息",
    "把档案信息删了",
    "把我的档案删了",
    "删除我的低保信息",
    "我的信息填错了怎么改",
    "修改我的手机号",
    "我的信息被删除了怎么办",
    "我的资料删了吗",
    "我的信息删除了吗",
    "你们保存我的信息吗",
    "你们会不会泄露我的信息",
    "取消我的申请",
    "撤回我的低保申请",
    "删除我的申请记录",
    "删除我的信息，低保名单里的那个",
    "结婚证上的信息能删掉吗",
    "老公把我的聊天记录删了能当证据吗",
    "聊天记录可以作为离婚证据吗",
    "不想让村里知道我的信息",
    "不要处理我的投诉",
    "你们不处理我的问题",
    "我的社保账户怎么注销",
    "收养登记可以删除吗",
    "注销收养登记",
    "我的银行卡号换了怎么办",
    "个人信息保护法是什么",
    "remove my name from the dibao list",
    "delete my marriage record",
    "can I delete my divorce record",
    "my information is wrong, how do I change it",
    "how is my data stored?",
    "cancel my application",
    "close my company",
    "删除我的信息" * 20,
]


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_to_be_forgotten_is_heard(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_no_such_wish(text: str) -> None:
    assert not asks(text)


YES = [
    "确认删除",
    "確認刪除",
    "确认",
    "确定删除",
    "是",
    "是的",
    "是的，删除",
    "对",
    "好",
    "好的，谢谢",
    "可以",
    "同意",
    "嗯嗯",
    "删",
    "删吧",
    "都删了吧",
    "那就删掉",
    "我确定",
    "确认删除我的信息",
    "行",
    "Yes",
    "yes, delete it",
    "Yes, please!",
    "ok",
    "delete it",
    "go ahead",
]
NO = [
    "先不删",
    "不",
    "不要",
    "不删了",
    "不要删除",
    "先别删",
    "別刪",
    "算了",
    "算了吧",
    "取消",
    "再想想",
    "不用了，谢谢",
    "还是留着吧",
    "暂时不删",
    "我不想删了",
    "不确定",
    "等一下",
    "no",
    "No, thanks",
    "Not now",
    "cancel",
    "keep it",
    "don't delete",
    "好吧，不删了",
    "不同意",
]
NEITHER = [
    "",
    "谢谢",
    "是什么意思",
    "对不起",
    "好的，那低保怎么申请",
    "删除离婚记录可以吗",
    "删除我的信息",
    "可以不删申请吗",
    "结婚登记要多少钱",
    "可以分开删吗",
    "确认一下低保结果",
    "what does that mean",
    "yes or no",
]


@pytest.mark.parametrize("text", YES)
def test_a_yes_is_a_yes(text: str) -> None:
    assert (confirms(text), declines(text)) == (True, False)


@pytest.mark.parametrize("text", NO)
def test_a_no_is_a_no(text: str) -> None:
    assert (confirms(text), declines(text)) == (False, True)


@pytest.mark.parametrize("text", NEITHER)
def test_anything_else_is_neither(text: str) -> None:
    assert (confirms(text), declines(text)) == (False, False)


def test_both_buttons_are_understood_in_every_script() -> None:
    yes, no = (button["text"] for button in ASK["buttons"])
    assert all(confirms(text) for text in (*yes.values(), "確認刪除"))
    assert all(declines(text) for text in (*no.values(), "先不刪"))


def test_what_stays_is_said_before_anything_goes() -> None:
    assert ASK["expects"] == EXPECTS == ASK["outcome"]
    assert "登记档案" in ASK["text"]["zh"]
    assert "registration files" in ASK["text"]["en"]
    assert "expects" not in KEPT | done("KFMQ-XTRW")


def test_the_receipt_is_told_in_both_languages() -> None:
    assert all("KFMQ-XTRW" in text for text in done("KFMQ-XTRW")["text"].values())


@pytest.mark.parametrize(
    "piece", ["请", "全都", "可不可以", "是的", "嗯", "的", "了", "please ", "我要求"]
)
def test_a_long_repetition_is_read_at_once(piece: str) -> None:
    text = (piece * 80)[:79] + "x"
    started = time.perf_counter()
    assert [asks(text), confirms(text), declines(text)] == [False] * 3
    assert time.perf_counter() - started < 0.2
