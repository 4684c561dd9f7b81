// Opens dashboards as a person would and prints what stands on the screen, as JSON.
//
//   node superset.mjs <address> <file with the password> <folder of screenshots> '<visits>'
//
// Visits: [{"slug": "overview", "filters": {"channel": "Email", "dates": ["2026-01-01", "2026-02-01"]}}]
import path from "node:path";
import { launch, openDashboard, signIn } from "./pages.mjs";

const [address, passwordFile, screenshots, visits] = process.argv.slice(2);

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

const browser = await launch();
// So tall that every chart is in sight, as charts out of sight are not drawn.
const page = await browser.newPage({ viewport: { width: 1500, height: 4200 } });
// A name that a visitor or a platform wrote never runs.
page.on("dialog", (dialog) => {
  throw new Error(`a script in the data ran: ${dialog.message()}`);
});
await signIn(page, address, passwordFile);
const seen = [];
for (const [number, visit] of JSON.parse(visits).entries()) {
  await openDashboard(page, address, visit.slug, visit.filters);
  await page.screenshot({ path: path.join(screenshots, `${number}_${visit.slug}.png`) });
  seen.push({ ...visit, text: await page.innerText("body"), charts: await page.evaluate(onScreen) });
}
await browser.close();
console.log(JSON.stringify(seen));
