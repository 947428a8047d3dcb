"""The lake: typed, sorted Parquet, one file per source and 年度, and the spool by which rows come into it."""
