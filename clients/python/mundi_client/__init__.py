"""A small typed client of Mundi's HTTP API."""

from mundi_client.client import Client
from mundi_client.values import Fault, Job, Person, Profile, Refused, Universe

__all__ = ["Client", "Fault", "Job", "Person", "Profile", "Refused", "Universe"]
