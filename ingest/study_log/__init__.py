"""The study log (xAPI): statements read, judged, and added up."""
