"""Contracts from language: prose to a typed specification, to tested code, and back; audit."""
