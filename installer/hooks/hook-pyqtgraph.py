"""pyqtgraph, in place of the common hook, which takes everything: curves, bars and axes."""

from PyInstaller.utils.hooks import collect_data_files

# Read with the first plot: the buttons of its corners. Colour maps stay out, we name colours.
datas = collect_data_files("pyqtgraph", includes=["icons/*.png", "icons/*.svg"])
hiddenimports = [
    "pyqtgraph.graphicsItems.PlotItem.plotConfigTemplate_generic",
    "pyqtgraph.graphicsItems.ViewBox.axisCtrlTemplate_generic",
    "pyqtgraph.imageview.ImageViewTemplate_generic",
]
excludedimports = [
    "pyqtgraph.examples",
    "pyqtgraph.opengl",
    "pyqtgraph.jupyter",
    "pyqtgraph.multiprocess",
    "pyqtgraph.flowchart",
    "pyqtgraph.parametertree",
    "pyqtgraph.console",
    "matplotlib",
    "scipy",
    "OpenGL",
    "cupy",
    "numba",
    "h5py",
]
