// Cuts the named lucide icons into one sprite: node build.mjs OUT NAME… ; says on stdout which names lucide lacks.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [out, ...names] = process.argv.slice(2);
const lucide = join(dirname(fileURLToPath(import.meta.url)), "node_modules", "lucide-static");

// Attributes that lucide puts on every <svg>; on a <symbol> they are inherited by what <use> shows.
const look = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';

function symbol(name) {
  const file = join(lucide, "icons", `${name}.svg`);
  if (!existsSync(file)) {
    console.log(name);
    return "";
  }
  const drawing = readFileSync(file, "utf8").match(/<svg[^>]*>([^]*)<\/svg>/)[1];
  return `<symbol id="${name}" ${look}>${drawing.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>\n`;
}

const licence = readFileSync(join(lucide, "LICENSE"), "utf8");
writeFileSync(out, `<svg xmlns="http://www.w3.org/2000/svg">\n${names.map(symbol).join("")}</svg>\n`);
writeFileSync(join(dirname(out), "icons-LICENSE.txt"), licence);
