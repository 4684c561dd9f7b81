"""Tables of Arrow to and from Spark's, on Spark 3.5, on 4, and by Spark Connect."""

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema


def arrow_table(frame) -> pa.Table:
    """The rows of a Spark data frame."""
    if hasattr(frame, "toArrow"):
        return frame.toArrow()
    # What pandas is made from on Spark 3.5, before it forgets which numbers are whole.
    batches = frame._collect_as_arrow()
    return pa.Table.from_batches(batches, None if batches else to_arrow_schema(frame.schema))


def frame_of(session, rows: pa.Table):
    """A Spark data frame with the rows of a table."""
    frame = rows.to_pandas() if rows.num_rows else []
    return session.createDataFrame(frame, from_arrow_schema(rows.schema))
