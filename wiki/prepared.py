"""Statements that every request makes, compiled once for each server.

SQLAlchemy makes a cache key of a statement each time it runs, which for a long one costs more than running it. Here the
SQL text, the order of its parameters and the readers of its columns are worked out once.
"""

from collections import namedtuple
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import CompoundSelect, Connection, Dialect, Float, Integer, Select, String, TextualSelect
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

K = TypeVar("K", bound=Hashable)
Statement = Select[Any] | CompoundSelect[Any] | TextualSelect


class Prepared:
    """A SELECT whose parameters are given by name (whole numbers, texts, None; `IdList` for several ids)."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def __call__(self, asked: Session | Connection, /, **parameters: Any) -> list[Any]:
        """All rows, each with the columns' values as attributes. Of a connection it is asked alone, in no transaction with others."""
        made, rows = self._run(asked, parameters)
        return [made.row(row) for row in rows]

    def plain(self, asked: Session | Connection, /, **parameters: Any) -> Sequence[Any]:
        """All rows as the driver gives them: for many rows of numbers."""
        return self._run(asked, parameters)[1]

    def _run(self, asked: Session | Connection, parameters: Mapping[str, Any]) -> tuple["_Made", Sequence[Any]]:
        connection = asked.connection() if isinstance(asked, Session) else asked
        made = self._made.get(connection.dialect.name)
        if made is None:
            made = self._made[connection.dialect.name] = _made(self._statement, connection.dialect)
        cursor = connection.connection.cursor()  # the driver's own: SQLAlchemy's result would work the columns out anew
        try:
            cursor.execute(made.sql, made.ordered(parameters))
            return made, cursor.fetchall()
        except Exception as error:
            raise OperationalError(made.sql, parameters, error) from error
        finally:
            cursor.close()

    def one_or_none(self, asked: Session | Connection, /, **parameters: Any) -> Any:
        rows = self(asked, **parameters)
        return rows[0] if rows else None


class PreparedFor(Generic[K]):
    """Statements of one making that differ by a key, such as somebody's rights: those used lately stay compiled."""

    def __init__(self, make: Callable[[K], Statement], kept: int = 256) -> None:
        self._prepared = lru_cache(maxsize=kept)(lambda key: Prepared(make(key)))

    def __call__(self, asked: Session | Connection, key: K, /, **parameters: Any) -> list[Any]:
        return self._prepared(key)(asked, **parameters)


@dataclass(frozen=True)
class _Made:
    sql: str
    fixed: Mapping[str, Any]
    #: For servers that know parameters by their place, of which a long statement has more than a hundred.
    in_order: Callable[[Mapping[str, Any]], Any] | None
    make: Callable[[Iterable[Any]], Any]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]

    def ordered(self, parameters: Mapping[str, Any]) -> Any:
        values = {**self.fixed, **parameters}
        return self.in_order(values) if self.in_order is not None else values

    def row(self, raw: Any) -> Any:
        values = list(raw)
        for place, read in self.readers:
            values[place] = read(values[place])
        return self.make(values)


def _made(statement: Statement, dialect: Dialect) -> _Made:
    compiled = _compiled(statement, dialect)
    columns = list(statement.selected_columns)
    kind: Any = namedtuple("Row", [column.key or f"column_{n}" for n, column in enumerate(columns)])  # type: ignore[misc]
    readers = []
    for place, column in enumerate(columns):
        if isinstance(column.type, Float):
            continue  # every driver gives floats, and SQLAlchemy would ask for the driver's type to know it
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if read is not None:
            readers.append((place, read))
    return _Made(
        sql=compiled.string,
        fixed=compiled.construct_params(_check=False),
        in_order=_in_order(compiled.positiontup) if compiled.positional and compiled.positiontup is not None else None,
        make=kind._make,
        readers=tuple(readers),
    )


def _in_order(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Any]:
    """The values of these names, as a tuple."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _compiled(statement: Statement, dialect: Dialect) -> SQLCompiler:
    """With as many places as a list in the statement has values; parameters get theirs when it runs."""
    first = statement.compile(dialect=dialect)
    assert isinstance(first, SQLCompiler)
    if not first.post_compile_params:
        return first
    for parameter in first.bind_names:
        parameter.required = False
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    return compiled


class IdList(FunctionElement[int]):
    """`Page.id.op("IN")(IdList(bindparam("ids", type_=String)))`: the ids come as one text, "[1, 2]"."""

    type = Integer()
    inherit_cache = True


class TextList(FunctionElement[str]):
    """The same for texts: `["one", "two"]`."""

    type = String()
    inherit_cache = True


@compiles(IdList, "sqlite")
@compiles(TextList, "sqlite")
def _for_sqlite(element: IdList | TextList, compiler: SQLCompiler, **options: Any) -> str:
    ids = compiler.process(element.clauses, **options)
    return "".join(("(SELECT value FROM json_each(", ids, "))"))


@compiles(TextList, "postgresql")
def _texts_for_postgresql(element: TextList, compiler: SQLCompiler, **options: Any) -> str:
    texts = compiler.process(element.clauses, **options)
    return "".join(("(SELECT json_array_elements_text(CAST(", texts, " AS json)))"))


@compiles(IdList, "postgresql")
def _for_postgresql(element: IdList, compiler: SQLCompiler, **options: Any) -> str:
    ids = compiler.process(element.clauses, **options)
    return "".join(("(SELECT CAST(value AS integer) FROM json_array_elements_text(CAST(", ids, " AS json)))"))
