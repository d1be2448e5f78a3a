"""An agreement as a picture: who does what to whom, in the order of the text."""
