"""A server whose certificate nobody vouches for, and what is loaded when."""

from __future__ import annotations

import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from hearing import Ear
from kernelbridge.keeper.errors import ServerError
from kernelbridge.keeper.launches import ServerLaunch
from kernelbridge.keeper.server.serverkernel import ServerKernel
from kernelbridge.servers import list_server
from programs import require_program


def made_certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = [require_program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


async def test_a_certificate_that_cannot_be_verified_is_refused(tmp_path: Path) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*made_certificate(tmp_path))
    asked: list[str] = []
    server = HTTPServer(
        Application(log_function=lambda handler: asked.append(handler.request.path)), ssl_options=tls
    )
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    url = f"https://127.0.0.1:{sockets[0].getsockname()[1]}/"
    try:
        with pytest.raises(ServerError, match="cannot be trusted"):
            await ServerKernel(ServerLaunch(url, "secret"), "session").start(Ear())
        with pytest.raises(ServerError, match="cannot be trusted"):
            await list_server(url, "secret")
    finally:
        server.stop()
        await server.close_all_connections()
    assert asked == []


@pytest.mark.parametrize("module", ["kernelbridge.keeper.server.serverkernel", "kernelbridge.servertokens"])
def test_tornado_is_loaded_only_where_there_is_a_server(module: str) -> None:
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"tornado", "zmq", "ssl"} & set(done.stdout.split())
