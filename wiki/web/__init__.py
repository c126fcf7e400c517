"""What the areas' routes share: the request's session, viewer and templates."""
