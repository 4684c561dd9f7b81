// What each section shows for the chosen conversions and months: figures of a title, rows, columns,
// and a chart. Each measure is added up here only over what it adds up over.
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const EARLIER = "earlier";
const FEW = 30;
const SHOWN_CHANNELS = 15;

/** The rows of a table as objects; text stands in the page once for each value. */
function rowsOf(name) {
  const table = DATA.tables[name];
  if (!table) return [];
  const columns = Object.entries(table).map(([column, cells]) => [
    column, Array.isArray(cells) ? cells : cells.places.map((place) => cells.values[place]),
  ]);
  const length = columns.length ? columns[0][1].length : 0;
  return Array.from({ length }, (_, i) => Object.fromEntries(columns.map(([column, cells]) => [column, cells[i]])));
}

const TABLES = Object.fromEntries(Object.keys(DATA.tables).map((name) => [name, rowsOf(name)]));

// Words and numbers

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const two = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
const decimal = { format: (value) => (Math.abs(value) < 1 ? two : Math.abs(value) < 1000 ? three : whole).format(value) };
const share = new Intl.NumberFormat("en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const money = moneyFormat(0);
const cents = moneyFormat(2);

/** Amounts with the sign of the currency; with its name, where browsers know none. */
function moneyFormat(digits) {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency: DATA.currency, maximumFractionDigits: digits, minimumFractionDigits: digits });
  } catch {
    const plain = new Intl.NumberFormat("en", { maximumFractionDigits: digits });
    return { format: (value) => `${plain.format(value)} ${DATA.currency}` };
  }
}

const FORMATS = {
  count: (value) => whole.format(value),
  number: (value) => decimal.format(value),
  share: (value) => share.format(value),
  money: (value) => (Math.abs(value) < 1000 ? cents : money).format(value),
};

function words(name) {
  return name.replaceAll("_", " ");
}

function groupLabel(group) {
  if (group === "(all macro)") return "All macro conversions";
  if (group === "(all micro)") return "All micro conversions";
  return words(group);
}

function monthLabel(month) {
  if (month === EARLIER) return "Earlier";
  const [year, number] = month.split("-").map(Number);
  return new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, number - 1, 1));
}

function monthsLabel(state) {
  if (state.isAll) return "All data";
  return state.from === state.to ? monthLabel(state.from) : `${monthLabel(state.from)} to ${monthLabel(state.to)}`;
}

// Channels keep their colour in all charts; those beyond the eighth are grey, and named everywhere.
function colourOf(channel) {
  const place = DATA.channels.indexOf(channel);
  return place >= 0 && place < 8 ? `var(--c${place + 1})` : "var(--c0)";
}

// Sums

function divide(a, b) {
  return b ? a / b : null;
}

function inGroup(state, rows) {
  return rows.filter((row) => row.conversion_group === state.group);
}

function inTypesAndMonths(state, rows) {
  return rows.filter((row) => state.types.has(row.conversion_type) && state.months.has(row.month));
}

/** Sums of measures by the values of some columns. */
function sumBy(rows, keys, measures) {
  const sums = new Map();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((column) => row[column]));
    let sum = sums.get(key);
    if (!sum) {
      sum = Object.fromEntries([...keys.map((column) => [column, row[column]]), ...measures.map((measure) => [measure, 0])]);
      sums.set(key, sum);
    }
    for (const measure of measures) sum[measure] += row[measure] ?? 0;
  }
  return [...sums.values()];
}

const ROLES = [
  "conversions", "assisted_conversions", "last_conversions", "first_conversions", "sole_conversions",
  "introduced_conversions", "nurtured_conversions", "assisted_value", "last_value", "first_value",
];

/** Channels with the measures that add up over the chosen months and types, the busiest first. */
function channelSums(state, measures = ROLES) {
  return sumBy(inTypesAndMonths(state, TABLES.channels_by_month), ["channel"], measures);
}

function busiest(rows, measure = "conversions") {
  return rows.sort((a, b) => b[measure] - a[measure] || (a.channel < b.channel ? -1 : 1));
}

function realChannels(rows) {
  return rows.filter((row) => !["(unattributed)", "(total)", "(baseline)"].includes(row.channel));
}

/** The rows that a chart shows, and a note on those that only the table has. */
function firstOf(rows, what = "channels", limit = SHOWN_CHANNELS) {
  const left = rows.length - limit;
  return { shown: rows.slice(0, limit), note: left > 0 ? `The chart shows ${limit} ${what}; ${whole.format(left)} more ${left === 1 ? "is" : "are"} in the table.` : null };
}

function tooltip(title, pairs) {
  return JSON.stringify([title, ...pairs]);
}

const column = (key, label, kind = "text") => ({ key, label, kind });
const RATIO_COLUMNS = [
  column("assist_to_last_ratio", "Assists for each close", "number"), column("ratio_low", "Interval from", "number"),
  column("ratio_high", "to", "number"),
];
const caution = (count) => (count < FEW ? "too few" : "ok");

function overview(state) {
  const totals = inTypesAndMonths(state, TABLES.totals_by_month);
  const [sum] = sumBy(totals.map((row) => ({ ...row, all: "" })), ["all"],
    ["conversions", "last_conversions", "assisted_conversions", "touches", "conversion_value"]);
  if (!sum) return [];
  const cost = TABLES.costs_by_month?.filter((row) => state.months.has(row.month)).reduce((all, row) => all + row.cost, 0);
  const tiles = [
    { key: "conversions", label: "Conversions", value: sum.conversions, text: whole.format(sum.conversions) },
    { key: "conversion_value", label: "Their value", value: sum.conversion_value, text: money.format(sum.conversion_value) },
    { key: "assisted_share", label: "Had an assist", value: divide(sum.assisted_conversions, sum.conversions),
      text: share.format(divide(sum.assisted_conversions, sum.conversions) ?? 0) },
    { key: "touches", label: "Touches per path", value: divide(sum.touches, sum.last_conversions),
      text: sum.last_conversions ? decimal.format(sum.touches / sum.last_conversions) : "–" },
    { key: "unattributed", label: "Without any touch", value: sum.conversions - sum.last_conversions,
      text: whole.format(sum.conversions - sum.last_conversions) },
    ...(cost ? [{ key: "cost", label: "Ad spend", value: cost, text: money.format(cost) }] : []),
  ];
  const flag = inGroup(state, TABLES.ratios ?? []).find((row) => row.data_flag !== "ok")?.data_flag;
  const byMonth = sumBy(totals, ["month"], ["conversions", "assisted_conversions", "conversion_value"])
    .map((row) => ({ ...row, month_name: monthLabel(row.month), assisted_share: divide(row.assisted_conversions, row.conversions) }));
  return [{
    id: "overview", title: "Totals", follows: true, tiles, caution: flag,
    columns: [column("month_name", "Month"), column("conversions", "Conversions", "count"),
      column("assisted_conversions", "With an assist", "count"), column("assisted_share", "Share with an assist", "share"),
      column("conversion_value", "Value", "money")],
    rows: byMonth,
  }];
}

function findings(state) {
  const rows = inGroup(state, TABLES.findings);
  return [{
    id: "findings", title: rows.length === 1 ? "One finding" : `${whole.format(rows.length)} findings`, follows: false, cards: rows,
    caution: rows.find((row) => row.data_flag !== "ok")?.data_flag, empty: "Nothing stands out for these conversions.",
    columns: [column("finding_rank", "Rank", "count"), column("finding_kind", "Kind"), column("channel", "Channel"),
      column("headline", "Finding"), column("detail", "Detail"), column("figure_name", "Figure"), column("figure", "Value", "number"),
      column("figure_low", "From", "number"), column("figure_high", "To", "number"), column("caution", "Caution"), column("data_flag", "Data")],
    rows,
  }];
}

function roles(state) {
  const rows = busiest(realChannels(channelSums(state))).map((row) => ({
    ...row,
    assist_to_last_ratio: divide(row.assisted_conversions, row.last_conversions),
    introduce_share: divide(row.introduced_conversions, row.conversions),
    nurture_share: divide(row.nurtured_conversions, row.conversions),
    close_share: divide(row.last_conversions, row.conversions),
    data: caution(row.conversions),
    color: colourOf(row.channel),
  }));
  for (const row of rows) {
    row.tooltip = tooltip(row.channel, [["Assisted", whole.format(row.assisted_conversions)], ["Closed", whole.format(row.last_conversions)],
      ["Assisted value", money.format(row.assisted_value)]]);
  }
  const assisters = rows.filter((row) => row.assisted_conversions > row.last_conversions);
  const shares = [["introduces", "introduce_share"], ["nurtures", "nurture_share"], ["closes", "close_share"]];
  const { shown, note } = firstOf(rows);
  const dots = shown.filter((row) => row.conversions).flatMap((row) => shares.map(([series, key]) => ({
    channel: row.channel, series, share: row[key], tooltip: tooltip(row.channel, [[series, share.format(row[key])], ["of conversions", whole.format(row.conversions)]]),
  })));
  return [
    {
      id: "roles", title: "Map of roles", follows: true, rows,
      lead: rows.length ? `${whole.format(assisters.length)} of ${whole.format(rows.length)} channels assist more often than they close. The area of a bubble is the value of the conversions that the channel assisted.` : null,
      chart: (width) => roleMap(rows, width),
      columns: [column("channel", "Channel"), column("conversions", "Takes part in", "count"), column("assisted_conversions", "Assisted", "count"),
        column("last_conversions", "Closed", "count"), column("first_conversions", "Started", "count"), column("sole_conversions", "Alone", "count"),
        column("assist_to_last_ratio", "Assists for each close", "number"), column("assisted_value", "Assisted value", "money"),
        column("last_value", "Closed value", "money"), column("data", "Data")],
    },
    {
      id: "role-shares", title: "Introduces, nurtures or closes", follows: true, rows, note,
      lead: "Shares of the conversions that the channel takes part in. One channel can both start and close a conversion, so they may add up to more than 100 %.",
      chart: (width) => seriesDots(dots, shares.map(([series]) => series), width, "Share of its conversions"),
      columns: [column("channel", "Channel"), column("conversions", "Takes part in", "count"), column("introduce_share", "Introduces", "share"),
        column("nurture_share", "Nurtures", "share"), column("close_share", "Closes", "share"), column("data", "Data")],
    },
  ];
}

/** Intervals are known for all data and for single months: they can't be added up. */
function ratios(state) {
  let known = [];
  if (state.isAll) known = inGroup(state, TABLES.ratios);
  else if (state.from === state.to) known = inGroup(state, TABLES.ratios_by_month).filter((row) => row.month === state.from);
  const intervals = new Map(known.map((row) => [row.channel, row]));
  const rows = realChannels(channelSums(state)).filter((row) => row.assisted_conversions + row.last_conversions > 0).map((row) => ({
    channel: row.channel, conversions: row.conversions, assisted_conversions: row.assisted_conversions, last_conversions: row.last_conversions,
    assist_to_last_ratio: divide(row.assisted_conversions, row.last_conversions),
    assist_share: divide(row.assisted_conversions, row.assisted_conversions + row.last_conversions),
    ratio_low: intervals.get(row.channel)?.ratio_low ?? null, ratio_high: intervals.get(row.channel)?.ratio_high ?? null,
    data: caution(row.conversions), color: colourOf(row.channel),
  })).sort((a, b) => b.assist_share - a.assist_share || b.assisted_conversions - a.assisted_conversions);
  const chosen = new Set(firstOf(busiest([...rows])).shown.map((row) => row.channel));
  const drawn = rows.filter((row) => chosen.has(row.channel)).map((row) => ({
    channel: row.channel, color: row.color, ratio: row.assist_to_last_ratio, low: row.ratio_low, high: row.ratio_high,
    tooltip: tooltip(row.channel, [["Assists for each close", row.assist_to_last_ratio === null ? "never closes" : decimal.format(row.assist_to_last_ratio)],
      ...(row.ratio_low === null ? [] : [["95 % interval", `${decimal.format(row.ratio_low)} to ${row.ratio_high === null ? "any" : decimal.format(row.ratio_high)}`]]),
      ["Data", row.data]]),
  }));
  const strongest = rows.find((row) => row.last_conversions >= FEW && row.assist_to_last_ratio);
  return [{
    id: "ratios", title: "Assists for each close", follows: true, rows, note: firstOf(rows).note,
    lead: strongest ? `${strongest.channel} assists ${decimal.format(strongest.assist_to_last_ratio)} conversions for each that it closes.` : null,
    hint: known.length ? null : "Intervals are known for all data and for single months. Choose one of these to see them.",
    chart: (width) => ratioDots(drawn, width),
    columns: [column("channel", "Channel"), column("assisted_conversions", "Assisted", "count"), column("last_conversions", "Closed", "count"),
      ...RATIO_COLUMNS, column("assist_share", "Share of assists", "share"), column("data", "Data")],
  }];
}

const MODEL_MARKS = ["first_touch", "last_touch", "linear", "position_based"];
const SEGMENTS = ["new_or_returning", "first_or_repeat", "device_type", "country"];

function models(state) {
  const rule = channelSums(state, DATA.rule_models.map((model) => `credit_${model}`));
  const all = Object.fromEntries(DATA.rule_models.map((model) => [model, rule.reduce((sum, row) => sum + row[`credit_${model}`], 0)]));
  const unattributed = rule.find((row) => row.channel === "(unattributed)");
  const reported = inGroup(state, TABLES.models);
  const flags = new Map(reported.map((row) => [JSON.stringify([row.channel, row.attribution_model]), row]));
  const dataDriven = state.isAll ? [...new Set(reported.map((row) => row.attribution_model))].filter((model) => !DATA.rule_models.includes(model)) : [];
  const names = [...DATA.rule_models, ...dataDriven];
  const cells = new Map();
  for (const row of realChannels(rule)) {
    for (const model of DATA.rule_models) {
      // Shares are of the conversions with a path, as in the report of models.
      const total = all[model] - (unattributed?.[`credit_${model}`] ?? 0);
      cells.set(JSON.stringify([row.channel, model]), { credit: row[`credit_${model}`], share: divide(row[`credit_${model}`], total) });
    }
  }
  for (const row of realChannels(reported)) {
    if (dataDriven.includes(row.attribution_model)) cells.set(JSON.stringify([row.channel, row.attribution_model]), { credit: row.credit, share: row.credit_share });
  }
  const channels = [...new Set([...realChannels(rule), ...(state.isAll ? realChannels(reported) : [])].map((row) => row.channel))];
  const cell = (channel, model) => cells.get(JSON.stringify([channel, model]));
  const order = channels.map((channel) => ({ channel, most: cell(channel, "linear")?.credit ?? 0 })).sort((a, b) => b.most - a.most || (a.channel < b.channel ? -1 : 1)).map((row) => row.channel);
  const marks = [...MODEL_MARKS, ...dataDriven.filter((model) => model === "markov_touch")];
  const { shown, note } = firstOf(order);
  const dots = shown.flatMap((channel) => names.filter((model) => cell(channel, model)?.share != null).map((model) => ({
    channel, series: words(model), share: cell(channel, model).share,
    tooltip: tooltip(channel, [[words(model), share.format(cell(channel, model).share)], ["Credited conversions", decimal.format(cell(channel, model).credit)]]),
  })));
  const flagOf = (channel, model) => (state.isAll ? flags.get(JSON.stringify([channel, model]))?.data_flag : null);
  const wide = order.map((channel) => Object.fromEntries([["channel", channel], ...names.map((model) => [model, cell(channel, model)?.share ?? null])]));
  const missing = DATA.tables.models && state.isAll && !dataDriven.length ? "Data-driven models are left out: this build or this group has none." : null;
  const long = order.flatMap((channel) => names.map((model) => {
    const row = state.isAll ? flags.get(JSON.stringify([channel, model])) : null;
    return { channel, model: words(model), credit: cell(channel, model)?.credit ?? null, share: cell(channel, model)?.share ?? null,
      low: row?.share_low ?? null, high: row?.share_high ?? null, data: row?.data_flag ?? "no interval" };
  }));
  return [
    {
      id: "models", title: "Share of credit, from model to model", follows: true, rows: channels.length ? long : [], note,
      lead: "Marks are five well-known models; the line reaches from the smallest to the largest of all of them.".replace("five", whole.format(marks.length)),
      hint: state.isAll ? missing : "Data-driven models and intervals are known for all data only.",
      chart: (width) => seriesDots(dots, marks.map(words), width, "Share of credit"),
      columns: [column("channel", "Channel"), column("model", "Model"), column("credit", "Credited conversions", "number"),
        column("share", "Share", "share"), column("low", "Interval from", "share"), column("high", "to", "share"), column("data", "Data")],
    },
    {
      id: "model-table", title: "All models side by side", follows: true, rows: wide, open: true, heat: true,
      lead: "Share of credit. ● marks shares that rest on too few conversions, ○ on few.",
      columns: [column("channel", "Channel"), ...names.map((model) => ({
        key: model, label: words(model), kind: "share",
        mark: (row) => ({ too_few: "●", low: "○" })[flagOf(row.channel, model)],
        markText: (row) => ({ too_few: "too few", low: "few" })[flagOf(row.channel, model)],
      }))],
    },
    ...(TABLES.orders?.length && inGroup(state, TABLES.orders).length ? [{
      id: "orders", title: "How many steps back the Markov model looks", follows: false, rows: inGroup(state, TABLES.orders), open: true,
      lead: "The lower the criterion (BIC), the better the order describes these journeys.",
      columns: [column("markov_order", "Order", "count"), column("parameters", "Parameters", "count"), column("bic", "BIC", "count"),
        column("is_best", "Fits best", "flag"), column("is_used", "Used here", "flag")],
    }] : []),
  ];
}

function flow(state) {
  const rows = sumBy(inTypesAndMonths(state, TABLES.flows), ["first_channel", "last_channel"], ["conversions", "conversion_value"])
    .sort((a, b) => b.conversions - a.conversions);
  for (const row of rows) row.tooltip = tooltip(`${row.first_channel} → ${row.last_channel}`, [["Conversions", whole.format(row.conversions)], ["Value", money.format(row.conversion_value)]]);
  const paths = inGroup(state, TABLES.paths);
  const most = Math.max(0, ...paths.map((row) => row.conversions));
  const left = paths.length ? paths[0].paths_in_all - paths.length : 0;
  const pairs = inGroup(state, TABLES.pairs);
  return [
    {
      id: "flow", title: "From the first touch to the last", follows: true, rows,
      lead: rows.length ? `Most often ${rows[0].first_channel} starts and ${rows[0].last_channel} closes: ${whole.format(rows[0].conversions)} conversions.` : null,
      chart: (width) => flowBands(rows, width, colourOf, whole.format),
      columns: [column("first_channel", "Started by"), column("last_channel", "Closed by"), column("conversions", "Conversions", "count"), column("conversion_value", "Value", "money")],
    },
    {
      id: "paths", title: "Most common paths", follows: false, rows: paths,
      bars: paths.slice(0, 12).map((row) => ({ name: row.path_collapsed, size: most ? row.conversions / most : 0, text: `${whole.format(row.conversions)} (${share.format(row.share_of_conversions)})` })),
      note: left > 0 ? `The table has the ${whole.format(paths.length)} most common paths; ${whole.format(left)} rarer ones are left out of this page and are in rpt_top_paths.` : null,
      columns: [column("path_rank", "Rank", "count"), column("path_collapsed", "Path"), column("conversions", "Conversions", "count"), column("share_of_conversions", "Share", "share"),
        column("persons", "Persons", "count"), column("conversion_value", "Value", "money"), column("average_path_length", "Touches", "number"), column("average_days_to_conversion", "Days", "number")],
    },
    {
      id: "pairs", title: "Who assists whom", follows: false, rows: pairs,
      lead: pairs.length ? `The most frequent pair: ${pairs[0].assisting_channel} assists ${pairs[0].closing_channel}, in ${share.format(pairs[0].share_of_closer)} of what ${pairs[0].closing_channel} closes.` : null,
      columns: [column("assisting_channel", "Assists"), column("closing_channel", "Closes"), column("conversions", "Conversions", "count"),
        column("share_of_closer", "Share of the closer's", "share"), column("conversion_value", "Value", "money")],
    },
  ];
}

function buckets(state, id, title, axis, facts, order) {
  const sums = new Map(sumBy(inTypesAndMonths(state, facts), ["bucket"], ["conversions", "conversion_value"]).map((row) => [row.bucket, row]));
  const total = [...sums.values()].reduce((sum, row) => sum + row.conversions, 0);
  const rows = total ? order.map(({ bucket }) => {
    const row = sums.get(bucket) ?? { conversions: 0, conversion_value: 0 };
    return { bucket, conversions: row.conversions, share: row.conversions / total, conversion_value: row.conversion_value };
  }) : [];
  const drawn = rows.filter((row) => row.bucket !== "(unattributed)").map((row) => ({
    ...row, label: row.conversions ? share.format(row.share) : "",
    tooltip: tooltip(`${row.bucket} ${axis.toLowerCase()}`, [["Conversions", whole.format(row.conversions)], ["Share", share.format(row.share)], ["Value", money.format(row.conversion_value)]]),
  }));
  const without = sums.get("(unattributed)")?.conversions;
  return {
    id, title, follows: true, rows, chart: (width) => bucketBars(drawn, width, axis),
    note: without ? `${whole.format(without)} conversions without any touch are in the table only.` : null,
    columns: [column("bucket", axis), column("conversions", "Conversions", "count"), column("share", "Share", "share"), column("conversion_value", "Value", "money")],
  };
}

function length(state) {
  return [
    buckets(state, "path-length", "Touches on the path", "Touches", TABLES.lengths, TABLES.length_buckets),
    buckets(state, "time-lag", "Days from the first touch to the conversion", "Days", TABLES.lags, TABLES.lag_buckets),
  ];
}

function trends(state) {
  const rows = inGroup(state, TABLES.trends).filter((row) => state.months.has(row.week.slice(0, 7)) || (state.months.has(EARLIER) && row.week.slice(0, 7) < (DATA.months[1] ?? "")));
  const marked = rows.filter((row) => row.mark);
  const channels = [...new Set(rows.map((row) => row.channel))];
  return [{
    id: "trends", title: "Assisted and closed conversions by week", follows: true, rows,
    lead: rows.length ? (marked.length ? `${whole.format(marked.length)} weeks stand out (▼).` : "No week stands out: what moves here is within chance.") : null,
    legend: [["assisted", "solid"], ["closed", "dashed"]],
    multiples: channels.map((channel) => {
      const own = rows.filter((row) => row.channel === channel).map((row) => ({
        ...row, next: new Date(Date.parse(row.week) + 7 * 864e5).toISOString().slice(0, 10),
        tooltip: tooltip(channel, [["Week of", row.week], ["What", row.mark ?? ""], ["Assisted", whole.format(row.assisted_conversions)], ["Closed", whole.format(row.last_conversions)]]),
      }));
      return { title: channel, marks: own.filter((row) => row.mark).map((row) => `${row.week}: ${row.mark}`), chart: (width) => weekLines(own, width, colourOf(channel)) };
    }),
    columns: [column("channel", "Channel"), column("week", "Week of"), column("assisted_conversions", "Assisted", "count"), column("last_conversions", "Closed", "count"),
      column("assist_share", "Share of assists", "share"), column("level", "Level", "share"), column("is_judged", "Judged", "flag"), column("mark", "What stands out")],
  }];
}

function windows(state) {
  const rows = inGroup(state, TABLES.windows);
  const days = [...new Set(rows.map((row) => row.lookback_days))].sort((a, b) => a - b);
  const longest = days[days.length - 1];
  const chosen = rows.filter((row) => row.lookback_days === longest).sort((a, b) => a.assist_rank - b.assist_rank).slice(0, 10).map((row) => row.channel);
  const drawn = days.flatMap((window) => rows.filter((row) => row.lookback_days === window && chosen.includes(row.channel))
    .sort((a, b) => a.assist_rank - b.assist_rank || (a.channel < b.channel ? -1 : 1))
    .map((row) => ({ ...row, rank: row.assist_rank, color: colourOf(row.channel),
      tooltip: tooltip(row.channel, [["Window", `${row.lookback_days} days`], ["Rank", whole.format(row.assist_rank)], ["Assisted", whole.format(row.assisted_conversions)],
        ["Assists for each close", row.assist_to_last_ratio === null ? "–" : decimal.format(row.assist_to_last_ratio)]]) })));
  const moved = [...new Set(drawn.filter((row) => row.rank_change).map((row) => row.channel))];
  return [{
    id: "windows", title: "Rank by assists, by window", follows: false, rows,
    lead: rows.length ? (moved.length ? `The window changes the rank of ${moved.join(", ")}.` : "The ranks are the same in every window.") : null,
    chart: (width) => rankLines(drawn, width, days), note: firstOf(chosen, "channels", 10).note,
    columns: [column("lookback_days", "Window in days", "count"), column("channel", "Channel"), column("assisted_conversions", "Assisted", "count"), column("last_conversions", "Closed", "count"),
      column("assist_to_last_ratio", "Assists for each close", "number"), column("assist_rank", "Rank", "count"), column("rank_change", "Change of rank", "count")],
  }];
}

function removal(state) {
  const rows = inGroup(state, TABLES.removal);
  const { shown, note } = firstOf(rows);
  const drawn = shown.map((row) => ({
    channel: row.channels, at_risk: row.conversions_at_risk, low: row.risk_low, high: row.risk_high, bound: row.conversions_with_channel, color: colourOf(row.channels),
    tooltip: tooltip(row.channels, [["Model expects to lose", whole.format(row.conversions_at_risk)], ["95 % interval", `${whole.format(row.risk_low)} to ${whole.format(row.risk_high)}`],
      ["On its paths", whole.format(row.conversions_with_channel)]]),
  }));
  return [{
    id: "removal", title: "Conversions at risk", follows: false, rows, note,
    lead: rows.length ? "Bars with their intervals are the model's loss; the upright tick is the most that can be lost." : null,
    empty: "There is no figure for these conversions: the model needs journeys that did not convert, which exist for all macro conversions and the types that the settings name.",
    chart: (width) => riskBars(drawn, width),
    columns: [column("channels", "Channel"), column("conversions_at_risk", "Conversions at risk", "number"), column("risk_low", "Interval from", "number"), column("risk_high", "to", "number"),
      column("conversions_with_channel", "On its paths", "count"), column("value_at_risk", "Value at risk", "money"), column("is_capped", "Held at the most possible", "flag")],
  }];
}

function costs(state) {
  const spend = sumBy(TABLES.costs_by_month.filter((row) => state.months.has(row.month)), ["channel"], ["cost"]);
  const counts = new Map(channelSums(state).map((row) => [row.channel, row]));
  const values = new Map(sumBy(inTypesAndMonths(state, TABLES.values_by_month), ["channel"], DATA.rule_models.map((model) => `value_${model}`)).map((row) => [row.channel, row]));
  const rows = spend.map(({ channel, cost }) => {
    const count = counts.get(channel);
    return {
      channel, cost, assisted_conversions: count?.assisted_conversions ?? 0, last_conversions: count?.last_conversions ?? 0,
      per_assisted: divide(cost, count?.assisted_conversions), per_last: divide(cost, count?.last_conversions),
      ...Object.fromEntries(DATA.rule_models.map((model) => [`return_${model}`, divide(values.get(channel)?.[`value_${model}`] ?? 0, cost)])),
      data: caution(count?.conversions ?? 0),
    };
  }).sort((a, b) => b.cost - a.cost);
  const dots = firstOf(rows).shown.flatMap((row) => [["per assisted conversion", row.per_assisted, row.assisted_conversions], ["per closed conversion", row.per_last, row.last_conversions]]
    .filter(([, value]) => value > 0)
    .map(([series, value, number]) => ({ channel: row.channel, series, share: value, tooltip: tooltip(row.channel, [[`Cost ${series}`, cents.format(value)], ["Conversions", whole.format(number)], ["Cost", money.format(row.cost)]]) })));
  const cheapest = rows.filter((row) => row.per_assisted && row.assisted_conversions >= FEW).sort((a, b) => a.per_assisted - b.per_assisted)[0];
  return [
    {
      id: "costs", title: "Cost per assisted and per closed conversion", follows: true, rows, note: firstOf(rows).note, empty: "There is no spend in these months.",
      lead: cheapest ? `The cheapest assists come from ${cheapest.channel}, at ${cents.format(cheapest.per_assisted)} each.` : null,
      chart: dots.length ? (width) => costDots(dots, width, DATA.currency) : null,
      columns: [column("channel", "Channel"), column("cost", "Cost", "money"), column("assisted_conversions", "Assisted", "count"), column("per_assisted", "Cost per assist", "money"),
        column("last_conversions", "Closed", "count"), column("per_last", "Cost per close", "money"), column("data", "Data")],
    },
    {
      id: "returns", title: "Return on spend, by model", follows: true, rows, open: true, empty: "There is no spend in these months.",
      lead: "Credited value for each unit of spend. Below 1 the model credits less than was spent.",
      columns: [column("channel", "Channel"), ...["last_touch", "last_non_direct", "first_touch", "linear", "position_based", "time_decay"].map((model) => column(`return_${model}`, words(model), "number"))],
    },
  ];
}

function segments(state) {
  const rows = inGroup(state, TABLES.segments).filter((row) => !["(unattributed)"].includes(row.channel));
  const found = new Set(rows.map((row) => row.segment));
  const kinds = [...SEGMENTS.filter((segment) => found.has(segment)), ...[...found].filter((segment) => !SEGMENTS.includes(segment))];
  return kinds.map((segment) => {
    const own = rows.filter((row) => row.segment === segment);
    const real = realChannels(own);
    const values = busiest(sumBy(real, ["segment_value"], ["conversions"])).map((row) => row.segment_value);
    const channels = busiest(sumBy(real, ["channel"], ["conversions"])).map((row) => row.channel);
    const cells = new Map(real.map((row) => [JSON.stringify([row.channel, row.segment_value]), row]));
    const cell = (row, value) => cells.get(JSON.stringify([row.channel, value]));
    const { shown, note } = firstOf(channels, "channels", 10);
    return {
      id: `segment-${segment}`, title: words(segment), follows: false, choice: true, open: true, heat: true, note: note?.replace("chart", "page").replace("in the table", "in rpt_segments and in the file"),
      rows: shown.map((channel) => ({ channel, ...Object.fromEntries(values.map((value, i) => [`v${i}`, cells.get(JSON.stringify([channel, value]))?.assist_share ?? null])) })),
      columns: [column("channel", "Channel"), ...values.map((value, i) => ({
        key: `v${i}`, label: value, kind: "share",
        text: (row) => { const one = cell(row, value); return !one ? "" : one.assist_to_last_ratio === null ? "never closes" : `${decimal.format(one.assist_to_last_ratio)} : 1`; },
        mark: (row) => (cell(row, value)?.conversions < FEW ? "●" : undefined), markText: () => "too few",
      }))],
      file: {
        rows: own,
        columns: [column("segment", "segment"), column("segment_value", "segment_value"), column("channel", "channel"), column("conversions", "conversions", "count"),
          column("assisted_conversions", "assisted_conversions", "count"), column("last_conversions", "last_conversions", "count"), ...RATIO_COLUMNS],
      },
    };
  });
}

/** Named rows of a report; for chosen months their measures are summed from the facts. Pooled rows,
 * which protect small groups, are known for all data only. */
function namedRows(state, report, months, keys) {
  const rows = inGroup(state, report);
  if (state.isAll) return rows;
  const sums = sumBy(inTypesAndMonths(state, months), keys, ["conversions", "assisted_conversions", "last_conversions", "assisted_value", "last_value", "cost"]);
  return sums.filter((row) => row.conversions || row.cost).map((row) => ({
    ...row, assist_to_last_ratio: divide(row.assisted_conversions, row.last_conversions), ratio_low: null, ratio_high: null,
  }));
}

const NAMED_COLUMNS = [
  column("conversions", "Takes part in", "count"), column("assisted_conversions", "Assisted", "count"), column("last_conversions", "Closed", "count"), ...RATIO_COLUMNS,
  column("assisted_value", "Assisted value", "money"), column("last_value", "Closed value", "money"),
];

function roleTips(row) {
  return [["Takes part in", whole.format(row.conversions)], ["Assisted", whole.format(row.assisted_conversions)], ["Closed", whole.format(row.last_conversions)]];
}

function campaigns(state) {
  const keys = ["channel", "source", "medium", "campaign"];
  const costs = sumBy((TABLES.campaign_costs_by_month ?? []).filter((row) => state.months.has(row.month)), keys, ["cost"]);
  const costOf = new Map(costs.map((row) => [JSON.stringify(keys.map((key) => row[key])), row.cost]));
  const rows = namedRows(state, TABLES.campaigns, TABLES.campaigns_by_month ?? [], keys).map((row) => {
    const cost = state.isAll ? row.cost : costOf.get(JSON.stringify(keys.map((key) => row[key]))) ?? null;
    return { ...row, cost, cost_per_assisted_conversion: cost === null ? null : divide(cost, row.assisted_conversions), data: caution(row.conversions) };
  }).sort((a, b) => b.conversions - a.conversions);
  const reported = inGroup(state, TABLES.campaigns);
  const left = reported.length ? reported[0].campaigns_in_all - reported.length : 0;
  const used = new Set();
  const drawn = rows.slice(0, 12).filter((row) => row.conversions > 0).map((row) => {
    const traffic = [row.source, row.medium].filter((part) => part !== null).join(" / ");
    const name = [row.campaign ?? traffic, `${row.campaign ?? traffic} (${row.channel})`, `${row.campaign} (${row.channel}, ${traffic})`].find((one) => !used.has(one)) ?? traffic;
    used.add(name);
    return { ...row, name, tooltip: tooltip(name, [["Channel", row.channel], ["Source and medium", traffic], ...roleTips(row), ...(row.cost === null ? [] : [["Cost", money.format(row.cost)]])]) };
  });
  return [{
    id: "campaigns", title: "Campaigns with the most conversions", follows: true, rows,
    chart: drawn.length ? (width) => pairedBars(drawn, width) : null, hint: state.isAll ? null : MONTHS_OF_NAMES,
    note: left > 0 ? `${whole.format(left)} smaller campaigns are left out of this page and are in rpt_campaign_assists.` : null,
    columns: [column("channel", "Channel"), column("campaign", "Campaign"), column("source", "Source"), column("medium", "Medium"), ...NAMED_COLUMNS,
      column("cost", "Cost", "money"), column("cost_per_assisted_conversion", "Cost per assist", "money"), column("data", "Data")],
  }];
}

const MONTHS_OF_NAMES = "Intervals and pooled small groups are known for all data only.";
const LEVELS = ["landing_page", "content", "term", "source_medium", "funnel_stage", "touch_type"];

function contents(state) {
  const all = namedRows(state, TABLES.contents, TABLES.contents_by_month ?? [], ["level", "value"]);
  return LEVELS.filter((level) => all.some((row) => row.level === level)).map((level) => {
    const rows = all.filter((row) => row.level === level).map((row) => ({ ...row, data: caution(row.conversions) })).sort((a, b) => b.conversions - a.conversions);
    const reported = inGroup(state, TABLES.contents).filter((row) => row.level === level);
    const left = reported.length ? reported[0].values_in_all - reported.length : 0;
    const drawn = rows.slice(0, 10).map((row) => ({ ...row, name: row.value, tooltip: tooltip(row.value, roleTips(row)) }));
    return {
      id: `content-${level}`, title: words(level).replace("source medium", "source and medium"), follows: true, choice: true, rows, chart: (width) => pairedBars(drawn, width, level === "landing_page" ? ends(width) : {}),
      hint: state.isAll ? null : MONTHS_OF_NAMES,
      note: left > 0 ? `${whole.format(left)} rarer ones are left out of this page and are in rpt_content_assists.` : null,
      columns: [column("value", "Value"), ...NAMED_COLUMNS, column("data", "Data")],
    };
  });
}

function quality(state) {
  const consent = inGroup(state, TABLES.consent ?? []);
  const flag = inGroup(state, TABLES.ratios ?? []).find((row) => row.data_flag !== "ok")?.data_flag;
  const jumps = (TABLES.tracking ?? []).filter((row) => row.flagged_days > 0);
  const figures = [
    {
      id: "row-counts", title: "Rows read and used", rows: TABLES.row_counts, caution: flag,
      columns: [column("table_name", "Table"), column("rows_read", "Read", "count"), column("rows_staged", "Used", "count"), column("rows_rejected", "Could not be used", "count"),
        column("rows_removed_as_duplicates", "Duplicates", "count"), column("rows_erased", "Erased on request", "count")],
    },
    {
      id: "rejections", title: "Why rows could not be used", rows: TABLES.rejections, empty: "All rows could be used.", folded: true,
      columns: [column("table_name", "Table"), column("reason", "Reason"), column("row_count", "Rows", "count")],
    },
    {
      id: "exclusions", title: "Conversions that do not count", rows: TABLES.exclusions, empty: "All conversions count.", folded: true,
      columns: [column("conversion_type", "Type"), column("reason", "Reason"), column("conversions", "Conversions", "count")],
    },
    {
      id: "tracking", title: "Tracking", rows: TABLES.tracking,
      lead: jumps.length ? `Jumped above what was usual: ${jumps.map((row) => `${words(row.check_name)} on ${whole.format(row.flagged_days)} days`).join(", ")}.` : "No check has jumped above what was usual.",
      columns: [column("check_name", "Check"), column("row_count", "Rows", "count"), column("affected_count", "Affected", "count"), column("affected_share", "Share", "share"),
        column("flagged_days", "Days with a jump", "count"), column("last_flagged_day", "Last on")],
    },
    {
      id: "drift", title: "Web against CRM and backend", rows: TABLES.drift ?? [],
      lead: "Conversions that one side has and the other has not.",
      columns: [column("conversion_type", "Type"), column("web_conversions", "Web", "count"), column("system_conversions", "CRM or backend", "count"), column("web_only", "Web only", "count"),
        column("system_only", "CRM or backend only", "count"), column("flagged_days", "Days apart", "count")],
    },
    {
      id: "claims", title: "What platforms claim", rows: TABLES.claims ?? [], folded: true,
      lead: "Conversions that platforms count as theirs, beside those that they took part in at all.",
      columns: [column("platform", "Platform"), column("conversion_type", "Type"), column("claimed_conversions", "Claimed", "count"), column("conversions", "Took part in", "count"),
        column("last_conversions", "Closed", "count"), column("over_claim_ratio", "Claimed for each", "number")],
    },
    {
      id: "unmapped", title: "Traffic that no channel rule matches", rows: TABLES.unmapped ?? [], folded: true,
      columns: [column("source", "Source"), column("medium", "Medium"), column("sessions", "Visits", "count"), column("conversions", "Conversions", "count"), column("suggestion", "What would mend it")],
    },
    {
      id: "consent", title: "Assists hidden by missing consent, estimated", rows: consent, folded: true,
      columns: [column("channel", "Channel"), column("measured_assists", "Measured", "count"), column("estimated_assists", "Hidden (estimate)", "number"), column("estimated_low", "From", "number"),
        column("estimated_high", "to", "number"), column("consented_share", "Share with consent", "share")],
    },
  ];
  return figures.filter((figure) => figure.rows.length || figure.empty).map((figure) => ({ follows: false, open: true, ...figure }));
}

const SECTIONS = { findings, overview, roles, ratios, models, flow, length, trends, windows, removal, costs, segments, campaigns, contents, quality };
