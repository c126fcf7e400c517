"""Page templates that a site changes for itself: versions, proposals, pages behind, packs."""
