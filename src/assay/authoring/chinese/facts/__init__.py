"""What conditions state: measures, states, consent, and what only somebody outside can tell."""
