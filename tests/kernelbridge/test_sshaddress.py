"""URLs of other machines: what they mean, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.sshaddress import AddressError, SshAddress, is_ssh_url, parse_address


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("ssh://gpu", SshAddress("gpu")),
        ("ssh://gpu/", SshAddress("gpu")),
        ("SSH://ada@gpu-1.example.org:2222", SshAddress("gpu-1.example.org", "ada", 2222)),
        ("ssh://gpu/opt/env/bin/python3", SshAddress("gpu", path="/opt/env/bin/python3")),
        ("ssh://gpu/~/env", SshAddress("gpu", path="~/env")),
        ("ssh://gpu/a b/it's%20%25%3F.ipynb", SshAddress("gpu", path="/a b/it's %?.ipynb")),
        ("ssh://ada@[fe80::1%eth0]:22/x", SshAddress("fe80::1%eth0", "ada", 22, "/x")),
        ("ssh://10.0.0.1/x@y:z", SshAddress("10.0.0.1", path="/x@y:z")),
    ],
)
def test_what_is_said_is_what_is_meant(url: str, meant: SshAddress) -> None:
    assert parse_address(url) == meant


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ssh://", "names no machine"),
        ("ssh:///path", "names no machine"),
        ("ssh://-oProxyCommand=id/x", "names no machine"),
        ("ssh://-l@gpu", "names no machine"),
        ("ssh://ada@-x", "names no machine"),
        ("ssh://a b/x", "names no machine"),
        ("ssh://gpu;id", "names no machine"),
        ("ssh://$(id)/x", "names no machine"),
        ("ssh://g\npu/x", "names no machine"),
        ("ssh://gpü/x", "names no machine"),
        ("ssh://gpu:0", "no port 0"),
        ("ssh://gpu:65536", "no port 65536"),
        ("ssh://gpu:x", "names no machine"),
        ("ssh://ada:secret@gpu/x", "password does not belong"),
        ("ssh://gpu/a?b", "spells %3F"),
        ("ssh://gpu/a%zz", "begins no escape"),
        ("ssh://gpu/a%0a", "control characters"),
        ("ssh://gpu/a%00", "control characters"),
        ("http://gpu/x", "does not begin with ssh://"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(url: str, reason: str) -> None:
    with pytest.raises(AddressError, match=reason) as caught:
        parse_address(url)
    assert "secret" not in str(caught.value)


@given(st.text())
def test_no_text_makes_an_option_of_a_machine(text: str) -> None:
    try:
        address = parse_address(f"ssh://{text}")
    except AddressError:
        return
    assert is_ssh_url(f"ssh://{text}")
    assert not address.destination.startswith("-")
    assert address.destination.isascii()
    assert not set(address.destination) & set(" '\"\\$`;&|<>()\n\0")
    assert address.path == "" or address.path.startswith(("/", "~/"))
