"""What every stored model is. In: fields. Out: a frozen value. Forbidden here: any behaviour."""

from pydantic import BaseModel, ConfigDict


class Document(BaseModel):
    """Something stored. Frozen, so that a caller cannot change what the store holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")
