"""How a file of any source is taken in: what a source declares, who is known, rows checked and loaded or rejected, and a report of it."""
