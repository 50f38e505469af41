// Everything the pages run. They work without it: links go, forms do.
import "htmx.org/dist/htmx.esm.min.js";
import "./navigation.js";
import "./live.js";
import "./keys.js";
import "./palette.js";
import "./help.js";
import "./peek.js";
import "./draft.js";
import "./receipt.js";
import "./picking.js";
import "./menu.js";
import "./filter.js";
import "./complete.js";
import "./enter.js";
import "./seldom.js";
