"""Who is meant: named parties, pronouns, groups of which so many have to agree."""
