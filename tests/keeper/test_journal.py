"""What is appended to the journal is read back in order, by whomever, and whatever happened in between."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernelbridge.keeper.errors import JournalError
from kernelbridge.keeper.frames import unpack
from kernelbridge.keeper.journal import journal as real
from kernelbridge.keeper.journal.lanes import Limits
from kernelbridge.keeper.keeping import Lane

SMALL = Limits(stream_head=400, stream_tail=800, others=600)
HOSTILE = ["../../x", "", "a" * 4096, "a\0b", "/etc/passwd", ".", "..", "A", "\ud800", "é\n", "f" * 65, "0\n"]
TINY = Limits(stream_head=150, stream_tail=400, others=200)
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


class Journal(real.Journal):
    """A journal whose records are looked at without their numbers."""

    def read(self, since: int = 0) -> Iterator[bytes]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return (data for _, data in super().read(since))

    def read_run(self, run: str) -> Iterator[bytes]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return (data for _, data in super().read_run(run))


def test_records_are_given_with_their_numbers(tmp_path: Path) -> None:
    journal = real.Journal(tmp_path)
    journal.append("a", 7, b"one")
    journal.append("b", 9, b"two", Lane.STREAM)
    assert list(journal.read()) == [(7, b"one"), (9, b"two")]
    assert list(journal.read_run("b")) == [(9, b"two")]


def opened(folder: Path, limits: Limits = SMALL) -> Journal:
    journal = Journal(folder, limits)
    journal.open()
    return journal


@dataclass
class Kept:
    """What a journal gives, apart from its gaps."""

    records: list[bytes] = field(default_factory=list)
    gaps: list[dict[str, object]] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    """The numbers of both, where the records are those of `numbered`."""

    @property
    def total(self) -> int:
        """How many records are given or counted."""
        return len(self.records) + self.left_out("records")

    def left_out(self, what: str) -> int:
        counts = [gap[what] for gap in self.gaps]
        assert all(isinstance(count, int) for count in counts)
        return sum(count for count in counts if isinstance(count, int))


def numbered(seq: int, size: int = 20) -> bytes:
    """Data that says its number."""
    return f"{seq:08}".encode().ljust(size, b".")


def kept(records: Iterator[bytes]) -> Kept:
    found = Kept()
    for data in records:
        if data[8:9] == b".":
            found.records.append(data)
            found.order.append(int(data[:8]))
        else:
            gap = dict(unpack(data).fields)
            assert gap["op"] == "record"
            assert gap["what"] == "gap"
            assert gap["why"] == "flood"
            assert isinstance(gap["seq"], int)
            found.gaps.append(gap)
            found.order.append(gap["seq"])
    assert found.order == sorted(found.order)
    return found


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0


def write_all(folder: Path, contents: dict[Path, bytes]) -> None:
    """A folder of these files alone."""
    for path in files(folder):
        path.unlink()
    for path, data in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


# What is appended is read back


appended = st.lists(
    st.tuples(st.sampled_from(["a", "b", "../c"]), st.binary(max_size=60), st.sampled_from(Lane)), max_size=30
)


@same_folder
@given(records=appended, since=st.integers(0, 31))
def test_what_is_appended_is_read_back_in_order_however_runs_and_lanes_interleave(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, bytes, Lane]], since: int
) -> None:
    folder = tmp_path_factory.mktemp("home") / "runs"
    journal = opened(folder, Limits())
    for seq, (run, data, lane) in enumerate(records, 1):
        journal.append(run, seq, data, lane, data.count(b"\n"))
    for reader in (journal, opened(folder, Limits())):
        assert list(reader.read()) == [data for _, data, _ in records]
        assert list(reader.read(since)) == [data for _, data, _ in records[since:]]
        assert reader.last_seq == len(records)
        assert reader.runs() == list(dict.fromkeys(run for run, _, _ in records))
        for each in reader.runs():
            assert list(reader.read_run(each)) == [data for run, data, _ in records if run == each]
            assert reader.last_of(each) == max(n for n, (run, _, _) in enumerate(records, 1) if run == each)
    journal.close()


def test_a_journal_that_was_never_written_to_is_empty_and_makes_no_folder(tmp_path: Path) -> None:
    journal = opened(tmp_path / "runs")
    assert (journal.last_seq, journal.runs(), list(journal.read())) == (0, [], [])
    assert (journal.last_of("a"), list(journal.read_run("a"))) == (0, [])
    journal.sync()
    journal.close()
    assert not (tmp_path / "runs").exists()


def test_only_the_user_can_enter_the_folders_and_read_the_files(tmp_path: Path) -> None:
    journal = opened(tmp_path / "runs")
    journal.append("a", 1, b"data")
    modes = {
        stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "runs", *(tmp_path / "runs").rglob("*"))
    }
    assert modes == {0o700, 0o600}
    journal.close()


@pytest.mark.parametrize("run", HOSTILE)
def test_a_run_may_have_any_name_and_stays_within_the_folder(tmp_path: Path, run: str) -> None:
    journal = opened(tmp_path / "home" / "runs", Limits())
    journal.append(run, 1, b"one", Lane.STREAM)
    journal.append(run, 2, b"two")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["runs"]
    journal.close()

    successor = opened(tmp_path / "home" / "runs", Limits())
    assert successor.runs() == [run]
    assert list(successor.read_run(run)) == [b"one", b"two"]
    successor.discard(run)
    assert opened(tmp_path / "home" / "runs").runs() == []


def test_runs_with_similar_names_do_not_mix(tmp_path: Path) -> None:
    journal = opened(tmp_path, Limits())
    for seq, run in enumerate(HOSTILE, 1):
        journal.append(run, seq, run.encode("utf-8", "surrogatepass"))
    journal.close()
    successor = opened(tmp_path, Limits())
    assert successor.runs() == HOSTILE
    for run in HOSTILE:
        assert list(successor.read_run(run)) == [run.encode("utf-8", "surrogatepass")]


def test_ten_thousand_runs_cost_few_descriptors(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    before = descriptors()
    for seq in range(1, 10_001):
        journal.append(f"{seq:x}", seq, numbered(seq))
    for seq in range(10_001, 10_101):
        journal.append(f"{seq - 10_000:x}", seq, numbered(seq), Lane.STREAM)
    assert descriptors() <= before + 2
    reading = journal.read()
    assert next(reading) == numbered(1)
    most = before
    for seq, data in enumerate(reading, 2):
        assert data == numbered(seq)
        most = max(most, descriptors()) if seq % 500 == 0 else most
    assert most <= before + 12
    assert len(journal.runs()) == 10_000
    journal.close()
    assert descriptors() <= before


def test_reading_that_is_given_up_closes_its_files(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, b"one")
    journal.append("a", 2, b"two")
    journal.close()
    before = descriptors()
    reading = journal.read()
    next(reading)
    del reading
    assert descriptors() == before


def test_what_is_appended_while_the_journal_is_read_is_left_to_the_next_reading(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for seq in (1, 2, 3):
        journal.append("a", seq, numbered(seq))
    reading = journal.read()
    found = [next(reading)]
    for seq in (4, 5):
        journal.append("a", seq, numbered(seq))
    journal.append("b", 6, numbered(6))
    assert [*found, *reading] == [numbered(seq) for seq in (1, 2, 3)]
    assert list(journal.read(3)) == [numbered(seq) for seq in (4, 5, 6)]
    journal.close()


def test_what_was_written_can_be_brought_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, b"one")
    journal.append("b", 2, b"two", Lane.STREAM)
    synced: list[str] = []

    def note(fd: int) -> None:
        synced.append(Path(f"/proc/self/fd/{fd}").readlink().name)

    monkeypatch.setattr(os, "fsync", note)
    journal.sync()
    assert {"head-0", "other-0", "a", "b", tmp_path.name} <= set(synced)
    synced.clear()
    journal.sync()
    assert synced == []
    journal.close()


# Letting go of runs


def test_a_run_that_is_discarded_is_gone_and_the_others_stay(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, b"one")
    journal.append("b", 2, b"two")
    journal.append("a", 3, b"three", Lane.STREAM)
    journal.discard("a")
    journal.discard("a")
    journal.discard("never there")
    for reader in (journal, opened(tmp_path)):
        assert reader.runs() == ["b"]
        assert list(reader.read()) == [b"two"]
        assert list(reader.read_run("a")) == []
    assert not (tmp_path / "a").exists()
    journal.close()


def test_a_run_that_was_discarded_can_begin_again(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, b"one")
    journal.append("b", 2, b"two")
    journal.discard("a")
    journal.append("a", 3, b"three")
    assert list(journal.read()) == [b"two", b"three"]
    assert journal.runs() == ["b", "a"]
    journal.close()
    assert list(opened(tmp_path).read()) == [b"two", b"three"]


def test_numbers_go_on_from_runs_that_were_discarded(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, b"one")
    journal.append("b", 7, b"seven")
    journal.discard("b")
    journal.discard("a")
    assert journal.last_seq == 7
    successor = opened(tmp_path)
    assert (successor.last_seq, successor.runs()) == (7, [])
    successor.append("c", 8, b"eight")
    successor.discard("c")
    assert opened(tmp_path).last_seq == 8
    journal.close()
    successor.close()


def test_a_run_that_is_discarded_while_it_is_read_is_left_out_of_what_follows(tmp_path: Path) -> None:
    journal = opened(tmp_path, Limits())
    for seq in range(1, 1001):
        journal.append("ab"[seq % 2], seq, numbered(seq, 1000), [Lane.STREAM, Lane.OTHER][seq % 3 == 0])
    reading = journal.read()
    found = [next(reading), next(reading)]
    journal.discard("a")
    found += reading
    assert found == sorted(set(found))
    assert {data for data in found if int(data[:8]) % 2} == {numbered(seq, 1000) for seq in range(1, 1001, 2)}
    journal.close()


# What does not fit


@pytest.mark.parametrize("size", [20, 33, 100])
def test_a_flood_keeps_head_and_tail_and_counts_what_is_between(tmp_path: Path, size: int) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, numbered(1), Lane.ALWAYS)
    count = 10 * (SMALL.stream_head + SMALL.stream_tail) // size
    for seq in range(2, count + 2):
        journal.append("a", seq, numbered(seq, size), Lane.STREAM, lines=3)
    journal.append("a", count + 2, numbered(count + 2), Lane.ALWAYS)

    for reader in (journal, opened(tmp_path)):
        found = kept(reader.read())
        (gap,) = found.gaps
        last = gap["seq"]
        assert isinstance(last, int)
        assert gap["run"] == "a"
        assert (gap["since"], gap["until"]) == (None, None)
        assert gap["records"] == count + 2 - len(found.records)
        assert gap["bytes"] == size * found.left_out("records")
        assert gap["lines"] == 3 * found.left_out("records")
        begin = last - found.left_out("records")
        assert found.order == [*range(1, begin + 1), *range(last, count + 3)]
        assert (begin - 1) * size > SMALL.stream_head // 4
        assert (count + 1 - last) * size > SMALL.stream_tail // 4
        assert kept(reader.read(last)).gaps == []
        assert kept(reader.read(last - 1)).gaps == [gap]
        assert kept(reader.read_run("a")) == found
    used = sum(path.stat().st_size for path in files(tmp_path / "a"))
    assert used < SMALL.stream_head + SMALL.stream_tail + SMALL.others
    journal.close()


def test_other_records_above_the_limit_are_counted_but_for_those_a_run_needs(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for seq in range(1, 101):
        journal.append("a", seq, numbered(seq))
    journal.append("a", 101, numbered(101), Lane.ALWAYS)
    for reader in (journal, opened(tmp_path)):
        found = kept(reader.read())
        (gap,) = found.gaps
        first = len(found.records) - 1
        assert found.order == [*range(1, first + 1), 100, 101]
        assert (gap["seq"], gap["records"]) == (100, 100 - first)
        assert (gap["bytes"], gap["lines"]) == (20 * (100 - first), 0)
        assert reader.last_of("a") == 101
    journal.close()


def test_a_number_that_was_counted_as_left_out_is_not_given_again(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for seq in range(1, 101):
        journal.append("a", seq, numbered(seq))
    journal.close()
    successor = opened(tmp_path)
    assert (successor.last_seq, successor.last_of("a")) == (100, 100)


@pytest.mark.parametrize("before", [0, 1, 5, 100])
def test_a_record_larger_than_every_limit_is_kept_until_others_follow(tmp_path: Path, before: int) -> None:
    journal = opened(tmp_path)
    for seq in range(1, before + 1):
        journal.append("a", seq, numbered(seq), Lane.STREAM)
    journal.append("a", before + 1, numbered(before + 1, 5000), Lane.STREAM)
    for reader in (journal, opened(tmp_path)):
        found = kept(reader.read())
        assert found.records[-1] == numbered(before + 1, 5000)
        assert found.total == before + 1
    for seq in range(before + 2, before + 50):
        journal.append("a", seq, numbered(seq), Lane.STREAM)
    for reader in (journal, opened(tmp_path)):
        found = kept(reader.read())
        assert found.total == before + 49
        assert found.records[-1] == numbered(before + 49)
        assert found.left_out("bytes") >= 5000
    journal.close()


def test_the_oldest_of_the_tail_may_go_while_it_is_read_and_a_gap_says_so(tmp_path: Path) -> None:
    limits = Limits(stream_head=2000, stream_tail=40_000, others=600)
    journal = opened(tmp_path, limits)
    for seq in range(1, 100):
        journal.append("a", seq, numbered(seq, 400), Lane.STREAM)
    reading = journal.read()
    found = [next(reading)]
    for seq in range(100, 1000):
        journal.append("a", seq, numbered(seq, 400), Lane.STREAM)
    whole = kept(iter([*found, *reading]))
    assert len(whole.gaps) == 1
    assert whole.order[-1] == 99
    assert kept(journal.read(99)).gaps
    journal.close()


# A journal that was cut, or changed


def filled(folder: Path) -> list[int]:
    """A journal with every kind of file; gives the numbers that are kept."""
    journal = opened(folder, TINY)
    seq = 0
    for run in ("a", "../b"):
        for lane in (Lane.STREAM, Lane.OTHER, Lane.STREAM):
            seq += 1
            journal.append(run, seq, numbered(seq), lane, 1)
    for _ in range(20):
        seq += 1
        journal.append("a", seq, numbered(seq), Lane.STREAM, 1)
        seq += 1
        journal.append("a", seq, numbered(seq))
    journal.close()
    return [int(data[:8]) for data in kept(journal.read()).records]


def grows(folder: Path, limits: Limits = SMALL) -> None:
    """The journal in the folder goes on being appended to, and read by others."""
    journal = opened(folder, limits)
    before = kept(journal.read())
    begin = journal.last_seq + 1
    for seq, run in enumerate(("a", "../b"), begin):
        journal.append(run, seq, numbered(seq), Lane.ALWAYS)
        journal.append(run, seq + 2, numbered(seq + 2), Lane.STREAM)
    journal.close()
    successor = opened(folder, limits)
    after = kept(successor.read())
    assert after.order[-4:] == [*range(begin, begin + 4)]
    assert after.total == before.total + 4
    assert kept(successor.read(begin - 1)).order == [*range(begin, begin + 4)]


def test_a_journal_torn_at_any_byte_of_any_file_gives_what_is_before_and_goes_on(tmp_path: Path) -> None:
    numbers = filled(tmp_path / "runs")
    contents = {path.relative_to(tmp_path / "runs"): path.read_bytes() for path in files(tmp_path / "runs")}
    copy = tmp_path / "copy"
    for path, data in contents.items():
        there = numbers_in(data)
        for size in range(len(data)):
            write_all(copy, {**contents, path: data[:size]})
            journal = opened(copy, TINY)
            found = [int(data[:8]) for data in kept(journal.read()).records]
            # What is missing was at the end of that file, and no other lost anything.
            missing = [seq for seq in numbers if seq not in found]
            assert missing == there[len(there) - len(missing) :]
            assert set(found) <= set(numbers)
            grows(copy, TINY)


def numbers_in(file: bytes) -> list[int]:
    """The numbers of the records in a file."""
    return [int(found[1]) for found in re.finditer(rb"([0-9]{8})[.]{12}", file)]


def test_a_changed_byte_anywhere_costs_no_other_file_and_nothing_is_deleted(tmp_path: Path) -> None:
    numbers = filled(tmp_path / "runs")
    contents = {path.relative_to(tmp_path / "runs"): path.read_bytes() for path in files(tmp_path / "runs")}
    copy = tmp_path / "copy"
    for path, data in contents.items():
        for at in range(len(data)):
            changed = bytes((*data[:at], data[at] ^ 0x40, *data[at + 1 :]))
            write_all(copy, {**contents, path: changed})
            journal = opened(copy, TINY)
            found = {int(data[:8]) for data in kept(journal.read()).records}
            assert set(numbers) - found <= set(numbers_in(data))
            assert found <= set(numbers)
            if set(numbers) - found:
                assert [damaged.parent for damaged in journal.damaged] == [(copy / path).parent]
                assert journal.damaged[0].read_bytes() == changed
            grows(copy, TINY)


def test_a_record_whose_data_was_changed_costs_only_itself(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for seq in range(1, 6):
        journal.append("a", seq, numbered(seq))
    journal.close()
    path = tmp_path / "a" / "other-0"
    path.write_bytes(path.read_bytes().replace(numbered(3), numbered(9)))
    successor = opened(tmp_path)
    assert [int(data[:8]) for data in successor.read()] == [1, 2, 4, 5]
    assert successor.damaged == [path]
    successor.append("a", 6, numbered(6))
    successor.close()
    assert [int(data[:8]) for data in opened(tmp_path).read(1)] == [2, 4, 5, 6]


def test_a_file_that_begins_as_no_other_is_renamed_and_its_place_stays_free(tmp_path: Path) -> None:
    for _ in range(3):
        journal = opened(tmp_path)
        journal.append("a", 1, numbered(1))
        journal.close()
        (written,) = (path for path in files(tmp_path / "a") if "damaged" not in path.name)
        written.write_bytes(b"something else altogether")
        assert opened(tmp_path).runs() == []
    assert [path.read_bytes() for path in files(tmp_path / "a")] == [b"something else altogether"] * 3


def test_what_is_not_the_journals_is_left_alone(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "a" / "notes.txt").write_text("mine")
    (tmp_path / "empty").mkdir()
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    journal = opened(tmp_path)
    assert journal.runs() == ["a", "../b"]
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "a" / "notes.txt").read_text() == "mine"


def test_a_file_that_was_deleted_behind_its_back_is_told_once(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, numbered(1))
    journal.append("b", 2, numbered(2))
    (tmp_path / "a" / "other-0").unlink()
    with pytest.raises(JournalError, match="shorter"):
        journal.append("a", 3, numbered(3))
    journal.append("a", 4, numbered(4))
    journal.close()
    for reader in (journal, opened(tmp_path)):
        assert [int(data[:8]) for data in reader.read()] == [2, 4]


# A keeper that is killed


class Killed(BaseException):
    """The process would be gone by now."""


CALLS = ("open", "write", "pwrite", "ftruncate", "truncate", "unlink", "mkdir", "rename", "rmdir")


@contextmanager
def killed_at(call: int, *, halfway: bool) -> Iterator[Callable[[], bool]]:
    """Nothing reaches the disk from that system call on; of a write halfway, its half does."""
    made = 0

    def wrap(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: object, **kwargs: object) -> object:
            nonlocal made
            made += 1
            if made == call and halfway and name in ("write", "pwrite"):
                fd, data, *rest = args
                assert isinstance(data, (bytes, memoryview))
                real(fd, bytes(data)[: len(data) // 2], *rest)
            if made >= call:
                raise Killed
            return real(*args, **kwargs)

        return wrapped

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, wrap(name, getattr(os, name)))
        yield lambda: made < call


@pytest.mark.parametrize("halfway", [False, True])
def test_a_keeper_killed_at_any_moment_leaves_every_record_kept_or_counted(
    tmp_path: Path, halfway: bool
) -> None:
    count = 60

    def write(journal: Journal, done: list[int]) -> None:
        for seq in range(1, count + 1):
            lane = Lane.OTHER if seq % 5 == 0 else Lane.STREAM
            journal.append("../b" if seq % 7 == 0 else "a", seq, numbered(seq, 100), lane, 1)
            done.append(seq)

    call = 0
    survived = False
    while not survived:
        call += 1
        folder = tmp_path / str(call)
        journal = opened(folder)
        done: list[int] = []
        with killed_at(call, halfway=halfway) as is_alive:
            with suppress(Killed):
                write(journal, done)
            survived = is_alive()
        journal.close()
        successor = opened(folder)
        found = kept(successor.read())
        assert found.total in (len(done), len(done) + 1)
        assert found.left_out("bytes") == 100 * found.left_out("records")
        assert found.left_out("lines") == found.left_out("records")
        assert found.total <= successor.last_seq <= len(done) + 1
        assert successor.damaged == []
        grows(folder)
        shutil.rmtree(folder)
    assert call > count


def test_a_keeper_killed_while_it_lets_go_of_a_run_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "runs")
    whole = list(opened(tmp_path / "runs").read_run("a"))
    last = opened(tmp_path / "runs").last_seq
    outcomes: set[bool] = set()
    call = 0
    survived = False
    while not survived:
        call += 1
        shutil.copytree(tmp_path / "runs", tmp_path / "copy")
        journal = opened(tmp_path / "copy")
        with killed_at(call, halfway=False) as is_alive:
            with suppress(Killed):
                journal.discard("a")
            survived = is_alive()
        successor = opened(tmp_path / "copy")
        assert successor.last_seq == last
        assert list(successor.read_run("a")) in (whole, [])
        outcomes.add("a" in successor.runs())
        names = {path.name for path in (tmp_path / "copy").iterdir()}
        assert not any(name.startswith(".gone") for name in names)
        grows(tmp_path / "copy")
        shutil.rmtree(tmp_path / "copy")
    assert outcomes == {True, False}


# A disk that is full


@contextmanager
def full_disk(after: int, *, short: bool = False, cut_fails: bool = False) -> Iterator[None]:
    """Writes fail from that one on; with `short` the first of them takes a part."""
    made = 0

    def failing(real: Callable[..., int]) -> Callable[..., int]:
        def wrapped(fd: int, data: bytes, *rest: int) -> int:
            nonlocal made
            made += 1
            if made <= after:
                return real(fd, data, *rest)
            if made == after + 1 and short:
                return real(fd, bytes(data)[:7], *rest)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return wrapped

    def no_cut(fd: int, size: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", failing(os.write))
        patch.setattr(os, "pwrite", failing(os.pwrite))
        if cut_fails:
            patch.setattr(os, "ftruncate", no_cut)
        yield


@pytest.mark.parametrize("lane", Lane)
@pytest.mark.parametrize("cut_fails", [False, True])
@pytest.mark.parametrize("short", [False, True])
def test_a_full_disk_leaves_whole_records_and_what_follows_is_kept_again(
    tmp_path: Path, short: bool, cut_fails: bool, lane: Lane
) -> None:
    for after in range(40):
        folder = tmp_path / str(after)
        journal = opened(folder)
        failed: list[int] = []
        told: set[str] = set()
        with full_disk(after, short=short, cut_fails=cut_fails):
            for seq in range(1, 41):
                try:
                    journal.append("a", seq, numbered(seq), lane, 1)
                except JournalError as error:
                    failed.append(seq)
                    told.add(str(error))
        assert failed
        assert told <= {"No space left on device", *(["Input/output error"] if cut_fails else [])}
        for seq in range(41, 81):
            journal.append("a", seq, numbered(seq), lane, 1)
        journal.close()
        for reader in (journal, opened(folder)):
            found = kept(reader.read())
            assert found.total == 80 - len(failed)
            assert not set(failed) & {int(data[:8]) for data in found.records}
            assert reader.damaged == []
            assert reader.last_seq == 80


def test_half_a_record_that_could_not_be_cut_off_is_cut_off_after_another_run_was_written(
    tmp_path: Path,
) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, numbered(1))
    journal.append("b", 2, numbered(2))
    with full_disk(0, short=True, cut_fails=True), pytest.raises(JournalError):
        journal.append("a", 3, numbered(3))
    journal.append("b", 4, numbered(4))
    journal.append("a", 5, numbered(5))
    journal.close()
    successor = opened(tmp_path)
    assert kept(successor.read()).order == [1, 2, 4, 5]
    assert successor.damaged == []


def test_a_keeper_killed_when_the_disk_is_full_leaves_whole_records(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    with full_disk(5, short=True, cut_fails=True):
        for seq in range(1, 5):
            journal.append("a", seq, numbered(seq))
        with pytest.raises(JournalError):
            journal.append("a", 5, numbered(5))
    journal.close()
    assert kept(opened(tmp_path).read()).order == [1, 2, 3, 4]
    grows(tmp_path)


def test_writes_that_take_a_few_bytes_at_a_time_make_whole_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, bytes(data)[:3]))
    journal = opened(tmp_path)
    for seq in range(1, 10):
        journal.append("a", seq, numbered(seq))
    journal.close()
    assert [int(data[:8]) for data in opened(tmp_path).read()] == [*range(1, 10)]


def test_the_number_of_a_record_that_could_not_be_kept_is_not_given_again(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    journal.append("a", 1, numbered(1))
    with pytest.MonkeyPatch.context() as patch:

        def full(fd: int, data: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        patch.setattr(os, "write", full)
        with pytest.raises(JournalError, match=r"^No space left on device$"):
            journal.append("a", 2, numbered(2))
    journal.close()
    successor = opened(tmp_path)
    assert (successor.last_seq, successor.last_of("a")) == (2, 1)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    journal = Journal(tmp_path / "file" / "runs")
    with pytest.raises(JournalError, match=r"^Not a directory$"):
        journal.append("a", 1, b"one")
    with pytest.raises(JournalError, match=r"^Not a directory$"):
        journal.open()
    assert journal.runs() == []
    journal.discard("a")
    journal.close()
