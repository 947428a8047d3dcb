"""Pictures of figures: specifications made once, dressed with new rows. Nothing here knows the page it is on."""
