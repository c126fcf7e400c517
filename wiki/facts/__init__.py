"""What computed values need of other pages and of earlier revisions: asked of the database, for one reader."""
