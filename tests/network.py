"""Tests may talk to this machine and to nobody else."""

import ipaddress
import socket
from typing import Any, NoReturn

LOCAL_NAMES = {"", "localhost", "localhost.localdomain", socket.gethostname().lower()}

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_sendto = socket.socket.sendto
_getaddrinfo = socket.getaddrinfo
_gethostbyname = socket.gethostbyname


class NetworkRefused(OSError):
    """A test tried to reach another machine."""


def refuse() -> None:
    """From here on this process reaches loopback addresses and Unix sockets only."""
    socket.socket.connect = connect  # type: ignore[assignment,method-assign]
    socket.socket.connect_ex = connect_ex  # type: ignore[assignment,method-assign]
    socket.socket.sendto = sendto  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = getaddrinfo
    socket.gethostbyname = gethostbyname


def connect(self: socket.socket, address: Any) -> None:
    check(self, address)
    _connect(self, address)


def connect_ex(self: socket.socket, address: Any) -> int:
    check(self, address)
    return _connect_ex(self, address)


def sendto(self: socket.socket, data: Any, *rest: Any) -> int:
    check(self, rest[-1])
    return _sendto(self, data, *rest)


def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
    if host is not None and not is_local(host):
        deny(host)
    return _getaddrinfo(host, *rest, **options)


def gethostbyname(host: str) -> str:
    if not is_local(host):
        deny(host)
    return _gethostbyname(host)


def check(sock: socket.socket, address: Any) -> None:
    if sock.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
        deny(address[0])


def is_local(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name.lower() in LOCAL_NAMES


def deny(host: str | bytes) -> NoReturn:
    raise NetworkRefused(f"A test tried to reach {host!r}. Tests talk to this machine only.")
