"""What the Privacy page says."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from psylite_desktop.domain.whereabouts import PlaceKind

_NAMES = {
    PlaceKind.SPACES: QT_TRANSLATE_NOOP("Privacy", "Your space, and other spaces here"),
    PlaceKind.SETTINGS: QT_TRANSLATE_NOOP("Privacy", "Settings of the program"),
    PlaceKind.MODELS: QT_TRANSLATE_NOOP("Privacy", "Models you brought"),
    PlaceKind.INDEX: QT_TRANSLATE_NOOP("Privacy", "Index of the shipped texts"),
    PlaceKind.TUNING: QT_TRANSLATE_NOOP("Privacy", "What was measured of models"),
    PlaceKind.PROGRAM: QT_TRANSLATE_NOOP("Privacy", "Texts of the program"),
}
_HOLDS = {
    PlaceKind.SPACES: QT_TRANSLATE_NOOP(
        "Privacy",
        "Everything you write: conversations, journal, check-ins, exercises, scales, plan, memory, "
        "drafts, and the search over it. One encrypted file a space (SQLCipher, AES-256); its key "
        "is wrapped by your passphrase (Argon2id) and your recovery code. In clear beside it: only "
        "steps of your plan that you chose to have shown before unlocking, if you chose any.",
    ),
    PlaceKind.SETTINGS: QT_TRANSLATE_NOOP(
        "Privacy",
        "Language, look, region, which model. Not encrypted, because it is needed before you "
        "unlock; nothing you wrote is in it.",
    ),
    PlaceKind.MODELS: QT_TRANSLATE_NOOP(
        "Privacy", "Not encrypted. They know nothing of you and learn nothing from you."
    ),
    PlaceKind.INDEX: QT_TRANSLATE_NOOP(
        "Privacy", "Not encrypted. Made from texts that came with the program, not from yours."
    ),
    PlaceKind.TUNING: QT_TRANSLATE_NOOP(
        "Privacy",
        "Not encrypted. How fast and how large models are here, and the program's own first words "
        "to them, read beforehand. Nothing you wrote.",
    ),
    PlaceKind.PROGRAM: QT_TRANSLATE_NOOP(
        "Privacy", "Exercises, rules, pictures: the same for everybody."
    ),
}
_PROTECTED = (
    QT_TRANSLATE_NOOP(
        "Privacy",
        "Without your passphrase or your recovery code nobody opens your space, we neither. Each "
        "guess costs time and memory on purpose. The keyring of this computer is asked only if you "
        "switch that on.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "F9 puts a calendar in front of everything and locks. Quiet minutes lock as well, and on "
        "Linux so do a locked screen and sleep. Then the key is forgotten and the process of the "
        "language model is ended.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "On each day that you are here a copy is made and read through; those of seven days and "
        "four weeks stay beside your space. A file for a stick is encrypted in the same way.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "A damaged space is never replaced by an empty one. What can still be read goes into a "
        "space of its own, and what is lost is named.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "What you delete is erased after 30 days in the bin. A wrong clock empties nothing: breaks "
        "of more than ten days from the app do not count.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "Words that may mean danger are looked for on this computer alone. Nobody is told.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "The language model runs in a process of its own, without your key. If it breaks down, "
        "only the reply it was writing is lost.",
    ),
    QT_TRANSLATE_NOOP("Privacy", "No log, temporary file or crash report holds what you wrote."),
)
_NOT_PROTECTED = (
    QT_TRANSLATE_NOOP("Privacy", "Somebody who knows your passphrase or finds your recovery code."),
    QT_TRANSLATE_NOOP("Privacy", "Somebody at this window while your space is open."),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "Programs that record keys or the screen, and whoever manages this computer: they see "
        "what you see.",
    ),
    QT_TRANSLATE_NOOP("Privacy", "A photo of the screen, or a glance over your shoulder."),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "Memory that the system writes to its disk when it is full or goes to sleep (swap, "
        "hibernation). Only encryption of the whole disk covers that.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "What was deleted, on the disk itself: SSDs and USB sticks may keep old blocks. They hold "
        "encrypted data only.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "Copies beside your space die with this disk. Take a backup file somewhere else now and "
        "then.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "Exports and calendar files: they are plain, and lie where you saved them. Copies of the "
        "folder that you or a cloud made stay where they are.",
    ),
    QT_TRANSLATE_NOOP(
        "Privacy",
        "That there is such a program here, how large your space is, and when it was last used.",
    ),
)


def place_name(kind: PlaceKind) -> str:
    """What a place is called."""
    return QCoreApplication.translate("Privacy", _NAMES[kind])


def place_holds(kind: PlaceKind) -> str:
    """What is in it and how it is protected."""
    return QCoreApplication.translate("Privacy", _HOLDS[kind])


def protected() -> tuple[str, ...]:
    """What is promised, each with where it ends."""
    return tuple(QCoreApplication.translate("Privacy", line) for line in _PROTECTED)


def not_protected() -> tuple[str, ...]:
    """What nothing here protects against, said plainly."""
    return tuple(QCoreApplication.translate("Privacy", line) for line in _NOT_PROTECTED)
