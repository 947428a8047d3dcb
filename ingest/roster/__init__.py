"""The roster (OneRoster): schools, classes, people, who is enrolled where and who teaches what."""
