"""The one port: taken first, so that a taken one is said before anything is started."""

import socket

from app.errors import InputError


def listening(host: str, port: int) -> socket.socket:
    """Take a port, or say in one line why not. Raises InputError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    line = socket.socket(family, socket.SOCK_STREAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        line.bind((host, port))
        line.listen(2048)
    except OSError as fault:
        line.close()
        raise InputError(
            f"port {port} on {host} cannot be taken ({fault.strerror}); "
            "set MUNDI_PORT or --port to another",
            code="port_taken",
        ) from fault
    line.setblocking(False)
    return line
