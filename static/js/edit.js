// Pages on which people write.
import "./rows.js";
import "./complete.js";
import "./wikilinks.js";
import "./preview.js";
import "./draft.js";
import "./attach.js";
