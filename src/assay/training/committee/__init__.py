"""The committee of 3f+1 validators that certifies rounds: practical Byzantine fault tolerance.

Castro and Liskov, "Practical Byzantine Fault Tolerance", OSDI 1999; section numbers in this folder
are of that paper. `docs/committee.md` says what is assumed and where this house differs from it.
"""
