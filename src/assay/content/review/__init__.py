"""Community review: staked reviewers flag or confirm content, and others decide by secret votes."""
