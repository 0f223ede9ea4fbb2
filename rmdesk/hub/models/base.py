"""The base of the hub's tables, and the types their columns have."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, Date, LargeBinary, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, mapped_column

# Ids compare byte by byte, whatever the language of the bank's database: the order of locks hangs on it.
Id = Annotated[str, mapped_column(Text(collation="C"))]
IdKey = Annotated[str, mapped_column(Text(collation="C"), primary_key=True)]
Big = Annotated[int, mapped_column(BigInteger)]
Instant = Annotated[datetime, mapped_column(TIMESTAMP(timezone=True))]
Json = Annotated[Any, mapped_column(JSONB)]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Table(DeclarativeBase):
    """Base of all tables of the hub."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        str: Text(),
        bytes: LargeBinary(),
        date: Date(),
        datetime: TIMESTAMP(timezone=True),
    }
