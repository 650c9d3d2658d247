"""What stands where bylines name people, and is none: roles, desks, and controls of the page."""

import re

ROLE_WORD = (
    r"(?:(?:staff|chief|senior|political|sports?|foreign|deputy|contributing|special|crime)\s)*"
    r"(?:reporter|writer|correspondent|editor|journalist|columnist|contributor|producer|critic"
    r"|reporterin|redakteur(?:in)?|korrespondent(?:in)?|journalistin|volontär(?:in)?"
    r"|journaliste|rédact(?:eur|rice)|correspondante?|envoyée? spéciale?|grand reporter"
    r"|redactora?|corresponsal|periodista|enviad[oa] especial|giornalista|inviat[oa]|redattore"
    r"|корреспондент|редактор|обозреватель)"
)
_IS_ROLE = re.compile(rf"(?i)(?:our |the |unser(?:e)? |notre |nuestr[oa] )?{ROLE_WORD}\b.{{0,40}}")
_ROLES = re.compile(
    r"(?i)(?:staff(?: writer| reporter)?|admin(?:istrator)?|editor(?:ial)?(?: team| staff)?"
    r"|redaktion|newsroom|news ?desk|web ?desk|agencies|agenturen|correspondent"
    r"|reporter|null|none|unknown|redacción|la rédaction|redazione|guest(?: author)?|contributor"
    r"|[記记]者|[編编][輯辑集]部?|佚名|匿名|기자|편집부|관리자|المحرر|تحریریه)"
)
_CONTROLS = re.compile(
    r"(?i)(?:\d+\s*[条條則则个個件]?\s*)?(?:(?:leave|post|write|add) (?:a )?(?:comment|reply)"
    r"|(?:no |view |all )?comments?|share(?: (?:this )?(?:article|story|post))?|follow(?: us)?"
    r"|read more|see more|subscribe|sign (?:in|up)|log ?in|print|e-?mail|copy link"
    r"|kommentar(?:e|ieren)?|teilen|drucken|commenter|commentaires?|partager|comentar(?:ios?)?"
    r"|compartir|留言|[评評][论論]|回[复覆]|分享|收藏|登[录入]|[訂订][閱阅]|更多|コメント|シェア"
    r"|共有|댓글|공유|구독|تعليق(?:ات)?|مشاركة|نظرات?|комментари[ий]|поделиться)"
    r"(?:\s*[(（]?\d*[)）]?)"
)
"""What stands beside bylines for readers to press."""


def is_no_person(written: str) -> bool:
    """Whether the words are nothing but a role, a desk, or a control.

    >>> is_no_person("Senior Correspondent"), is_no_person("留言 (3)"), is_no_person("Ann Lee")
    (True, True, False)
    """
    return any(one.fullmatch(written) for one in (_ROLES, _IS_ROLE, _CONTROLS))
