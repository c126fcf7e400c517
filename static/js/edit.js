// Pages on which people write.
import "./rows.js";
import "./rows-keys.js";
import "./rows-drag.js";
import "./rows-paste.js";
import "./day.js";
import "./complete.js";
import "./wikilinks.js";
import "./preview.js";
import "./remember.js";
import "./draft.js";
import "./returned.js";
import "./presence.js";
import "./attach.js";
import "./acts.js";
import "./filter.js";
import "./rich.js";
