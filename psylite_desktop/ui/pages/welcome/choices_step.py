"""Step two: a few choices, all of which can be changed later."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from psylite_desktop.domain.settings import AgeBand, PrivateSettings
from psylite_desktop.ui.pages.help.region_picker import RegionPicker
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.check_line import CheckLine
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.text import PlainLabel


class ChoicesStep(ReadingColumn):
    """Age band, region, humor, memory.

    Signals:
        region_chosen: A region was picked; carries its code, empty for none.
        proceed_requested: Everything is chosen.
        back_requested: Back to step one.
    """

    region_chosen = Signal(str)
    proceed_requested = Signal()
    back_requested = Signal()

    def __init__(
        self,
        theme: ThemeSwitch,
        settings: PrivateSettings,
        *,
        region: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, share=0.95, parent=parent)
        self._settings = settings
        self.title = PlainLabel("title")
        self.age_label = PlainLabel("heading")
        self.ages = {band: QRadioButton() for band in AgeBand}
        self.region_label = PlainLabel("heading")
        self.region_note = PlainLabel("small")
        self.region = RegionPicker()
        self.region_label.setBuddy(self.region)
        self.humor_label = PlainLabel("heading")
        self.humor = CheckLine()
        self.memory_label = PlainLabel("heading")
        self.memory = CheckLine()
        self.proceed = primary_button()
        self.back = quiet_button()
        self._group = QButtonGroup(self)
        for band, button in self.ages.items():
            self._group.addButton(button)
            button.setChecked(band is settings.age_band)
        self.region.choose(region)
        self.humor.box.setChecked(settings.humor)
        self.memory.box.setChecked(settings.memory)
        self.region.picked.connect(self.region_chosen)
        self.proceed.clicked.connect(self.proceed_requested)
        self.back.clicked.connect(self.back_requested)
        self._lay_out()
        self.retranslate()

    @property
    def settings(self) -> PrivateSettings:
        """What was chosen."""
        age = next(band for band, button in self.ages.items() if button.isChecked())
        return replace(
            self._settings,
            welcomed=True,
            age_band=age,
            humor=self.humor.box.isChecked(),
            memory=self.memory.box.isChecked(),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("A few small choices"))
        self.age_label.setText(self.tr("How old are you?"))
        self.ages[AgeBand.UNDER_18].setText(self.tr("Under 18"))
        self.ages[AgeBand.ADULT].setText(self.tr("18 or older"))
        self.ages[AgeBand.UNSET].setText(self.tr("I would rather not say"))
        for button in self.ages.values():
            button.setAccessibleName(button.text())
        self.region_label.setText(self.tr("Where are you?"))
        self.region_note.setText(
            self.tr("Only to show help lines that can be called from there. Nothing looks it up.")
        )
        self.humor_label.setText(self.tr("A little humor?"))
        self.humor.set_text(
            self.tr("A piece of crosstalk when I ask for something light, never on a heavy day")
        )
        self.memory_label.setText(self.tr("Remember between talks?"))
        self.memory.set_text(self.tr("Short notes, each only after I say yes; never on its own"))
        self.proceed.setText(self.tr("Go on"))
        self.back.setText(self.tr("Back"))

    def _lay_out(self) -> None:
        ages = QVBoxLayout()
        ages.setSpacing(GRID // 2)
        for band in (AgeBand.UNDER_18, AgeBand.ADULT, AgeBand.UNSET):
            ages.addWidget(self.ages[band], 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        self.body.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addWidget(self.age_label)
        self.body.addLayout(ages)
        self.body.addWidget(self.region_label)
        self.body.addWidget(self.region)
        self.body.addWidget(self.region_note)
        self.body.addWidget(self.humor_label)
        self.body.addWidget(self.humor)
        self.body.addWidget(self.memory_label)
        self.body.addWidget(self.memory)
        self.body.addSpacing(GRID)
        self.body.addWidget(self.proceed)
        self.body.addLayout(row)
        self.body.addStretch(2)
