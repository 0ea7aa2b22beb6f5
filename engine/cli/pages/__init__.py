"""What a person reads on a terminal, made from values."""
