"""Who may see what: the tree of places, users, their roles at places, the scope that follows."""
