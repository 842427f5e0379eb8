# Read by CMake right after the project() line of llama-cpp-python, which forces
# llama.cpp's "common" library on. A normal variable wins over that cache entry.
# The Python package never loads the library, and it is more than half of the
# compile time.
set(LLAMA_BUILD_COMMON OFF)
