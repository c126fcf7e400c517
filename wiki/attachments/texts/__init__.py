"""What files say, page by page. Everything here runs in a process of its own with limits (`reading.py` starts it)."""
