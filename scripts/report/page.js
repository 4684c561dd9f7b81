// The page itself: what the reader has chosen, figures with their tables and files, tooltips, print.
// Text from the data is only ever set as text.
"use strict";

/** An element with attributes, and children that are elements or text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// What the reader has chosen

const controls = Object.fromEntries(["group", "from", "to"].map((id) => [id, document.getElementById(id)]));

function chosen() {
  const [from, to] = [controls.from.value, controls.to.value];
  const [start, end] = [DATA.months.indexOf(from), DATA.months.indexOf(to)];
  return {
    group: controls.group.value, types: new Set(DATA.groups[controls.group.value] ?? []), from, to,
    months: new Set(DATA.months.slice(start, end + 1)), isAll: start <= 0 && end === DATA.months.length - 1,
  };
}

// Tables and files

function cellText(column, row) {
  if (column.text) return column.text(row);
  const value = row[column.key];
  if (value === null || value === undefined) return "–";
  if (column.kind === "flag") return value ? "yes" : "no";
  return FORMATS[column.kind] ? FORMATS[column.kind](value) : String(value);
}

/** Long names are cut after some lines; whoever points at one sees all of it. */
function name(text) {
  return text.length > 60 ? make("span", { class: "clamp", title: text }, text) : text;
}

/** A cell of a heat map is tinted by its share of the largest value. */
function cell(column, row, most) {
  const isNumber = column.kind !== "text";
  const mark = column.mark?.(row);
  const weak = ["too few", "too_few", "low"].includes(row[column.key]);
  const element = make("td", { class: [isNumber ? "number" : null, weak ? "weak" : null].filter(Boolean).join(" ") || null }, isNumber ? cellText(column, row) : name(cellText(column, row)));
  if (!isNumber) element.dir = "auto";
  if (mark) element.append(make("span", { class: "mark", "aria-hidden": "true" }, ` ${mark}`), make("span", { class: "sr" }, ` (${column.markText(row)})`));
  if (most && isNumber && row[column.key] > 0) {
    element.classList.add("heat");
    element.style.setProperty("--heat", (row[column.key] / most).toFixed(3));
  }
  return element;
}

function table(figure) {
  const [first, ...others] = figure.columns;
  const most = figure.heat ? Math.max(0, ...figure.rows.flatMap((row) => others.map((column) => row[column.key] ?? 0))) : 0;
  const head = make("tr", {}, ...figure.columns.map((column) => make("th", { scope: "col", class: column === first || column.kind === "text" ? null : "number", dir: "auto" }, column.label)));
  const body = figure.rows.map((row) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, name(cellText(first, row))), ...others.map((column) => cell(column, row, most))));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table: ${figure.title}` },
    make("table", {}, make("caption", { class: "sr" }, figure.title), make("thead", {}, head), make("tbody", {}, ...body)));
}

/** Text as a field of CSV. Spreadsheets would run text that begins like a formula. */
function field(value) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function download(figure, state) {
  const { rows, columns } = figure.file ?? figure;
  const keys = columns.map((column) => column.key);
  const labels = figure.file ? keys : columns.map((column) => column.label);
  const lines = [labels, ...rows.map((row) => keys.map((key) => row[key]))].map((line) => line.map(field).join(","));
  const scope = figure.follows && !state.isAll ? `${state.from}_${state.to}` : "all";
  const address = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" }));
  const name = [figure.id, state.group, scope].join("_").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 120);
  make("a", { href: address, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// Tooltips

const tip = document.getElementById("tooltip");

function showTip(_, event, __, value) {
  if (typeof value !== "string" || !value.startsWith("[")) {
    tip.hidden = true;
    return;
  }
  const [title, ...pairs] = JSON.parse(value);
  tip.replaceChildren(make("strong", { dir: "auto" }, title), ...pairs.map(([name, text]) => make("span", {}, `${name}: `, make("b", {}, text))));
  tip.hidden = false;
  const { clientX: x, clientY: y } = event;
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - box.width - 4))}px`;
  tip.style.top = `${y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 18}px`;
}

// Figures

const charts = [];

function addChart(holder, chart, label) {
  const element = make("div", { class: "chart", role: "img", "aria-label": label });
  holder.append(element);
  charts.push({ element, chart, width: 0, view: null });
}

/** Draws the charts whose room has changed, or that are new. */
async function drawCharts() {
  for (const item of [...charts]) {
    const width = Math.floor(item.element.clientWidth);
    if (!width || width === item.width || !item.element.isConnected) continue;
    item.width = width;
    item.view?.finalize();
    item.element.replaceChildren();
    try {
      item.view = await draw(item.element, item.chart(width), showTip);
    } catch (error) {
      // One chart less must not take the rest of the page with it.
      console.error(error);
      item.element.replaceChildren(make("p", { class: "empty" }, "This chart could not be drawn. Its numbers are in the table."));
    }
  }
  document.documentElement.dataset.drawn = String(charts.every((item) => item.width || !item.element.clientWidth));
}

function tiles(figure) {
  return make("dl", { class: "tiles" }, ...figure.tiles.map((tile) =>
    make("div", {}, make("dt", {}, tile.label), make("dd", { "data-figure": tile.key, "data-value": tile.value ?? "" }, tile.text))));
}

function card(row) {
  const element = make("li", { class: "card" },
    make("p", { class: "kind" }, words(row.finding_kind)), make("h4", { dir: "auto" }, row.headline),
    row.detail ? make("p", { dir: "auto" }, row.detail) : null, row.caution ? make("p", { class: "aside", dir: "auto" }, row.caution) : null);
  if (row.channel) element.style.setProperty("--edge", colourOf(row.channel));
  return element;
}

function cards(figure) {
  const all = figure.cards.map(card);
  const list = make("ol", { class: "cards" }, ...all.slice(0, 6));
  if (all.length <= 6) return list;
  return make("div", {}, list, make("details", {}, make("summary", {}, `${whole.format(all.length - 6)} more findings`), make("ol", { class: "cards", start: 7 }, ...all.slice(6))));
}

function bars(figure) {
  return make("ol", { class: "bars" }, ...figure.bars.map((bar) => {
    const track = make("span", { class: "bar", "aria-hidden": "true" });
    track.style.setProperty("--size", bar.size.toFixed(4));
    return make("li", {}, make("span", { class: "name", dir: "auto", title: bar.name }, bar.name), make("span", { class: "size" }, bar.text), track);
  }));
}

function multiples(figure, holder) {
  const grid = make("div", { class: "multiples" });
  holder.append(grid);
  for (const one of figure.multiples) {
    const box = make("div", {}, make("h4", { dir: "auto", title: one.title }, one.title));
    grid.append(box);
    addChart(box, one.chart, `${one.title} by week. ${one.marks.length ? `Stands out: ${one.marks.join("; ")}.` : "No week stands out."}`);
  }
}

function legend(entries) {
  return make("p", { class: "legend", "aria-hidden": "true" }, ...entries.map(([name, style]) => make("span", { class: style }, name)));
}

/** A figure: title, what it covers, lead, picture, notes, and its table with a file. */
function figureElement(figure, state) {
  const title = sentence(figure.title);
  const scope = make("span", { class: "scope" }, figure.follows ? monthsLabel(state) : "All data");
  const element = make("div", { class: "figure", id: `figure-${figure.id}`, role: "group", "aria-label": title });
  element.append(make("div", { class: "title" }, make("h3", { dir: "auto" }, title), scope));
  if (figure.caution) element.append(make("p", { class: "caution", dir: "auto" }, `Take care: ${words(figure.caution)}.`));
  const isEmpty = !figure.rows.length && !figure.tiles;
  if (isEmpty) {
    element.append(make("p", { class: "empty" }, figure.empty ?? "There is nothing to show for this choice."));
    return element;
  }
  if (figure.tiles) element.append(tiles(figure));
  if (figure.cards) element.append(cards(figure));
  if (figure.lead) element.append(make("p", { class: "lead", dir: "auto" }, figure.lead));
  if (figure.legend) element.append(legend(figure.legend));
  if (figure.bars) element.append(bars(figure));
  if (figure.multiples) multiples(figure, element);
  if (figure.chart) addChart(element, figure.chart, `Chart: ${title}. ${figure.lead ?? ""} Its numbers are in the table below.`);
  for (const note of [figure.hint, figure.note]) if (note) element.append(make("p", { class: "note" }, note));
  const file = make("button", { type: "button", class: "file", "aria-label": `Download CSV: ${title}` }, "Download CSV");
  file.addEventListener("click", () => download(figure, state));
  if (figure.open) {
    element.append(table(figure), make("p", { class: "tools" }, file));
  } else {
    const details = make("details", { class: "data" }, make("summary", {}, `Table (${whole.format(figure.rows.length)} ${figure.rows.length === 1 ? "row" : "rows"})`));
    details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(table(figure)); });
    element.append(make("div", { class: "tools" }, details, file));
  }
  return element;
}

/** Figures that most readers skip stand folded under their title. */
function folded(figure, state) {
  const element = make("details", { class: "folded" }, make("summary", {}, sentence(figure.title)));
  element.append(figureElement(figure, state));
  element.addEventListener("toggle", drawCharts);
  return element;
}

/** Figures that the reader sees one at a time. */
function choice(figures, state, id) {
  const shown = figures.find((figure) => figure.id === picked[id]) ?? figures[0];
  const list = make("select", {}, ...figures.map((figure) => make("option", { value: figure.id, selected: figure === shown }, sentence(figure.title))));
  list.addEventListener("change", () => {
    picked[id] = list.value;
    render().then(() => document.querySelector(`#${id} .choice select`).focus());
  });
  return [make("label", { class: "choice" }, "Show ", list), figureElement(shown, state)];
}

function sentence(text) {
  return text[0].toUpperCase() + text.slice(1);
}

const picked = {};

function render() {
  const state = chosen();
  const opened = new Set([...document.querySelectorAll("details.folded[open] .figure")].map((element) => element.id));
  for (const item of charts.splice(0)) item.view?.finalize();
  for (const [id, section] of Object.entries(SECTIONS)) {
    const holder = document.querySelector(`#${id} .figures`);
    if (!holder) continue;
    const all = section(state);
    const choices = all.filter((figure) => figure.choice);
    const figures = all.filter((figure) => !figure.choice).map((figure) => (figure.folded ? folded(figure, state) : figureElement(figure, state)));
    if (choices.length) figures.push(...choice(choices, state, id));
    for (const figure of figures) if (figure.matches("details") && opened.has(figure.querySelector(".figure").id)) figure.open = true;
    holder.replaceChildren(...(figures.length ? figures : [make("p", { class: "empty" }, "There is nothing to show for this choice.")]));
  }
  document.getElementById("status").textContent = `Showing ${groupLabel(state.group)}, ${monthsLabel(state)}`;
  return drawCharts();
}

function start() {
  for (const option of controls.group.options) option.textContent = groupLabel(option.value);
  for (const list of [controls.from, controls.to]) for (const option of list.options) option.textContent = monthLabel(option.value);
  const form = document.querySelector(".filters");
  form.addEventListener("change", (event) => {
    // The other end follows, so that the months never run backwards.
    if (DATA.months.indexOf(controls.from.value) > DATA.months.indexOf(controls.to.value)) {
      const other = event.target === controls.from ? "to" : "from";
      controls[other].value = event.target.value;
    }
    render();
  });
  form.addEventListener("reset", () => setTimeout(render));
  form.addEventListener("submit", (event) => event.preventDefault());
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(drawCharts, 150);
  });
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
  addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
  render();
}

start();
