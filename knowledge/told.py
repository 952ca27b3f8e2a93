"""What a citizen's answer says about a fact; what is not clear is asked again, never guessed."""

import re
from datetime import date
from decimal import Decimal

from knowledge.eligibility import Value
from knowledge.numerals import numbers_in
from knowledge.rules import Both, Fact, Kind
from knowledge.text import fold

_UNSURE = re.compile(
    r"不(太|大|很)?(知道|清楚|晓得|确定|懂|了解|记得)|忘记?了|没概念|不好说|不一定|跳过|[说拿]不准|说不上来"
    r"|唔知|唔清楚|don't know|not sure|no idea|\bskip\b|unsure"
)
_YES = re.compile(
    r"是|是[啊呀]|对|对啊|嗯|嗯嗯|有|有啊|有一个|没错|确实|当然|符合|愿意|自愿|能|可以|会|在|满了|低|够"
    r"|需要|要|超过|超了|yes|y|yeah|yep|sure|true|correct|right"
)
_NO = re.compile(
    r"不|不是|没|没有|没得|没啊|无|否|不对|冇|唔系|不在|不能|不会|不符合|不愿意|不可以|没超过?|没有超过"
    r"|不超过|不低|没满|不够|不需要|no|n|nope|not|none|false"
)
_SMALL = re.compile(
    r"^(我们?家?|他们?|她们?|家里|两个人|两人|俩人?|双方|应该|都|也|就|的确|it|they|we|i)+"
)
_ENDING = re.compile(r"(的|了|啊|呀|呢|吧|哦|哈|嘛|噢|喔)+$")
_QUESTION = re.compile(
    r"[?？]|什么|怎么|怎样|咋|多少(?!有)|哪里|哪儿|去哪|几点|吗$|么$|为啥|为什么|谁"
    r"|^(how|what|where|when|why|who|can|do|does|is)\b"
)

_ZERO = re.compile(
    r"^(没有|没|无|冇|一个(都|也)没有|没有收入|没收入|none|nobody|no|zero)(了|的|啊)?$"
)
_YEARLY = re.compile(r"[一每全整/]年|年(收入|薪|入)|(per|a) year|yearly")
_OTHER_PERIOD = re.compile(
    r"半年|去年|前年|季度|[一每]季|天|日薪|[一每]日|周|星期|礼拜|小时|\d{4}年"
    r"|(per|a) (day|week)|daily|weekly"
)
_BESIDE = re.compile(r"[一每]?个?月(收入)?|[一每全整]年|一共|总共|一家|一起|一个人(?=.*\d)")
_MINUS = re.compile(r"(?<!\d)[-－]\s*\d|负|亏|赔|欠|倒贴|minus|loss")
_DATE = re.compile(
    r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?"
    r"|\b((?:19|20)\d\d)(\d\d)(\d\d)\b"
)
_NO_AGE = re.compile(
    r"虚岁?|农历|阴历|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|\d年|年生|后$|快|将|明年|下个?月|差|不到|还没|未满|(19|20)\d\d"
)
_OTHER_UNIT = {
    Kind.MONEY: re.compile(r"口|个人$|岁|[个名]孩|级|\d{4}[-年]|people|persons?|years old"),
    Kind.COUNT: re.compile(r"元|块|岁|级|yuan|years"),
    Kind.AGE: re.compile(r"元|块|口|级|yuan|people"),
}
"""Units that show that an answer was meant for another question."""
_NOT = re.compile(r"不|非|没|\bnot\b|n't")
_MONTHS = 12


class NotUnderstood(ValueError):
    """An answer that cannot be read; `said` tells the citizen what is wrong and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said: Both = {"zh": zh, "en": en}


def is_question(text: str) -> bool:
    """Whether a message asks something instead of answering."""
    return _QUESTION.search(fold(text)) is not None


def read(fact: Fact, text: str, *, today: date) -> Value | None:
    """The value of `fact` that `text` tells, None for “I do not know”; raises NotUnderstood."""
    said = fold(text).replace("’", "'").strip(" 。.!！,，~")
    if _UNSURE.search(said):
        return None
    unit = _OTHER_UNIT.get(fact.kind)
    if unit and unit.search(said):
        raise _one_number()
    match fact.kind:
        case Kind.YES_NO:
            return _yes_no(said)
        case Kind.CHOICE:
            return _choice(fact, said)
        case Kind.AGE:
            return _bounded(fact, _age(said, today))
    return _bounded(fact, _amount(fact, said))


def checked_value(fact: Fact, given: object, *, today: date) -> Value | None:
    """`given` as JSON tells it (null, a boolean, a number, a text); raises NotUnderstood."""
    number = isinstance(given, int | float | Decimal) and not isinstance(given, bool)
    if given is None or (isinstance(given, bool) and fact.kind is Kind.YES_NO):
        return given
    if number and fact.kind not in (Kind.YES_NO, Kind.CHOICE):
        return _bounded(fact, Decimal(str(given)))
    return read(fact, given if isinstance(given, str) else "", today=today)


def _yes_no(said: str) -> bool:
    bare = _ENDING.sub("", _SMALL.sub("", said)) or said
    for words, value in ((_YES, True), (_NO, False)):
        if words.fullmatch(said) or words.fullmatch(bare):
            return value
    raise NotUnderstood(
        "没看明白。请回答“是”或“不是”，不清楚就说“不知道”。",
        "I did not understand. Please answer yes or no, or say “don't know”.",
    )


def _choice(fact: Fact, said: str) -> str:
    numbered = {str(place): option.key for place, option in enumerate(fact.options, start=1)}
    if said in numbered:
        return numbered[said]
    named = {o.key for o in fact.options if {fold(o.zh), fold(o.en), o.key} & {said}}
    inside = {o.key for o in fact.options if fold(o.zh) in said or fold(o.en) in said}
    named = named or (set() if _NOT.search(said) else inside)
    if len(named) == 1:
        return named.pop()
    raise NotUnderstood(
        f"请从这几项里选一个：{'、'.join(o.zh for o in fact.options)}；不清楚就说“不知道”。",
        f"Please choose one: {', '.join(o.en for o in fact.options)}; or say “don't know”.",
    )


def _age(said: str, today: date) -> Decimal:
    if match := _DATE.search(said):
        return _full_years(_day([int(part) for part in match.groups() if part]), today)
    if _NO_AGE.search(said):
        raise NotUnderstood(
            "这样算不准。请说公历的出生年月日，比如 1946-05-03；或者直接说满几周岁。",
            "That is not exact enough. Give the full date of birth, e.g. 1946-05-03, "
            "or the age in full years.",
        )
    return _only(said, said)


def _day(parts: list[int]) -> date:
    try:
        return date(*parts)
    except ValueError:
        raise NotUnderstood(
            "日历上没有这一天，请再看看出生年月日。",
            "There is no such day in the calendar; please check the date of birth.",
        ) from None


def _full_years(born: date, today: date) -> Decimal:
    """Completed years; the birthday itself counts (民法典 第一千二百五十九条: 以上包括本数)."""
    if born > today:
        raise NotUnderstood(
            "这一天还没到，请再看看出生年月日。", "That day is still to come; please check it."
        )
    return Decimal(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


def _amount(fact: Fact, said: str) -> Decimal:
    if _ZERO.match(said):
        return Decimal(0)
    money = fact.kind is Kind.MONEY
    if money and _OTHER_PERIOD.search(said):
        raise NotUnderstood(
            "请换算成一个月多少元再说，比如“3500”。",
            "Please say it as yuan per month, for example 3500.",
        )
    number = _only(said, _BESIDE.sub(" ", said))
    yearly = money and _YEARLY.search(said) and "月" not in said
    return number / _MONTHS if yearly else number


def _bounded(fact: Fact, number: Decimal) -> Decimal:
    fits = number.is_finite() and (fact.kind is Kind.MONEY or number == number.to_integral_value())
    if fits and number >= fact.least and (fact.most is None or number <= fact.most):
        return number
    top = f"到 {fact.most}" if fact.most is not None else "或更大"
    top_en = f" to {fact.most}" if fact.most is not None else " or more"
    raise NotUnderstood(
        f"这个数好像不对，应该是 {fact.least} {top}的数。请再说一遍，不清楚就说“不知道”。",
        f"That does not look right; it should be {fact.least}{top_en}. Please say it again, "
        "or say “don't know”.",
    )


def _only(said: str, where: str) -> Decimal:
    """The one number in `where`, a part of what was `said`."""
    if _MINUS.search(said):
        raise NotUnderstood(
            "这里不能是负数。没有收入或者亏了，请说 0。",
            "This cannot be negative. Say 0 for no income or a loss.",
        )
    found = list(dict.fromkeys(numbers_in(where)))
    if len(found) == 1:
        return found[0]
    raise _one_number()


def _one_number() -> NotUnderstood:
    return NotUnderstood(
        "请只回答一个数，比如“3”或者“两千五”；不清楚就说“不知道”。",
        "Please answer with one number, such as 3 or 2500; or say “don't know”.",
    )
