"""A small typed client of Mundi's HTTP API."""

from mundi_client.client import Client, Failed
from mundi_client.pages import each
from mundi_client.refused import Fault, Refused, Unreachable

__all__ = ["Client", "Failed", "Fault", "Refused", "Unreachable", "each"]
