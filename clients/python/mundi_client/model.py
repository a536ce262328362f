"""What every answer has in common."""

from pydantic import BaseModel, ConfigDict, PrivateAttr


class Model(BaseModel):
    """A value of the API; members this version does not know are left out."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    _etag: str | None = PrivateAttr(None)

    @property
    def etag(self) -> str | None:
        """The revision that was read, to be sent back as `if_match`."""
        return self._etag
