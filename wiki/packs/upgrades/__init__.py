"""Pages of earlier versions in the browser: which there are, and how each is brought over."""
