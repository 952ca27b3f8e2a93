"""What a message to the status form says besides numbers, read from its words."""

import re

from knowledge.text import fold
from knowledge.told import is_question

_CODE = re.compile(r"发.{0,6}验证码|验证码.{0,4}(发|没收到)|send .{0,12}code")
_LACKS = (
    r"(没有|没带|不知道|忘|找不到|丢|不记得|不见了|弄没|\blost\b|don.?t (have|know|remember)"
    r"|have no\b|\bno number\b|forgot)"
)
_NUMBER = r"(受理|编号|通知书|单子|回执|\bnumber\b|\bnotice\b)"
_PROOF = r"(号码|身份证|手机|电话|短信|验证码|四位|尾号|\bid\b|\bphone\b|\bcode\b)"
_BARE = re.compile(rf"[我也都真,，]*{_LACKS}(我|带|到|记|it|[了啊呀吧的。.!！ ])*|i {_LACKS}( it)?")
_NUMBER_LACKS = re.compile(rf"{_NUMBER}.{{0,8}}{_LACKS}|{_LACKS}.{{0,8}}{_NUMBER}")
_PROOF_LACKS = re.compile(rf"{_PROOF}.{{0,8}}{_LACKS}|{_LACKS}.{{0,8}}{_PROOF}")
_OWN = re.compile(r"我|俺|咱|侬|查|进度|批|下来|受理|\bmy\b|status|progress|approved")
_HOW_LONG = re.compile(r"多久|几天|多少天|多长时间|how long|how many days")
_OWNER = re.compile(r"我|俺|咱|侬|查|进度|受理号|还[要得没]|\bmy\b|\bmine\b")
_RELATIVE = re.compile(
    r"妈|爸|父|母|爷|奶|外公|外婆|老伴|老公|老婆|丈夫|妻子|爱人|儿子|女儿|孩子|叔|伯|舅|侄|(?<!阿)姨"
    r"|姑(?!娘)|(?<![大小姐])[哥姐弟妹](?!子|们)|亲戚|邻居|老人(?!家)"
    r"|\b(mother|father|mom|dad|parents?|son|daughter|wife|husband|neighbou?r|grand\w+)\b"
)


def wants_code(text: str) -> bool:
    """Whether the citizen wants a code sent to the phone on file."""
    return bool(_CODE.search(fold(text)))


def lacks_what_is_asked(text: str) -> bool:
    """Whether the citizen has no number or no proof: “找不到受理号了”, “忘了”.

    “结婚证丢了怎么补办” is a question, and “批下来没有” no lack of anything.
    """
    said = fold(text)
    lacks = _BARE.fullmatch(said) or (_PROOF_LACKS.search(said) and not is_question(text))
    return bool(lacks or _NUMBER_LACKS.search(said))


def is_of_ones_own(text: str) -> bool:
    """Whether the message speaks of an application that was made."""
    return bool(_OWN.search(fold(text)))


def asks_how_long(text: str) -> bool:
    """Whether it asks how long such a thing takes, for whomever: “低保多久能批下来”."""
    said = fold(text)
    return bool(_HOW_LONG.search(said)) and not _OWNER.search(said)


def for_a_relative(text: str) -> bool:
    """Whether somebody else's application is meant; 姑娘 and 大姐 are what staff is called."""
    return bool(_RELATIVE.search(fold(text)))
