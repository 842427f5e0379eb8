import pytest

from installer.setup import uv
from installer.setup.console import SetupError
from installer.setup.layout import Environment


@pytest.fixture
def env(tmp_path):
    return Environment(tmp_path)


@pytest.fixture(autouse=True)
def _own_variables(monkeypatch):
    for name in ("UV_DEFAULT_INDEX", "UV_FIND_LINKS", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)


def _pip_says(monkeypatch, *lines):
    monkeypatch.setattr(uv, "output_of", lambda _: "\n".join(lines))


def test_a_mirror_known_to_pip_is_used(monkeypatch, env):
    _pip_says(monkeypatch, "global.index-url='https://mirror.example/simple'", "global.timeout='5'")
    assert uv.variables(env)["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"


def test_what_a_person_set_for_uv_wins(monkeypatch, env):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example/simple")
    _pip_says(monkeypatch, ":env:.index-url='https://mirror.example/simple'")
    assert uv.variables(env)["UV_DEFAULT_INDEX"] == "https://mine.example/simple"


def test_a_certificate_that_is_not_there_is_left_out(monkeypatch, env, tmp_path):
    _pip_says(monkeypatch, f"global.cert='{tmp_path / 'none.pem'}'")
    assert "SSL_CERT_FILE" not in uv.variables(env)
    (tmp_path / "own.pem").touch()
    _pip_says(monkeypatch, f"global.cert='{tmp_path / 'own.pem'}'")
    assert uv.variables(env)["SSL_CERT_FILE"] == str(tmp_path / "own.pem")


def test_folders_of_wheels_that_do_not_exist_are_left_out(monkeypatch, env, tmp_path):
    _pip_says(monkeypatch)
    monkeypatch.setenv("UV_FIND_LINKS", f"/nonexistent/wheels,{tmp_path}")
    assert uv.variables(env)["UV_FIND_LINKS"] == str(tmp_path)
    monkeypatch.setenv("UV_FIND_LINKS", "file:///nonexistent/wheels")
    assert "UV_FIND_LINKS" not in uv.variables(env)


def test_foreign_python_paths_are_left_out(monkeypatch, env):
    _pip_says(monkeypatch)
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    assert "PYTHONPATH" not in uv.variables(env)


def test_pip_tries_where_uv_fails(monkeypatch, env, tmp_path):
    _pip_says(monkeypatch)
    ran = []

    def answer(command, **_):
        ran.append(str(command[0]))
        return "no route" if len(ran) == 1 else ""

    monkeypatch.setattr(uv, "attended", answer)
    uv.install(env, [tmp_path / "run.txt"])
    assert ran == [str(env.program("uv")), str(env.python)]


def test_both_failing_is_one_message(monkeypatch, env, tmp_path):
    _pip_says(monkeypatch)
    monkeypatch.setattr(uv, "attended", lambda *_, **__: "no route to host")
    with pytest.raises(SetupError, match="no route to host"):
        uv.install(env, [tmp_path / "run.txt"])


def test_a_try_that_was_cut_off_is_done_anew(monkeypatch, env, tmp_path):
    _pip_says(monkeypatch)
    ran = []
    monkeypatch.setattr(uv, "attended", lambda command, **_: ran.append(command) or "")
    uv.install(env, [tmp_path / "run.txt"], anew=True)
    assert "--reinstall" in ran[0]
    assert "--require-hashes" in ran[0]
