// The charts: functions from rows to a specification for Vega or Vega-Lite. Colours are variables
// of the style sheet, so that charts follow light, dark and print without being drawn again.
"use strict";

const INK = "var(--ink)";
const MUTED = "var(--muted)";
const LINE = "var(--line)";
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const CONFIG = {
  font: FONT,
  background: null,
  view: { stroke: null },
  axis: {
    labelColor: MUTED, titleColor: MUTED, gridColor: LINE, domainColor: LINE, tickColor: LINE,
    labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: 150,
    labelFont: FONT, titleFont: FONT,
  },
  legend: {
    labelColor: MUTED, titleColor: MUTED, labelFontSize: 12, orient: "top", title: null,
    labelFont: FONT, symbolSize: 90, columnPadding: 16, direction: "horizontal",
  },
  text: { fill: INK, font: FONT, fontSize: 12 },
};

/** A Vega-Lite specification of full width; `height` may be the step of a band. */
function lite(width, height, spec) {
  const own = typeof height === "number" ? { height } : { height };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width, ...own, autosize: { type: "fit-x", contains: "padding" }, config: CONFIG, ...spec,
  };
}

/** An axis of names, in the order of the rows; long names are cut, the table has them whole. */
function names(field, width, extra = {}) {
  return {
    field, type: "nominal", sort: null, title: null,
    axis: { labelLimit: nameRoom(width), labelColor: INK, ticks: false,
      domain: false, labelPadding: 8, ...extra },
  };
}

const TICKS = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000, 300000, 1000000, 10000000];

/** Assists against closes on axes that are logarithmic but have a zero; area is value. */
function roleMap(rows, width) {
  const most = Math.max(1, ...rows.map((row) => Math.max(row.assisted_conversions, row.last_conversions)));
  const top = most * 1.6;
  const inset = width > 500 ? 36 : 24;
  const ticks = TICKS.filter((tick) => tick <= top && (width > 500 || !/^3/.test(String(tick))));
  const axis = (title) => ({
    values: ticks, format: ",d", title, labelColor: MUTED, titleColor: MUTED, gridColor: LINE, grid: true,
    domainColor: LINE, tickColor: LINE, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal",
    labelFont: FONT, titleFont: FONT, labelOverlap: true,
  });
  return {
    $schema: "https://vega.github.io/schema/vega/v6.json",
    width, height: Math.round(Math.min(520, Math.max(340, width * 0.62))),
    autosize: { type: "fit", contains: "padding" },
    data: [{ name: "channels", values: [...rows].sort((a, b) => b.assisted_value - a.assisted_value) }],
    scales: [
      // Bubbles at 0 keep clear of the axes.
      { name: "x", type: "symlog", constant: 1, domain: [0, top], range: [inset, { signal: "width" }] },
      { name: "y", type: "symlog", constant: 1, domain: [0, top], range: [{ signal: `height - ${inset}` }, 0] },
      {
        name: "size", type: "sqrt", zero: true, range: [30, width > 500 ? 2600 : 1200],
        domain: [0, Math.max(1, ...rows.map((row) => row.assisted_value))], clamp: true,
      },
    ],
    axes: [
      { orient: "bottom", scale: "x", ...axis("Closed conversions →") },
      { orient: "left", scale: "y", ...axis("Assisted conversions →") },
    ],
    marks: [
      {
        type: "rule",
        encode: { enter: {
          x: { value: inset }, y: { signal: `height - ${inset}` }, x2: { signal: "width" }, y2: { value: 0 },
          stroke: { value: MUTED }, strokeDash: { value: [4, 4] },
        } },
      },
      ...[
        { text: "assists more", x: { value: 12 }, y: { value: 16 }, align: "left" },
        { text: "closes more", x: { signal: "width - 12" }, y: { signal: "height - 12" }, align: "right" },
      ].map(({ text, x, y, align }) => ({
        type: "text", name: `hint-${align}`,
        encode: { enter: {
          text: { value: text }, x, y, align: { value: align }, fill: { value: MUTED },
          font: { value: FONT }, fontSize: { value: 13 }, fontStyle: { value: "italic" },
        } },
      })),
      {
        type: "symbol", name: "bubbles", from: { data: "channels" },
        encode: { update: {
          x: { scale: "x", field: "last_conversions" }, y: { scale: "y", field: "assisted_conversions" },
          size: { scale: "size", field: "assisted_value" }, fill: { field: "color" },
          fillOpacity: { value: 0.72 }, stroke: { value: "var(--card)" }, strokeWidth: { value: 1.5 },
          tooltip: { field: "tooltip" },
        } },
      },
      {
        type: "text", from: { data: "bubbles" },
        encode: { enter: {
          text: { field: "datum.channel" }, fill: { value: INK }, font: { value: FONT },
          fontSize: { value: 12.5 }, limit: { value: 150 },
        } },
        transform: [{
          type: "label", size: { signal: "[width, height]" }, avoidBaseMark: true, avoidMarks: ["hint-left", "hint-right"],
          anchor: ["right", "top", "bottom", "left", "top-right", "bottom-right", "top-left", "bottom-left"],
          offset: [3, 2, 8],
        }],
      },
    ],
  };
}

/** Assists for each close with intervals; at the ends, channels that never close or never assist. */
function ratioDots(rows, width) {
  const known = rows.flatMap((row) => [row.ratio, row.low, row.high]).filter((value) => value > 0);
  const low = Math.min(0.5, ...known) / 1.3;
  const high = Math.max(2, ...known) * 1.6;
  const drawn = rows.map((row) => ({
    ...row,
    never: row.ratio === null ? "never closes" : null,
    closer: row.ratio === 0 ? "never assists" : null,
    from: row.low > 0 ? row.low : row.low === 0 ? low : null,
    to: row.low === null || row.low === undefined ? null : Math.max(row.high ?? high, low),
    shown: row.ratio > 0 ? row.ratio : row.ratio === 0 ? low : null,
    edge: high,
  }));
  const x = (field) => ({
    field, type: "quantitative", title: "Assists for each close (logarithmic)",
    scale: { type: "log", domain: [low, high], nice: false },
    axis: { values: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000], format: "~g", grid: true },
  });
  return lite(width, { step: 28 }, {
    data: { values: drawn },
    encoding: { y: names("channel", width) },
    layer: [
      { data: { values: [{ one: 1 }] }, mark: { type: "rule", strokeDash: [4, 4] },
        encoding: { x: { ...x("one") }, y: null, color: { value: MUTED } } },
      { transform: [{ filter: "datum.to != null" }],
        mark: { type: "rule", strokeWidth: 5, opacity: 0.35, strokeCap: "round" },
        encoding: { x: x("from"), x2: { field: "to" }, color: { field: "color", type: "nominal", scale: null }, tooltip: { field: "tooltip" } } },
      { transform: [{ filter: "datum.shown != null" }], mark: { type: "point", filled: true, size: 110, opacity: 1 },
        encoding: { x: x("shown"), color: { field: "color", type: "nominal", scale: null }, tooltip: { field: "tooltip" } } },
      { transform: [{ filter: "datum.never != null" }], mark: { type: "text", align: "right", fontStyle: "italic" },
        encoding: { x: x("edge"), text: { field: "never" }, color: { value: MUTED } } },
      { transform: [{ filter: "datum.closer != null" }], mark: { type: "text", align: "left", dx: 10, fontStyle: "italic" },
        encoding: { x: x("shown"), text: { field: "closer" }, color: { value: MUTED } } },
    ],
  });
}

// Colours belong to channels: series are told apart by shape and by being filled or hollow.
const MARKS = {
  shapes: ["circle", "circle", "diamond", "square", "triangle-up"],
  fills: ["var(--card)", INK, MUTED, "var(--card)", "var(--accent)"],
  strokes: [INK, INK, MUTED, INK, "var(--accent)"],
};
const ROLE_FILLS = ["var(--strong)", "var(--pale)"];

/** One line per channel, with a mark per series: `rows` have channel, series, share, tooltip. */
function seriesDots(rows, series, width, title, axis = { format: ".0%", tickCount: width < 500 ? 4 : 8 }) {
  const of = (range) => ({
    field: "series", type: "nominal", scale: { domain: series, range: range.slice(0, series.length) },
    legend: { columns: width < 500 ? 2 : 0 },
  });
  return lite(width, { step: 30 }, {
    data: { values: rows },
    encoding: { y: names("channel", width) },
    layer: [
      { mark: { type: "rule", strokeWidth: 2, opacity: 0.55 },
        encoding: {
          x: { aggregate: "min", field: "share", type: "quantitative", title, axis: { grid: true, ...axis } },
          x2: { aggregate: "max", field: "share" }, color: { value: MUTED },
        } },
      { transform: [{ filter: { field: "series", oneOf: series } }],
        mark: { type: "point", size: 85, strokeWidth: 1.8, opacity: 1 },
        encoding: {
          x: { field: "share", type: "quantitative", title }, shape: of(MARKS.shapes), fill: of(MARKS.fills),
          stroke: of(MARKS.strokes), tooltip: { field: "tooltip" },
        } },
    ],
  });
}

/** Bands from openers on the left to closers on the right. */
function flowBands(rows, width, colourOf, formatted) {
  const gap = 10;
  const side = Math.max(72, Math.min(150, width * 0.26));
  const total = rows.reduce((sum, row) => sum + row.conversions, 0);
  const nodes = (field) => {
    const sums = new Map();
    for (const row of rows) sums.set(row[field], (sums.get(row[field]) ?? 0) + row.conversions);
    return [...sums].sort((a, b) => b[1] - a[1]).map(([name, count]) => ({ name, count }));
  };
  const left = nodes("first_channel");
  const right = nodes("last_channel");
  const most = Math.max(left.length, right.length);
  const height = Math.max(260, Math.min(620, most * 34 + 40));
  const scale = (height - gap * (most - 1)) / total;
  const place = (list) => {
    const used = list.reduce((sum, node) => sum + Math.max(2, node.count * scale), 0) + gap * (list.length - 1);
    let y = Math.max(0, (height - used) / 2);
    for (const node of list) {
      node.y = y;
      node.size = Math.max(2, node.count * scale);
      node.next = y;
      y += node.size + gap;
    }
    return new Map(list.map((node) => [node.name, node]));
  };
  const lefts = place(left);
  const rights = place(right);
  const bottom = Math.max(...[...left, ...right].map((node) => node.y + node.size));
  const bar = 8;
  const x0 = side + bar;
  const x1 = width - side - bar;
  const order = (list) => new Map(list.map((node, i) => [node.name, i]));
  const [lo, ro] = [order(left), order(right)];
  const bands = [...rows]
    .sort((a, b) => lo.get(a.first_channel) - lo.get(b.first_channel) || ro.get(a.last_channel) - ro.get(b.last_channel))
    .map((row) => {
      const from = lefts.get(row.first_channel);
      const to = rights.get(row.last_channel);
      const size = Math.max(0.75, row.conversions * scale);
      const [a, b] = [from.next, to.next];
      from.next += row.conversions * scale;
      to.next += row.conversions * scale;
      const mid = (x0 + x1) / 2;
      return {
        path: `M${x0},${a}C${mid},${a} ${mid},${b} ${x1},${b}L${x1},${b + size}C${mid},${b + size} ${mid},${a + size} ${x0},${a + size}Z`,
        color: colourOf(row.first_channel), tooltip: row.tooltip,
      };
    });
  const bars = [
    ...left.map((node) => ({ ...node, x: side, text: side - 8, align: "right" })),
    ...right.map((node) => ({ ...node, x: x1, text: x1 + bar + 8, align: "left" })),
  ].map((node) => ({ ...node, color: colourOf(node.name), count: formatted(node.count) }));
  return {
    $schema: "https://vega.github.io/schema/vega/v6.json",
    width, height: Math.ceil(bottom) + 22, padding: 0,
    data: [{ name: "bands", values: bands }, { name: "bars", values: bars }],
    marks: [
      ...[["started by", side + bar, "right"], ["closed by", x1, "left"]].map(([text, x, align]) => ({
        type: "text",
        encode: { enter: { text: { value: text }, x: { value: x }, y: { value: 10 }, align: { value: align },
          fill: { value: MUTED }, font: { value: FONT }, fontSize: { value: 12 }, fontStyle: { value: "italic" } } },
      })),
      {
        type: "group", encode: { enter: { y: { value: 20 } } },
        marks: [
          { type: "path", from: { data: "bands" }, encode: {
            update: { path: { field: "path" }, fill: { field: "color" }, fillOpacity: { value: 0.38 }, tooltip: { field: "tooltip" } },
            hover: { fillOpacity: { value: 0.75 } },
          } },
          { type: "rect", from: { data: "bars" }, encode: { enter: {
            x: { field: "x" }, width: { value: bar }, y: { field: "y" }, height: { field: "size" }, fill: { field: "color" },
          } } },
          { type: "text", from: { data: "bars" }, encode: { enter: {
            x: { field: "text" }, y: { signal: "datum.y + datum.size / 2" }, align: { field: "align" }, baseline: { value: "middle" },
            text: { signal: width > 560 ? "datum.name + '  ' + datum.count" : "datum.name" },
            limit: { value: side - 10 }, fill: { value: INK }, font: { value: FONT }, fontSize: { value: 12 },
          } } },
        ],
      },
    ],
  };
}

/** Bars over buckets, with the share above each. */
function bucketBars(rows, width, title) {
  return lite(width, 220, {
    data: { values: rows },
    encoding: {
      x: { field: "bucket", type: "ordinal", sort: null, title, axis: { labelAngle: 0, labelOverlap: true, ticks: false } },
      y: { field: "conversions", type: "quantitative", title: null, axis: { format: ",d", tickCount: 4 } },
      tooltip: { field: "tooltip" },
    },
    layer: [
      { mark: { type: "bar", fill: "var(--accent)", cornerRadiusEnd: 3 } },
      ...(width > 460 ? [{ mark: { type: "text", dy: -7, fontSize: 11 }, encoding: { text: { field: "label" }, color: { value: MUTED } } }] : []),
    ],
  });
}

/** One channel's weeks: assists as a line, closes as a dashed one, marks on odd weeks. */
function weekLines(rows, width, colour) {
  const x = { field: "week", type: "temporal", title: null, axis: { tickCount: 4, grid: false, format: "%b %y", labelOverlap: true } };
  const long = rows.flatMap((row) => [
    { week: row.week, role: "assisted", count: row.assisted_conversions, judged: row.is_judged },
    { week: row.week, role: "closed", count: row.last_conversions, judged: row.is_judged },
  ]);
  const marks = rows.filter((row) => row.mark).map((row) => ({ ...row, count: Math.max(row.assisted_conversions, row.last_conversions) }));
  const unjudged = rows.filter((row) => !row.is_judged);
  return lite(width, 110, {
    encoding: { x },
    layer: [
      ...(!unjudged.length ? [] : [{ data: { values: unjudged }, mark: { type: "rect", fill: LINE, opacity: 0.45 },
        encoding: { x, x2: { field: "next" } } }]),
      { data: { values: long }, mark: { type: "line", strokeWidth: 1.8 },
        encoding: {
          y: { field: "count", type: "quantitative", title: null, axis: { tickCount: 3, format: ",~s" } },
          color: { value: colour }, detail: { field: "role" },
          strokeDash: { field: "role", type: "nominal", scale: { domain: ["assisted", "closed"], range: [[1, 0], [4, 3]] }, legend: null },
        } },
      ...(!marks.length ? [] : [{ data: { values: marks }, mark: { type: "point", shape: "triangle-down", filled: true, size: 110, opacity: 1, fill: INK, stroke: "var(--card)", strokeWidth: 1 },
        encoding: { y: { field: "count", type: "quantitative" }, tooltip: { field: "tooltip" } } }]),
    ],
  });
}

/** Ranks by window: lines that cross are ranks that depend on it. */
function rankLines(rows, width, windows) {
  const last = windows[windows.length - 1];
  const ends = rows.filter((row) => row.lookback_days === last);
  const room = Math.max(80, Math.min(150, width * 0.28));
  const most = Math.max(1, ...rows.map((row) => row.rank));
  const y = { field: "rank", type: "quantitative", title: "Rank by assists",
    scale: { reverse: true, domain: [0.5, most + 0.5], nice: false, zero: false }, axis: { values: [...Array(most).keys()].map((i) => i + 1), grid: false } };
  return {
    ...lite(width, Math.max(220, most * 30), {
      data: { values: rows },
      encoding: {
        x: { field: "lookback_days", type: "ordinal", sort: windows, title: "Window in days", axis: { labelAngle: 0, grid: true, domain: false }, scale: { padding: 0.2 } },
        y, color: { field: "color", type: "nominal", scale: null },
      },
      layer: [
        { mark: { type: "line", strokeWidth: 2.5, opacity: 0.85 }, encoding: { detail: { field: "channel" } } },
        { mark: { type: "point", filled: true, size: 90, opacity: 1 }, encoding: { tooltip: { field: "tooltip" } } },
        { data: { values: ends }, mark: { type: "text", align: "left", dx: 12, limit: room - 16 }, encoding: { text: { field: "channel" }, color: { value: INK } } },
      ],
    }),
    padding: { right: room, left: 5, top: 5, bottom: 5 },
  };
}

/** A figure with its interval and the bound that holds whatever the model. */
function riskBars(rows, width) {
  const x = (field) => ({ field, type: "quantitative", title: "Conversions", axis: { format: ",d", grid: true, tickCount: width < 500 ? 4 : 8 } });
  return lite(width, { step: 30 }, {
    data: { values: rows },
    encoding: { y: names("channel", width), tooltip: { field: "tooltip" } },
    layer: [
      { mark: { type: "bar", height: 12, fillOpacity: 0.35, cornerRadiusEnd: 2 }, encoding: { x: x("at_risk"), color: { field: "color", type: "nominal", scale: null } } },
      { mark: { type: "rule", strokeWidth: 3 }, encoding: { x: x("low"), x2: { field: "high" }, color: { field: "color", type: "nominal", scale: null } } },
      { mark: { type: "point", filled: true, size: 70, opacity: 1 }, encoding: { x: x("at_risk"), color: { field: "color", type: "nominal", scale: null } } },
      { mark: { type: "tick", thickness: 2, height: 18 }, encoding: { x: x("bound"), color: { value: INK } } },
    ],
  });
}

/** Two costs per channel on a logarithmic axis. */
function costDots(rows, width, currency) {
  const values = rows.map((row) => row.share);
  const domain = [Math.min(...values) / 1.25, Math.max(...values) * 1.25];
  const ticks = [0.01, ...TICKS.slice(1)].flatMap((tick) => (tick < 1 ? [0.01, 0.03, 0.1, 0.3] : [tick]))
    .filter((tick) => tick >= domain[0] && tick <= domain[1]);
  const spec = seriesDots(rows, ["per assisted conversion", "per closed conversion"], width, `Cost in ${currency} (logarithmic)`,
    { format: ",.2~f", ...(ticks.length > 1 ? { values: ticks } : { tickCount: 4 }) });
  for (const layer of spec.layer) layer.encoding.x.scale = { type: "log", domain, nice: false };
  return spec;
}

/** Room for names beside a chart, in pixels. */
function nameRoom(width) {
  return Math.max(100, Math.min(180, width * 0.28));
}

/** Addresses differ at their ends, so their beginnings are cut. */
function ends(width) {
  const most = Math.floor(nameRoom(width) / 7.5);
  return { labelExpr: `length(datum.label) > ${most} ? '…' + slice(datum.label, -${most}) : datum.label` };
}

/** Assisted and closed conversions side by side. */
function pairedBars(rows, width, extra = {}) {
  const long = rows.flatMap((row) => [
    { name: row.name, role: "assisted", count: row.assisted_conversions, tooltip: row.tooltip },
    { name: row.name, role: "closed", count: row.last_conversions, tooltip: row.tooltip },
  ]);
  return lite(width, { step: 15, for: "offset" }, {
    data: { values: long },
    mark: { type: "bar", cornerRadiusEnd: 2, stroke: "var(--strong)", strokeWidth: 0.75 },
    encoding: {
      y: { ...names("name", width, extra), scale: { paddingInner: 0.35 } },
      yOffset: { field: "role", sort: ["assisted", "closed"] },
      x: { field: "count", type: "quantitative", title: "Conversions", axis: { format: ",d", tickCount: width < 500 ? 4 : 8 } },
      color: { field: "role", type: "nominal", scale: { domain: ["assisted", "closed"], range: ROLE_FILLS } },
      tooltip: { field: "tooltip" },
    },
  });
}

/** Draws into an element; the picture is one image to screen readers, its table says the rest. */
async function draw(element, spec, tooltip) {
  const result = await window.vegaEmbed(element, spec, { renderer: "svg", actions: false, defaultStyle: false, logLevel: 1, tooltip });
  element.querySelector("svg").setAttribute("aria-hidden", "true");
  return result;
}
