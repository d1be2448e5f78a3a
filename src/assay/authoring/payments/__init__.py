"""Payment requests as people write them: read, held against a treasury's rules, paid or refused."""
