// Everything the pages run. They work without it: links go, forms do.
import "htmx.org/dist/htmx.esm.min.js";
import "./navigation.js";
import "./live.js";
import "./rows.js";
import "./filter.js";
import "./matrix.js";
import "./complete.js";
import "./enter.js";
