"""A real sshd for tests, on the loopback address, with keys and settings of its own; nothing of the user's is read."""

import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.data_folder import HOME
from app.jobs.engine_place import ROOT, EnginePlace

HOST = "studio"  # the name in the SSH configuration of the tests
SSHD = shutil.which("sshd") or shutil.which("/usr/sbin/sshd")
TOOLS = [SSHD, shutil.which("ssh"), shutil.which("ssh-keygen")]


@dataclass(frozen=True)
class SshServer:
    """bin: a folder whose `ssh` knows HOST; it has to come first in PATH. data: where programs there keep theirs."""

    bin: Path
    data: Path
    server: subprocess.Popen[bytes]

    @property
    def place(self) -> EnginePlace:
        start = f"{shlex.quote(sys.executable)} -P -m app engine --stdio"
        known = f"{HOME}={self.data} PYTHONPATH={ROOT} OMP_NUM_THREADS=1"
        return EnginePlace(True, HOST, f"exec env {known} {start}")

    def engines(self) -> list[int]:
        """The processes that paint for those who have come through SSH."""
        mark, found = f"{HOME}={self.data}".encode(), []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                told = (process / "environ").read_bytes().split(b"\0")
                state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if mark in told and state not in ("Z", "X"):
                found.append(int(process.name))
        return found


@contextmanager
def ssh_server(folder: Path) -> Iterator[SshServer]:
    for name in ("host", "user"):
        _run(TOOLS[2], "-q", "-t", "ed25519", "-N", "", "-f", folder / name)
    (folder / "authorized_keys").write_text((folder / "user.pub").read_text())
    port, user = _free_port(), pwd.getpwuid(os.getuid()).pw_name
    key = " ".join((folder / "host.pub").read_text().split()[:2])
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {key}\n")
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized_keys\n"
        "PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        "PermitRootLogin prohibit-password\nAllowTcpForwarding no\nX11Forwarding no\n"
    )
    (folder / "ssh_config").write_text(
        f"Host {HOST}\n HostName 127.0.0.1\n Port {port}\n User {user}\n IdentityFile {folder}/user\n"
        f" IdentitiesOnly yes\n UserKnownHostsFile {folder}/known_hosts\n StrictHostKeyChecking yes\n"
    )
    bin_ = folder / "bin"
    bin_.mkdir()
    (bin_ / "ssh").write_text(f'#!/bin/sh\nexec {TOOLS[1]} -F {folder}/ssh_config "$@"\n')
    (bin_ / "ssh").chmod(0o755)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where sshd shuts itself in
    with subprocess.Popen([str(SSHD), "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.DEVNULL) as server:
        _wait_for(port)
        yield SshServer(bin_, folder / "there", server)
        server.terminate()


def _run(*command: object) -> None:
    subprocess.run([str(each) for each in command], check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("sshd does not answer")
