// Opens the report in Chromium and prints what it finds as JSON, for test_report_page.py to judge.
// Arguments: the page, the width of the window, the colour scheme, and a folder for downloads.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { drawn, launch, openReport } from "./pages.mjs";

const [file, width, colorScheme, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const problems = [];

const browser = await launch();
const context = await browser.newContext({ viewport: { width: Number(width), height: 900 }, colorScheme });
const page = await context.newPage();
page.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
page.on("pageerror", (error) => problems.push(String(error)));
page.on("dialog", (dialog) => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) problems.push(`request: ${request.url()}`); });

const tiles = () => page.$$eval("[data-figure]", (all) => Object.fromEntries(all.map((one) => [one.dataset.figure, Number(one.dataset.value)])));

/** Sections with their charts, tables and lines. */
const sections = () => page.$$eval("main section", (all) => Object.fromEntries(all.map((section) => [section.id, {
  charts: section.querySelectorAll(".chart svg").length,
  broken: section.querySelectorAll(".chart:not(:has(svg))").length,
  tables: section.querySelectorAll("table, details.data").length,
  files: section.querySelectorAll("button.file").length,
  missing: section.querySelector(".missing")?.textContent ?? null,
  scopes: [...new Set([...section.querySelectorAll(".scope")].map((scope) => scope.textContent))],
}])));

await openReport(page, file);
const found = { sections: await sections(), tiles: await tiles() };
found.overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
found.colours = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]);
found.texts = await page.$$eval(".chart svg text", (all) => all.length);

// Every table is open while axe looks.
await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
await page.waitForTimeout(500);
await drawn(page);
await page.evaluate(axe);
found.violations = await page.evaluate(async () => {
  const result = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
  return result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
});
found.openOverflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const groups = await page.$$eval("#group option", (all) => all.map((option) => option.value));
const months = await page.$$eval("#from option", (all) => all.map((option) => option.value));
if (groups.length && months.length > 3) {
  // By keyboard alone: to the groups, one on; then months, by their boxes.
  await page.reload();
  await drawn(page);
  const stops = [];
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim()));
  }
  found.stops = stops;
  await page.focus("#group");
  await page.keyboard.press("ArrowDown");
  await drawn(page);
  found.byKeyboard = { group: await page.inputValue("#group"), tiles: await tiles(), status: await page.textContent("#status") };
  found.groups = {};
  for (const group of groups) {
    await page.selectOption("#group", group);
    await drawn(page);
    const all = Object.values(await sections());
    found.groups[group] = { charts: all.reduce((sum, one) => sum + one.charts, 0), broken: all.reduce((sum, one) => sum + one.broken, 0) };
  }
  await page.selectOption("#group", groups[0]);
  await page.selectOption("#from", months[2]);
  await page.selectOption("#to", months[1]);
  await drawn(page);
  found.turned = { from: await page.inputValue("#from"), to: await page.inputValue("#to") };
  await page.selectOption("#from", months[1]);
  await page.selectOption("#to", months[2]);
  await drawn(page);
  found.ofMonths = { months: months.slice(1, 3), tiles: await tiles(), sections: await sections() };
  await page.selectOption("#to", months[1]);
  await drawn(page);
  await page.click("#figure-roles details summary");
  found.ofMonth = { month: months[1], tiles: await tiles() };
  found.rolesTable = await page.$$eval("#figure-roles tbody tr", (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#figure-roles .file")]);
  found.file = { name: download.suggestedFilename() };
  await download.saveAs(`${folder}/roles.csv`);
  await page.click("button[type=reset]");
  await page.waitForTimeout(200);
  await drawn(page);
  found.reset = await tiles();
  const bubble = page.locator("#figure-roles .chart svg .mark-symbol path").last();
  await bubble.hover({ force: true });
  // Scrolling to the bubble hides tooltips, so the pointer moves once more.
  await page.waitForTimeout(700);
  await page.mouse.move(0, 0);
  await bubble.hover({ force: true });
  found.tooltip = await page.textContent("#tooltip:not([hidden])");
}
await page.pdf({ path: `${folder}/report.pdf` }).catch((error) => problems.push(String(error)));
found.problems = problems;
console.log(JSON.stringify(found));
await browser.close();
