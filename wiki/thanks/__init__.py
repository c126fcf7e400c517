"""Saying thank you for something concrete. Nothing here counts a person's thanks, and nothing is ordered by them."""
