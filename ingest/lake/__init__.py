"""The lake: typed, sorted Parquet, one file per source and 年度, and who is known in it."""
