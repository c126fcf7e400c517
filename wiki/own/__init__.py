"""What people keep for themselves: how it looks, pages with a star, pages seen lately."""
