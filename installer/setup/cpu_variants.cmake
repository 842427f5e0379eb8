# Read by CMake right after the project() line of llama-cpp-python, for a build that holds
# llama.cpp's processor backend several times over: one library for each kind of processor in
# PSYLITE_CPU_VARIANTS (names of ggml's, separated by commas), chosen at run time.
include("${CMAKE_CURRENT_LIST_DIR}/without_common.cmake")

# ggml makes fourteen or none. Each is a minute or two of compiling, so the others are taken out
# of its list, in the copy of the source that the build has unpacked for itself.
string(REPLACE "," ";" wanted "${PSYLITE_CPU_VARIANTS}")
set(ggml_list "${CMAKE_CURRENT_SOURCE_DIR}/vendor/llama.cpp/ggml/src/CMakeLists.txt")
file(READ "${ggml_list}" text)
string(REGEX MATCHALL "ggml_add_cpu_backend_variant\\([a-z0-9_.]+[^)]*\\)" calls "${text}")
set(found "")
foreach(call IN LISTS calls)
    string(REGEX REPLACE "^[^(]*\\(([a-z0-9_.]+).*$" "\\1" name "${call}")
    if(name IN_LIST wanted)
        list(APPEND found "${name}")
    else()
        string(REPLACE "${call}" "" text "${text}")
    endif()
endforeach()
file(WRITE "${ggml_list}" "${text}")

foreach(name IN LISTS wanted)
    if(NOT name IN_LIST found)
        message(FATAL_ERROR "this ggml has no processor variant ${name}")
    endif()
    # llama-cpp-python installs libraries by name and does not know these.
    cmake_language(EVAL CODE
        "cmake_language(DEFER CALL llama_cpp_python_install_target [[ggml-cpu-${name}]])")
endforeach()
