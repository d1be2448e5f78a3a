"""What people do with licences: one function for each intent."""
