"""Requirements that a notebook's first cell says, as juv and uv write them."""

from __future__ import annotations

import pytest

from kernelbridge.scriptmetadata import script_metadata

JUV = """# /// script
# requires-python = ">=3.12"
# dependencies = [
#     "numpy>=2",
#     "polars",
# ]
#
# [tool.uv]
# exclude-newer = "2025-01-01T00:00:00Z"
# ///"""


def test_requirements_are_read_and_all_that_is_said_to_uv_is_kept():
    metadata = script_metadata(f"# a comment\n{JUV}\nprint(1)")
    assert metadata is not None
    assert metadata.dependencies == ("numpy>=2", "polars")
    assert metadata.requires_python == ">=3.12"
    assert metadata.script.startswith(JUV)
    assert "launch_new_instance()" in metadata.script
    compile(metadata.script, "kernel.py", "exec")


def test_other_requirements_have_a_script_of_another_name():
    one, other = script_metadata(JUV), script_metadata(JUV.replace("polars", "pandas"))
    assert one is not None
    assert other is not None
    assert one.script_name != other.script_name


@pytest.mark.parametrize(
    "source",
    [
        "",
        "import numpy",
        "# /// script\n# dependencies = [\n# ///",
        "# /// script\n# dependencies = []",
        "# /// pyproject\n# a = 1\n# ///",
        "# /// script\n# a = 1\n# ///\n\n# /// script\n# b = 1\n# ///",
    ],
)
def test_what_is_no_single_block_that_can_be_read_says_nothing(source: str):
    assert script_metadata(source) is None


def test_values_of_other_types_are_passed_over():
    metadata = script_metadata("# /// script\n# dependencies = [1, 'a']\n# requires-python = 3\n# ///")
    assert metadata is not None
    assert (metadata.dependencies, metadata.requires_python) == (("a",), "")
