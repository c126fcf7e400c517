"""What is added to a page after it was accepted: dated notes, and that a condition has been met."""
