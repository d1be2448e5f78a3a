"""Flower as the engine of training: client, strategy, simulation, and processes on a network."""
