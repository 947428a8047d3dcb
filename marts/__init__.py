"""From the lake to the published district file: steps, engines, counting, signals, suppression, verification, publishing."""
