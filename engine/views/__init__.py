"""What somebody may see: frozen values, made for a reader with a role and a purpose. A command shows views, no rows."""
