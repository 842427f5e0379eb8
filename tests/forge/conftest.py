from __future__ import annotations

import pytest

from psylite_desktop.forge.pipeline import recipe_path
from psylite_desktop.forge.recipe import Recipe, read_recipe


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    return read_recipe(recipe_path("nano-cpu"))
