// Builds what the pages load into one folder: hashed names, and beside each text file its gzip and brotli form.
// Usage: node build.mjs PACKAGES OUT, where PACKAGES holds node_modules.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const [packages, out] = process.argv.slice(2).map((path) => resolve(path));
const modules = join(packages, "node_modules");
const esbuild = createRequire(join(packages, "package.json"))("esbuild");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await bundle();
sprite();
mark();
compress();

async function bundle() {
  await esbuild.build({
    absWorkingDir: here,
    entryPoints: {
      luotsi: "scripts/luotsi.js",
      style: "styles/luotsi.css",
      matrix: "styles/matrix.css",
      settings: "styles/settings.css",
      "account-print": "styles/account-print.css",
    },
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    outdir: out,
    nodePaths: [modules],
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: ["chrome123", "firefox120", "safari17.5"],
    loader: { ".woff2": "file" },
    legalComments: "none",
    logLevel: "warning",
  });
}

/** One file of symbols; a page draws `<use href="icons.svg#sun">`. */
function sprite() {
  const icons = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
  const symbols = icons.map((name) => {
    const drawing = readFileSync(join(modules, "lucide-static/icons", `${name}.svg`), "utf8");
    const inner = drawing
      .replace(/<!--.*?-->/gs, "")
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace("</svg>", "")
      .replace(/\s+/g, " ")
      .replace(/> </g, "><")
      .trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  const shapes = readFileSync(join(here, "shapes.svg"), "utf8").replace(/\n/g, "");
  write("icons", ".svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}${shapes}</svg>`);
}

/** The two-field pilot flag, for the browser's tab. */
function mark() {
  write("mark", ".svg", readFileSync(join(here, "mark.svg"), "utf8").trim());
}

function write(name, extension, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  writeFileSync(join(out, `${name}-${hash}${extension}`), text);
}

function compress() {
  for (const name of readdirSync(out).filter((name) => [".js", ".css", ".svg"].includes(extname(name)))) {
    const text = readFileSync(join(out, name));
    writeFileSync(join(out, `${name}.gz`), gzipSync(text, { level: 9 }));
    const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(join(out, `${name}.br`), brotliCompressSync(text, { params: quality }));
  }
}
