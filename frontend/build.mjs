// Cuts the named lucide icons into one sprite: node build.mjs OUT NAME… ; says on stdout which names lucide lacks.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [out, ...names] = process.argv.slice(2);
const lucide = join(dirname(fileURLToPath(import.meta.url)), "node_modules", "lucide-static");

// Colour and line come from the class `icon` in our style sheet, which the drawing inherits.
function symbol(name) {
  const file = join(lucide, "icons", `${name}.svg`);
  if (!existsSync(file)) {
    console.log(name);
    return "";
  }
  const drawing = readFileSync(file, "utf8").match(/<svg[^>]*>([^]*)<\/svg>/)[1];
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>\n`;
}

const licence = readFileSync(join(lucide, "LICENSE"), "utf8");
writeFileSync(out, `<svg xmlns="http://www.w3.org/2000/svg">\n${names.map(symbol).join("")}</svg>\n`);
writeFileSync(out.replace(/\.svg$/, "-LICENSE.txt"), licence);
