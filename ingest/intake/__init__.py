"""How a file of any source is taken in: what a source declares, rows checked and kept or rejected, and what is said of it."""
