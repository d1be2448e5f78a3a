"""Files of contracts to syntax trees, by the compilers of their time."""
