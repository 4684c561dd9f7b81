// Makes the pictures of report and dashboards in docs/images, which the README shows.
//
//   node scripts/screenshots.mjs target/attribution.duckdb
//
// Reads a built database, `make screenshots` that of the demo. Copies of what it makes for that (the
// report, the published file, the state of the dashboards) stand in target/screenshots until it ends.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { drawn, launch, openDashboard, openReport, signIn } from "../tests/dashboard/pages.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const IMAGES = path.join(ROOT, "docs/images");
const FOLDER = path.join(ROOT, "target/screenshots");
const GROUP = "purchase";
const WIDE = { width: 1280, height: 724 };
const PHONE = { width: 390, height: 844 };
const MINUTES = 60_000;

const database = process.argv[2];
if (!database || !fs.existsSync(database)) {
  console.error(`There is no database ${database ?? ""}: \`make screenshots\` builds that of the demo.`);
  process.exit(1);
}

const python = (script, ...options) =>
  execFileSync(path.join(ROOT, ".venv/bin/python"), [path.join(ROOT, "scripts", script), ...options]);

function freePort() {
  return new Promise((resolve) => {
    const place = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = place.address();
      place.close(() => resolve(port));
    });
  });
}

/** A picture of what a window shows, or of one element. */
async function picture(of, name) {
  await of.screenshot({ path: path.join(IMAGES, `${name}.png`), animations: "disabled" });
  console.log(`Wrote docs/images/${name}.png`);
}

async function picturesOfReport(browser, file) {
  const looks = [
    { suffix: "", viewport: WIDE, colorScheme: "light" },
    { suffix: "_dark", viewport: WIDE, colorScheme: "dark" },
    { suffix: "_phone", viewport: PHONE, colorScheme: "light" },
  ];
  for (const { suffix, ...look } of looks) {
    const page = await browser.newPage(look);
    await openReport(page, file);
    await page.selectOption("#group", GROUP);
    await drawn(page);
    await picture(page, `report${suffix}`);
    if (look.viewport === WIDE) await picture(page.locator("#figure-roles"), `roles${suffix}`);
    await page.close();
  }
}

/** Start the dashboards as `make dashboard` does, in a folder of their own, and wait for them. */
async function startDashboards(folder, port) {
  const start = [path.join(ROOT, "dashboards/start.py"), "target/published/attribution.duckdb"];
  const server = spawn(
    path.join(ROOT, "target/dashboard_venv/bin/python"),
    [...start, "--state", "state", "--port", String(port)],
    { cwd: folder, stdio: "ignore", env: { ...process.env, DASHBOARD_METADATA_URI: "" } },
  );
  const end = Date.now() + 5 * MINUTES;
  for (;;) {
    if (server.exitCode !== null || Date.now() > end) {
      server.kill();
      throw new Error("The dashboards did not start; `make dashboard` says why.");
    }
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    if (answer?.ok) return server;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function picturesOfDashboards(browser, folder) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const server = await startDashboards(folder, port);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await signIn(page, address, path.join(folder, "state/password"));
    for (const slug of ["overview", "roles"]) {
      await openDashboard(page, address, slug, { conversion_group: GROUP });
      await picture(page, `dashboard_${slug}`);
    }
  } finally {
    server.kill();
  }
}

fs.rmSync(FOLDER, { recursive: true, force: true });
fs.mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
fs.mkdirSync(IMAGES, { recursive: true });
const browser = await launch();
try {
  const report = path.join(FOLDER, "report.html");
  python("make_report.py", "--db", database, "--out", report);
  await picturesOfReport(browser, report);
  python("publish.py", database, path.join(FOLDER, "target/published/attribution.duckdb"));
  await picturesOfDashboards(browser, FOLDER);
} finally {
  await browser.close();
  fs.rmSync(FOLDER, { recursive: true, force: true });
}
