"""`tnb cluster`: engines are started, listed, resized, restarted and stopped, and ipyparallel sees them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from clusters.engines import Clusters, clusters_of_own
from programs import tnb_command
from tui.cli import main
from tui.clusters.cluster import Cluster, ClusterState
from tui.clusters.errors import ClusterError
from tui.clusters.looks import looks_of
from tui.clusters.reading import clusters, find

CONNECTED = "import ipyparallel as ipp; print(ipp.Client()[:].apply_sync(lambda: 6 * 7))"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Clusters]:
    with clusters_of_own(tmp_path) as clusters:
        yield clusters


def test_a_cluster_from_its_start_to_its_end(there: Clusters) -> None:
    assert there.done("list") == "no cluster is running\n"
    assert there.done("start", "-n", "2") == "default: running, 2 engines\n"
    assert there.done("list").split()[4:7] == ["default", "running", "2"]

    seen = subprocess.run(
        [sys.executable, "-c", CONNECTED], env=there.env, capture_output=True, text=True, check=True
    )
    assert seen.stdout == "[42, 42]\n"
    engines = there.json("engines")
    assert [(each["id"], each["state"], each["completed"]) for each in engines] == [
        (0, "idle", 1),
        (1, "idle", 1),
    ]
    assert all(psutil.pid_exists(each["pid"]) and each["memory"] > 2**20 for each in engines)
    assert "Completed registration with id 1" in there.done("output", "1")

    follower = [*tnb_command(), "cluster", "list", "--json", "--follow"]
    with subprocess.Popen(follower, env=there.env, stdout=subprocess.PIPE) as following:
        assert following.stdout is not None
        (look,) = looks_of(following.stdout.readline())
        following.stdout.close()
        assert following.wait() == 141, "nobody reads any more"
    assert [each.id for each in look.engines] == [0, 1]
    assert (look.cluster.name, look.cluster.size, look.problem) == ("default", 2, "")

    again = there.say("start", "-n", "2")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "is running already: tnb cluster stop default" in again.stderr

    assert there.done("resize", "-n", "1") == "default: running, 1 engine\n"
    assert len(there.json("engines")) == 1
    assert there.done("restart") == "default: running, 1 engine\n"
    (fresh,) = there.json("engines")
    assert fresh["pid"] not in [each["pid"] for each in engines]

    assert there.done("stop") == "default: ended\n"
    assert there.json("list") == []
    assert not psutil.pid_exists(fresh["pid"])
    nothing = there.say("stop")
    assert (nothing.returncode, nothing.stderr) == (
        1,
        "tnb: no cluster is running: tnb cluster start -n 4 starts one\n",
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["resize"], "to how many? -n N"),
        (["output"], "of which engine? A number"),
        (["list", "--all"], "--all goes with stop alone"),
        (["start", "--json"], "list and engines have --json"),
        (["stop", "a", "b"], "stop takes no b"),
        (["start", "-n", "0"], "'0' is no number of engines"),
        (["sleep"], "invalid choice"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    words: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["cluster", *words])
    said = capsys.readouterr().err
    assert (ended.value.code, said.count("\n")) == (2, 1)
    assert problem in said


def test_without_ipyparallel_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ipyparallel", None)
    assert main(["cluster", "list"]) == 1
    assert capsys.readouterr().err == (
        "tnb: clusters need ipyparallel, which is not installed: pip install 'tnb[cluster]' installs it\n"
    )


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cluster": 3, "engines": {"sets": [1]}}', b"\xff"])
def test_a_damaged_file_of_a_cluster_is_none(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    file = tmp_path / "profile_default" / "security" / "cluster-.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert clusters() == ()
    with pytest.raises(ClusterError, match="no cluster is running"):
        find(None)


@pytest.mark.parametrize(
    ("profile", "cluster_id", "name", "said"),
    [
        ("default", "", "default", "ipp.Client()"),
        ("slurm", "", "slurm", "ipp.Client(profile='slurm')"),
        ("default", "night", "default:night", "ipp.Client(cluster_id='night')"),
    ],
)
def test_what_connects_to_a_cluster_names_it(profile: str, cluster_id: str, name: str, said: str) -> None:
    cluster = Cluster(profile, cluster_id, Path("p"), Path("f"), ClusterState.RUNNING)
    assert cluster.name == name
    assert f"rc = {said}\n" in cluster.connecting_code
