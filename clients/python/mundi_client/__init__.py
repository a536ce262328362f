"""A typed client of Mundi's HTTP API."""

from mundi_client.client import Client
from mundi_client.refused import Fault, Refused

__all__ = ["Client", "Fault", "Refused"]
