// How report and dashboards are opened in Chromium, for the tests beside this file and for
// scripts/screenshots.mjs.
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const PATIENCE = 90_000;

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });

/** The report has drawn what was chosen. */
export async function drawn(page) {
  await page.waitForSelector("html[data-drawn=true]", { state: "attached", timeout: PATIENCE });
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".chart")].every((chart) => !chart.clientWidth || chart.children.length),
  );
}

export async function openReport(page, file) {
  await page.goto(pathToFileURL(file).href);
  await drawn(page);
}

export async function signIn(page, address, passwordFile) {
  await page.goto(`${address}/login/`);
  await page.fill("#username", "admin");
  await page.fill("#password", fs.readFileSync(passwordFile, "utf8"));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"), { timeout: PATIENCE });
}

/** All charts in sight have asked for their data and got an answer. */
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

async function choose(page, name, value) {
  await page.locator(`[data-test="NATIVE_FILTER-${name}"]`).click();
  await page.keyboard.type(value);
  await page.locator(`.ant-select-item-option[title="${value}"]`).last().click();
  await page.keyboard.press("Escape");
}

/** The last day is not part of the range. */
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

/** Open a dashboard: {"channel": "Email", "dates": ["2026-01-01", "2026-02-01"]} are filters. */
export async function openDashboard(page, address, slug, filters) {
  await page.goto(`${address}/superset/dashboard/${slug}/`);
  await settle(page);
  if (!filters) return;
  const { dates, ...choices } = filters;
  if (dates) await chooseDates(page, dates);
  for (const [name, value] of Object.entries(choices)) await choose(page, name, value);
  await page.locator('[data-test="filter-bar__apply-button"]').click();
  await settle(page);
}
