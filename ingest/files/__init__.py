"""Files as they arrive, made into rows: archives, encodings, sheets, workbooks, and the mapping of another system's titles and codes."""
