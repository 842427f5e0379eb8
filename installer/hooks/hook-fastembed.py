"""fastembed: pure Python; what it would download with is stubbed (installer/stubs)."""

from PyInstaller.utils.hooks import copy_metadata

# It asks for its own version when it is imported.
datas = copy_metadata("fastembed")
hiddenimports = ["fastembed.text.static_embedding"]
