// Every page. Nothing here is needed: each part only makes quicker what works without it.
import "./menus.js";
import "./errors.js";
import "./keys.js";
import "./opener.js";
import "./finder.js";
import "./tree.js";
import "./reading.js";
import "./related.js";
import "./tour.js";
import "./forget.js";
import "./before.js";
import "./changes.js";
import "./told.js";
