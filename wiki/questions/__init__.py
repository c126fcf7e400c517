"""Questions, inside first: whom somebody asks before a partner is asked, what they answer, and how it becomes page text."""
