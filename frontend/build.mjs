// Compiles the two sheets and lays the fonts beside them; same sources, same bytes.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const house = join(here, "..", "src", "takhai");
const site = join(house, "web", "static", "takhai");
const paper = join(house, "reporting", "built");
const family = join(here, "node_modules", "@fontsource", "noto-sans-thai-looped");

function sheet(name) {
  const { css } = compile(join(here, "styles", `${name}.scss`), {
    style: "compressed",
    loadPaths: [join(here, "node_modules"), here],
    charset: false,
    quietDeps: true,
  });
  return css;
}

function fontsOf(css) {
  return [...new Set([...css.matchAll(/url\("?fonts\/([^")]+)"?\)/g)].map((found) => found[1]))];
}

function write(path, text) {
  writeFileSync(path, text);
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
}

for (const folder of [site, paper]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

const screen = sheet("site");
write(join(site, "site.css"), screen);
mkdirSync(join(site, "fonts"));
for (const font of fontsOf(screen)) copyFileSync(join(family, "files", font), join(site, "fonts", font));
copyFileSync(join(family, "LICENSE"), join(site, "fonts", "OFL.txt"));
copyFileSync(join(here, "mark.svg"), join(site, "mark.svg"));

// The report travels alone, on a stick or by mail, so its type is inside it.
const report = sheet("report").replace(/url\("?fonts\/([^")]+)"?\)/g, (_, font) => {
  const bytes = readFileSync(join(family, "files", font)).toString("base64");
  return `url(data:font/woff2;base64,${bytes})`;
});
writeFileSync(join(paper, "report.css"), report);

console.log(`site.css ${gzipSync(screen).length} B gzip, report.css ${report.length} B`);
