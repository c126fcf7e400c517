"""Two pages that are about the same thing become one, and nothing that named either of them is lost."""
