"""Tables on screen and on paper."""
