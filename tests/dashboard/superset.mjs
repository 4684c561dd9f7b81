// Opens dashboards as a person would and prints what stands on the screen, as JSON.
//
//   node superset.mjs <address> <file with the password> <folder of screenshots> '<visits>'
//
// Visits: [{"slug": "overview", "filters": {"channel": "Email", "dates": ["2026-01-01", "2026-02-01"]}}]
import fs from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const [address, passwordFile, screenshots, visits] = process.argv.slice(2);
const PATIENCE = 90_000;

async function signIn(page) {
  await page.goto(`${address}/login/`);
  await page.fill("#username", "admin");
  await page.fill("#password", fs.readFileSync(passwordFile, "utf8"));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"), { timeout: PATIENCE });
}

// All charts have asked for their data and got an answer.
async function settle(page) {
  await page.waitForSelector('[data-test="chart-grid-component"]', { timeout: PATIENCE });
  let quiet = 0;
  const end = Date.now() + PATIENCE;
  while (quiet < 4) {
    if (Date.now() > end) throw new Error(`charts still load on ${page.url()}`);
    await page.waitForTimeout(500);
    const loading = await page.locator('[data-test="loading-indicator"]').count();
    const waiting = await page
      .locator('[data-test="chart-grid-component"]:not(:has(.chart-container, [role="alert"]))')
      .count();
    quiet = loading || waiting ? 0 : quiet + 1;
  }
}

const filterOf = (page, name) => page.locator(`[data-test="NATIVE_FILTER-${name}"]`);

async function choose(page, name, value) {
  await filterOf(page, name).click();
  await page.keyboard.type(value);
  await page.locator(`.ant-select-item-option[title="${value}"]`).last().click();
  await page.keyboard.press("Escape");
}

// The last day is not part of the range.
async function chooseDates(page, range) {
  await page.locator('[data-test="time-range-trigger"]').click();
  const popover = page.locator(".ant-popover:visible");
  await popover.locator('[data-test="Range type"]').click();
  await page.locator('.ant-select-item-option[title="Advanced"]').click();
  for (const [place, day] of range.entries()) {
    await popover.locator(".ant-input").nth(place).fill(day);
  }
  await popover.locator('[data-test="date-filter-control__apply-button"]:enabled').click();
}

// What a person sees of each chart.
function onScreen() {
  const hasInk = (canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 3; i < data.length; i += 4) if (data[i]) return true;
    return false;
  };
  return [...document.querySelectorAll('[data-test="chart-grid-component"]')].map((chart) => ({
    title: chart.dataset.testChartName,
    text: chart.innerText,
    error: chart.querySelector('[role="alert"], .ant-alert-error')?.innerText ?? null,
    isEmpty: /No results were returned|No data/.test(chart.innerText),
    isDrawn: [...chart.querySelectorAll("canvas")].some(hasInk),
    number: chart.querySelector(".header-line")?.innerText ?? null,
    rows: [...chart.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("th, td")].map((cell) => cell.innerText.trim()),
    ),
  }));
}

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
// So tall that every chart is in sight, as charts out of sight are not drawn.
const page = await browser.newPage({ viewport: { width: 1500, height: 4200 } });
// A name that a visitor or a platform wrote never runs.
page.on("dialog", (dialog) => {
  throw new Error(`a script in the data ran: ${dialog.message()}`);
});
await signIn(page);
const seen = [];
for (const [number, visit] of JSON.parse(visits).entries()) {
  await page.goto(`${address}/superset/dashboard/${visit.slug}/`);
  await settle(page);
  const { dates, ...choices } = visit.filters ?? {};
  if (dates) await chooseDates(page, dates);
  for (const [name, value] of Object.entries(choices)) await choose(page, name, value);
  if (visit.filters) {
    await page.locator('[data-test="filter-bar__apply-button"]').click();
    await settle(page);
  }
  await page.screenshot({ path: path.join(screenshots, `${number}_${visit.slug}.png`) });
  seen.push({ ...visit, text: await page.innerText("body"), charts: await page.evaluate(onScreen) });
}
await browser.close();
console.log(JSON.stringify(seen));
