// Makes the rich text editor one script: node bundle.mjs OUT ; beside it stand the same in brotli, which is an eighth
// smaller than what the site itself can pack, and the licences of all that is in it.
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const [out] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["editor/index.js"],
  outfile: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "error",
});

writeFileSync(`${out}.br`, brotliCompressSync(readFileSync(out)));

function licence(name) {
  const folder = join(here, "node_modules", name);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  return `${name}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}

const used = Object.keys(metafile.inputs).map((file) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
const names = [...new Set(used.filter(Boolean))].sort();
writeFileSync(out.replace(/\.js$/, "-LICENSE.txt"), names.map(licence).join("\n---\n\n"));
