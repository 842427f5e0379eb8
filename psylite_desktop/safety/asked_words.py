"""Words that speak of what is asked for, beside which a model alone is believed more readily."""

from __future__ import annotations

import re

from psylite_desktop.domain.risk import Request

WORDED = {
    Request.CLINICAL: re.compile(
        r"药|剂量|毫克|[片粒]|诊断|[抑躁]郁|焦虑症|双相|强迫|症|病|医|治疗|量表|副作用|停[药掉]|心理咨询|"
        r"\b(?:med(?:s|ication|icine)?|pills?|tablets?|dos(?:e|age)|mg|drugs?|diagnos\w*|disorder|"
        r"depress\w*|bipolar|adhd|add|autis\w*|ptsd|ocd|bpd|doctor|gp|psych\w*|therap\w*|"
        r"symptoms?|side effects?|antidepress\w*|ssri|sertraline|zoloft|prozac|fluoxetine|lexapro|"
        r"xanax|lithium|ritalin|illness|disease|syndrome|tested for)\b"
    ),
    Request.PRIVACY: re.compile(
        r"密码|[账帐]号|[账帐]户|卡号|银行卡|身份证|[手电]机号|电话|地址|住[址哪]|定位|位置|隐私|聊天记录|登录|"
        r"登陆|验证码|信息|资料|号码|数据|偷看|监视|监控|名字|真名|"
        r"\b(?:passwords?|cards?|accounts?|address|phone|numbers?|ssn|pin|location|log ?in|codes?|"
        r"data|private|privacy|messages|track\w*|spy\w*|names?|live|lives)\b"
    ),
    Request.JAILBREAK: re.compile(
        r"忽略|无视|忘掉|假装|扮演|角色|规则|限制|指令|设定|越狱|模式|身份|你现在是|当成|装成|提示词|"
        r"\b(?:ignore|disregard|forget|pretend|role ?-?play\w*|act as|acting as|rules?|instruct\w*|"
        r"prompts?|system|mode|unrestricted|uncensored|unfiltered|filters?|jailbreak|dan|developer|character|"
        r"persona|limits?|limitations?|bypass|restrict\w*|guidelines|programming|you are now)\b"
    ),
    Request.HARMFUL: re.compile(
        r"毒|药|刀|枪|炸|杀|死|伤|害|割|吊|跳|勒|绳|烧|炭|煤气|溺|血|残|疼|痛|饿|断食|绝食|吐|泻|瘦|减肥|"
        r"报复|教训|弄[他她]|整[他她]|打[他她人]|黑[进掉]|破解|[偷骗抢]|跟踪|监听|下药|迷[药奸]|假[证的装]|"
        r"作弊|违禁|大麻|冰毒|藏|瞒|伪造|威胁|敲诈|酒精|安眠|上路|了断|结束|离开|走得|不[疼痛]|没[有人]?痛苦|"
        r"\b(?:poison\w*|kill\w*|die|dying|dead|death|lethal|fatal|overdos\w*|pills?|tablets?|drugs?|meds|"
        r"cut\w*|slit|blade|razor|hurt\w*|harm\w*|pain\w*|hang\w*|noose|rope|knot|knife|knives|stab\w*|"
        r"guns?|rifle|shoot\w*|ammo|bombs?|explos\w*|weapons?|burn\w*|fire|drown\w*|suffocat\w*|"
        r"strangl\w*|smother\w*|choke\w*|bleed\w*|blood|gas|carbon|helium|bleach|acid|jump\w*|"
        r"bridge|roof|"
        r"height|train|starv\w*|fast(?:ing)?|calories|purg\w*|vomit\w*|throw up|laxatives?|"
        r"revenge|get back at|"
        r"make (?:him|her|them) (?:pay|sorry|suffer|sick)|beat\w*|punch\w*|hack\w*|steal\w*|stole|"
        r"stalk\w*|spy\w*|fake|forg\w+|cheat\w*|roofie|spik\w+|blackmail\w*|threat\w*|hide|"
        r"hidden|disappear\w*|"
        r"without (?:anyone|anybody|them|him|her) (?:knowing|noticing|finding)|undetected|"
        r"untraceable|sleeping|quick\w*|painless\w*|end it|methods?)\b"
    ),
}
"""Without such words a request must be heard as clearly as its second threshold asks: a model hears
a clinical question in many a "should I", a wish for data in somebody's picture, a trick in "if you
were me", and harm in "how do I get my husband to back me up"."""
