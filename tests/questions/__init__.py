"""Questions: whom they are put to, who may know of them, what becomes of the answers."""
