"""How single values are worked out from a page's own facts: one file for each thing that people look after."""
