"""One class: this morning, and its days and months."""
