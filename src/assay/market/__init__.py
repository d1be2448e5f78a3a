"""Assets, licences, paid calls and their records: what is published, bought and proven."""
