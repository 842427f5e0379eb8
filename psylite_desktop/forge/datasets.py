"""Dialogue readers and cleaning: from published files to dialogues that a tiny model may learn.

Every filter is a named function; what it took out is counted and reported in the model card.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from psylite_desktop.forge.recipe import Cleaning, DataFile


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a person and the reply to it."""

    user: str
    reply: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A cleaned dialogue; `weight` says how gladly it is drawn (1 is normal)."""

    id: str
    lang: str
    kind: str
    turns: tuple[Turn, ...]
    weight: float = 1.0

    def cut(self, turns: int) -> Dialogue:
        """The dialogue up to a number of turns."""
        return dataclasses.replace(self, turns=self.turns[:turns])


@dataclass(slots=True)
class CleaningReport:
    """Counts of what was read, kept and taken out, by filter name."""

    read: int = 0
    kept: int = 0
    turns_kept: int = 0
    taken_out: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """The counts in a form that json can write."""
        return {
            "read": self.read,
            "kept": self.kept,
            "turns_kept": self.turns_kept,
            "taken_out": dict(self.taken_out.most_common()),
        }


def read_raw(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a .jsonl, .jsonl.gz or .jsonl.xz file; raises OSError."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as handle:
            yield from (json.loads(line) for line in handle if line.strip())
    elif path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            yield from (json.loads(line) for line in handle if line.strip())
    else:
        with path.open(encoding="utf-8") as handle:
            yield from (json.loads(line) for line in handle if line.strip())


@lru_cache(maxsize=64)
def _matcher(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for a word list; ASCII words match whole words, others anywhere."""
    parts = [rf"(?<![a-z]){re.escape(w)}(?![a-z])" if w.isascii() else re.escape(w) for w in words]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def has_risk(text: str, rules: Cleaning) -> bool:
    """True if a word of the conservative risk lists stands in the text."""
    return bool(_matcher(rules.risk_zh).search(text) or _matcher(rules.risk_en).search(text))


def too_long(reply: str, lang: str, rules: Cleaning) -> bool:
    """True for a reply over the limit of its language."""
    limit = rules.reply_characters_zh if lang == "zh" else rules.reply_characters_en
    return len(reply) > limit


def too_short(reply: str, lang: str, rules: Cleaning) -> bool:
    """True for an empty or nearly empty reply."""
    return len(reply) < rules.minimum_characters


def has_slogan(reply: str, lang: str, rules: Cleaning) -> bool:
    """True if the reply cheers the person on instead of answering."""
    return bool(_matcher(rules.slogans).search(reply))


_LIST = re.compile(r"(^|[\s。；：:])(\d{1,2}\s*[.、．)）]|[一二三四五]、|[①-⑩]|[-*•]\s)(?!\d)")


def has_list(reply: str, lang: str, rules: Cleaning) -> bool:
    """True if the reply contains a numbered or bulleted list."""
    return bool(_LIST.search(reply))


def has_diagnosis(reply: str, lang: str, rules: Cleaning) -> bool:
    """True if the reply names illnesses, symptoms or medicine."""
    return bool(_matcher(rules.diagnoses).search(reply))


def has_machine_talk(reply: str, lang: str, rules: Cleaning) -> bool:
    """True for "as an AI" phrases and for claims of a profession."""
    return bool(_matcher(rules.machine_talk).search(reply))


def claims_human(reply: str, lang: str, rules: Cleaning) -> bool:
    """True if the reply claims a life of its own, or calls the person by a forum name."""
    return bool(_matcher(rules.human_claims).search(reply))


_CONTACT = re.compile(r"https?:|www\.|\.com|@|\d{5,}", re.IGNORECASE)


def has_contact(reply: str, lang: str, rules: Cleaning) -> bool:
    """True if the reply holds an address, a number, or asks to be contacted."""
    return bool(_CONTACT.search(reply) or _matcher(rules.contact).search(reply))


def is_preachy(reply: str, lang: str, rules: Cleaning) -> bool:
    """True if the reply lectures: must, should, first, secondly."""
    return bool(_matcher(rules.preachy).search(reply))


def wrong_script(reply: str, lang: str, rules: Cleaning) -> bool:
    """True if a Chinese reply is not Chinese or an English one is."""
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in reply)
    return chinese < len(reply) * 0.5 if lang == "zh" else chinese > 0


_FINISHED = ("。", "？", "！", "…", "”", "」", "）", ".", "?", "!", '"', ")")


def is_unfinished(reply: str, lang: str, rules: Cleaning) -> bool:
    """True for a Chinese reply without an end, as where a list was cut off."""
    return lang == "zh" and not reply.endswith(_FINISHED)


ReplyFilter = Callable[[str, str, Cleaning], bool]
REPLY_FILTERS: tuple[tuple[str, ReplyFilter], ...] = (
    ("too_long", too_long),
    ("too_short", too_short),
    ("wrong_script", wrong_script),
    ("unfinished", is_unfinished),
    ("contact", has_contact),
    ("machine_talk", has_machine_talk),
    ("list", has_list),
    ("slogan", has_slogan),
    ("diagnosis", has_diagnosis),
    ("human_claim", claims_human),
    ("preachy", is_preachy),
)


def tidy(text: str, rewrites: tuple[tuple[str, str], ...]) -> str:
    """NFC, the recipe's rewrites in order, single spaces, no special-token look-alikes."""
    text = unicodedata.normalize("NFC", text).replace("<|", "").replace("|>", "")
    for pattern, replacement in rewrites:
        text = re.sub(pattern, replacement, text)
    return re.sub(r"[ \t\u3000]+", " ", text).strip().lstrip("，。,. ")


_SENTENCE = re.compile(r".+?(?:[。！？!?…]+[”」』\"']?|\.(?=\s|$|[A-Z])[\"']?|$)", re.DOTALL)


def sentences(text: str) -> list[str]:
    """Split a reply into sentences, Chinese and English, without losing punctuation."""
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


_ANSWER_START = re.compile(
    r"^(hi|hello|dear|thank|hey|this|that's|there|it |yes|no |well|also)\b", re.I
)


def short_answer(answer: str, rules: Cleaning) -> str | None:
    """The first one to three sentences of a long English answer, if they stand alone."""
    kept = ""
    for sentence in sentences(answer)[:3]:
        longer = f"{kept} {sentence}".strip()
        if len(longer) > rules.reply_characters_en:
            break
        kept = longer
    stands_alone = kept.endswith((".", "?")) and len(kept) > 40 and not _ANSWER_START.match(kept)
    return kept if stands_alone else None


def clean_dialogue(
    raw: dict[str, Any], source: DataFile, rules: Cleaning, report: CleaningReport
) -> Dialogue | None:
    """Clean one dialogue; None if nothing good is left. Counts into `report`."""
    report.read += 1
    messages = raw["messages"]
    if any(has_risk(message["content"], rules) for message in messages):
        report.taken_out["dialogue_risk"] += 1
        return None
    turns: list[Turn] = []
    start = 1 if messages and messages[0]["role"] == "assistant" else 0
    user_limit = rules.user_characters_zh if source.lang == "zh" else rules.user_characters_en
    for asked, answered in zip(messages[start::2], messages[start + 1 :: 2], strict=False):
        if asked["role"] != "user" or answered["role"] != "assistant":
            report.taken_out["turn_roles"] += 1
            break
        user = tidy(asked["content"], rules.rewrite)
        reply = tidy(answered["content"], rules.rewrite + rules.rewrite_reply)
        if source.kind == "answers":
            reply = short_answer(reply, rules) or ""
        if not user or len(user) > user_limit:
            report.taken_out["turn_user_length"] += 1
            break
        failed = next((n for n, bad in REPLY_FILTERS if bad(reply, source.lang, rules)), None)
        if failed:
            report.taken_out[f"turn_{failed}"] += 1
            break
        turns.append(Turn(user, reply))
    if not turns:
        report.taken_out["dialogue_empty"] += 1
        return None
    report.kept += 1
    report.turns_kept += len(turns)
    weight = liking(turns, source, rules)
    return Dialogue(str(raw["id"]), source.lang, source.kind, tuple(turns), weight)


def liking(turns: Iterable[Turn], source: DataFile, rules: Cleaning) -> float:
    """Drawing weight of a dialogue: short replies, reflections and open questions count more."""
    replies = [turn.reply for turn in turns]
    limit = rules.good_characters_zh if source.lang == "zh" else rules.good_characters_en
    weight = 1.0 if sum(map(len, replies)) / len(replies) <= limit else 0.35
    reflects = ("听起来", "感受到", "你觉得", "你感到", "愿意", "理解你", "sounds like", "feel")
    reflecting = sum(any(word in reply for word in reflects) for reply in replies)
    asking = sum(reply.endswith(("？", "?")) for reply in replies)
    return weight * (1.0 + (reflecting + asking) / (2 * len(replies)))


def is_validation(identity: str, percent: int) -> bool:
    """True for a fixed share of dialogues, decided by a hash of their id alone."""
    digest = hashlib.sha256(identity.encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < percent


def fingerprint(dialogue: Dialogue) -> str:
    """Hash of the first two turns without punctuation and spaces, to find near-duplicates."""
    text = "".join(turn.user + turn.reply for turn in dialogue.turns[:2]).lower()
    return hashlib.sha256(re.sub(r"[\W_]+", "", text).encode()).hexdigest()


def read_dialogues(
    data_dir: Path, source: DataFile, rules: Cleaning, seen: set[str]
) -> tuple[list[Dialogue], CleaningReport]:
    """Read and clean one file; `seen` holds fingerprints across files and is added to."""
    report = CleaningReport()
    kept: list[Dialogue] = []
    for raw in read_raw(data_dir / source.name):
        dialogue = clean_dialogue(raw, source, rules, report)
        if dialogue is None:
            continue
        mark = fingerprint(dialogue)
        if mark in seen:
            report.taken_out["dialogue_duplicate"] += 1
            report.kept -= 1
            report.turns_kept -= len(dialogue.turns)
            continue
        seen.add(mark)
        kept.append(dialogue)
    return kept, report
