from installer.setup.stamp import Stamp, fingerprint


def test_a_finished_step_is_remembered(tmp_path):
    Stamp(tmp_path / "stamp.json").add("uv", "abc")
    again = Stamp(tmp_path / "stamp.json")
    assert again.has("uv", "abc")
    assert again.knows("uv")
    assert not again.has("uv", "other")


def test_a_dropped_step_is_forgotten(tmp_path):
    stamp = Stamp(tmp_path / "stamp.json")
    stamp.add("uv", "abc")
    stamp.drop("uv")
    assert not Stamp(tmp_path / "stamp.json").knows("uv")


def test_an_unreadable_record_counts_as_empty(tmp_path):
    for content in ("", "{", "[1]", "\x00\x01"):
        (tmp_path / "stamp.json").write_text(content, encoding="utf-8")
        assert not Stamp(tmp_path / "stamp.json").knows("uv")


def test_a_fingerprint_depends_on_every_part(tmp_path):
    file = tmp_path / "lock.txt"
    absent = fingerprint("a", file)
    file.write_text("one", encoding="utf-8")
    present = fingerprint("a", file)
    assert len({absent, present, fingerprint("b", file), fingerprint("a", "one", file)}) == 4


def test_parts_do_not_run_into_each_other():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
