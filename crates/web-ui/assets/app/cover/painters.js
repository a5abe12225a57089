// The pictures on covers. Each painter fills a box and returns shapes.
import { html } from "../vendor/preact.js";

/** @typedef {{x: number, y: number, w: number, h: number}} Box */
/** @typedef {(box: Box, colours: string[], chance: import("./random.js").Chance) => unknown} Painter */

/** @type {(length: number) => number[]} */
const range = (length) => Array.from({ length }, (_, place) => place);
const circle = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r, /** @type {string} */ fill) =>
  html`<circle cx=${x} cy=${y} r=${r} fill=${fill} />`;
const path = (/** @type {string} */ d, /** @type {string} */ fill) => html`<path d=${d} fill=${fill} />`;
const rect = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, /** @type {number} */ h, /** @type {string} */ fill) =>
  html`<rect x=${x} y=${y} width=${w} height=${h} fill=${fill} />`;

/** A low sun, and land in bands. @type {Painter} */
function horizon({ x, y, w, h }, [a, b, c], chance) {
  const line = y + h * chance.between(0.55, 0.72);
  const bands = 3 + chance.int(3);
  const step = (y + h - line) / bands;
  const sun = circle(x + w * chance.between(0.3, 0.7), line - h * chance.between(-0.04, 0.16), w * chance.between(0.2, 0.34), a);
  return [sun, range(bands).map((n) => rect(x, line + n * step, w, step + 0.5, n % 2 ? b : c))];
}

/** Arcs around a corner. @type {Painter} */
function arcs({ x, y, w, h }, [a, b, c], chance) {
  const [left, top] = [chance.flip(), chance.flip()];
  const rings = 4 + chance.int(4);
  const far = Math.hypot(w, h) * chance.between(0.72, 0.95);
  return range(rings).map((n) => circle(left ? x : x + w, top ? y : y + h, far * (1 - n / rings), [a, b, c][n % 3]));
}

/** Quarter circles, halves, squares and dots, as on a quilt. @type {Painter} */
function tiles({ x, y, w, h }, colours, chance) {
  const size = w / (3 + chance.int(2));
  const [columns, rows] = [Math.round(w / size), Math.ceil(h / size)];
  return range(columns * rows).map((n) => {
    const [left, top] = [x + (n % columns) * size, y + Math.floor(n / columns) * size];
    const [fill, other] = [chance.pick(colours), chance.pick(colours)];
    const turn = `rotate(${chance.int(4) * 90} ${left + size / 2} ${top + size / 2})`;
    const shapes = [
      path(`M${left} ${top}h${size}a${size} ${size} 0 0 1 ${-size} ${size}z`, fill),
      path(`M${left} ${top}h${size}l${-size} ${size}z`, fill),
      path(`M${left} ${top}a${size / 2} ${size / 2} 0 0 0 ${size} 0z`, fill),
      circle(left + size / 2, top + size / 2, size * 0.32, fill),
    ];
    const ground = chance.next() < 0.35 && other !== fill ? rect(left, top, size + 0.3, size + 0.3, other) : null;
    return chance.next() < 0.1 ? ground : [ground, html`<g transform=${turn}>${chance.pick(shapes)}</g>`];
  });
}

/** Hills behind hills, and a moon. @type {Painter} */
function hills({ x, y, w, h }, [a, b, c], chance) {
  const moon = circle(x + w * chance.between(0.2, 0.8), y + h * chance.between(0.18, 0.34), w * chance.between(0.08, 0.15), c);
  return [moon, range(4).map((n) => {
    const [top, swing, phase] = [y + h * (0.42 + n * 0.15), h * chance.between(0.04, 0.11), chance.between(0, 6.3)];
    const points = range(13).map((k) => `${x + (w * k) / 12} ${top + Math.sin(phase + k * 0.72) * swing}`);
    return html`<path d=${`M${x} ${y + h}L${points.join("L")}L${x + w} ${y + h}z`} fill=${[b, a, b, a][n]} opacity=${[0.55, 0.7, 0.85, 1][n]} />`;
  })];
}

/** Towers with a few lit windows. @type {Painter} */
function skyline({ x, y, w, h }, [a, b, c], chance) {
  const towers = 7 + chance.int(5);
  const width = w / towers;
  return [circle(x + w * chance.between(0.25, 0.75), y + h * 0.3, w * 0.16, c), range(towers).map((n) => {
    const top = y + h * chance.between(0.25, 0.75);
    const lit = range(3).map((k) => rect(x + n * width + width * 0.35, top + 8 + k * 13, width * 0.3, 5, c));
    return [rect(x + n * width, top, width + 0.3, y + h - top, n % 2 ? a : b), chance.next() < 0.45 ? lit : null];
  })];
}

/** Orbits with planets. @type {Painter} */
function orbits({ x, y, w, h }, [a, b, c], chance) {
  const [cx, cy] = [x + w * chance.between(0.25, 0.75), y + h * chance.between(0.35, 0.65)];
  const stars = range(26).map(() => circle(x + w * chance.next(), y + h * chance.next(), chance.between(0.4, 1.2), c));
  const rings = range(4 + chance.int(3)).map((n) => {
    const [r, angle] = [w * (0.2 + n * 0.14), chance.between(0, 6.3)];
    const planet = circle(cx + Math.cos(angle) * r, cy + Math.sin(angle) * r, chance.between(2.5, 8), [b, c][n % 2]);
    return [html`<circle cx=${cx} cy=${cy} r=${r} fill="none" stroke=${b} stroke-width="1" />`, planet];
  });
  return [stars, rings, circle(cx, cy, w * 0.13, a)];
}

/** Torn paper. @type {Painter} */
function shards({ x, y, w, h }, colours, chance) {
  return range(4).map((n) => {
    const left = x + w * (n / 4 + chance.between(-0.1, 0.08));
    const width = w * chance.between(0.12, 0.34);
    const [top, lean] = [y + h * chance.between(-0.05, 0.35), w * chance.between(-0.2, 0.2)];
    const bottom = y + h * chance.between(0.75, 1.1);
    return path(`M${left} ${top}L${left + width} ${top + h * chance.between(-0.06, 0.06)}L${left + width * 0.8 + lean} ${bottom}L${left + lean} ${bottom + h * 0.05}z`, colours[n % colours.length]);
  });
}

/** Light from a projector. @type {Painter} */
function beams({ x, y, w, h }, [a, b, c], chance) {
  const [cx, cy] = [x + w * chance.between(0.1, 0.9), y + h * chance.between(0.1, 0.9)];
  const rays = 9 + chance.int(6);
  const [start, far] = [chance.between(0, 1), w + h];
  const ray = (/** @type {number} */ n) => {
    const [from, to] = [start + (n / rays) * 6.2832, start + ((n + 0.5) / rays) * 6.2832];
    return path(`M${cx} ${cy}L${cx + Math.cos(from) * far} ${cy + Math.sin(from) * far}L${cx + Math.cos(to) * far} ${cy + Math.sin(to) * far}z`, n % 2 ? a : b);
  };
  return [range(rays).map(ray), circle(cx, cy, w * 0.17, c)];
}

/** Petals around a heart. @type {Painter} */
function petals({ x, y, w, h }, [a, b, c], chance) {
  const [cx, cy, leaves] = [x + w / 2, y + h / 2, 6 + chance.int(6)];
  const [long, thin] = [Math.min(w, h) * chance.between(0.24, 0.3), Math.min(w, h) * chance.between(0.08, 0.15)];
  return [range(leaves).map((n) => html`<ellipse cx=${cx} cy=${cy - long} rx=${thin} ry=${long} fill=${n % 2 ? a : b} opacity=".88" transform=${`rotate(${(360 * n) / leaves} ${cx} ${cy})`} />`), circle(cx, cy, thin * 0.8, c)];
}

/** A corridor without an end. @type {Painter} */
function corridor({ x, y, w, h }, [a, b, c], chance) {
  const [doors, tx, ty] = [6 + chance.int(3), chance.between(0.3, 0.7), chance.between(0.35, 0.65)];
  return range(doors).map((n) => {
    const left = 1 - n / doors;
    return rect(x + w * tx * (1 - left), y + h * ty * (1 - left), w * left, h * left, n === doors - 1 ? c : n % 2 ? a : b);
  });
}

/** Dots that grow towards one side. @type {Painter} */
function dots({ x, y, w, h }, [a, b, c], chance) {
  const [columns, rows, sideways, back] = [8, Math.round((8 * h) / w), chance.flip(), chance.flip()];
  const step = w / columns;
  const big = circle(x + w * chance.between(0.3, 0.7), y + h * chance.between(0.3, 0.7), w * 0.27, b);
  return [big, range(columns * rows).map((n) => {
    const [column, row] = [n % columns, Math.floor(n / columns)];
    const share = sideways ? (column + 1) / columns : (row + 1) / rows;
    return circle(x + (column + 0.5) * step, y + (row + 0.5) * (h / rows), step * 0.52 * (back ? 1 - share + 0.08 : share), (column + row) % 7 ? a : c);
  })];
}

/** Slanted stripes, and a disc before them. @type {Painter} */
function stripes({ x, y, w, h }, [a, b, c], chance) {
  const [step, lean] = [w / (5 + chance.int(5)), (chance.flip() ? 1 : -1) * chance.between(0.25, 0.9)];
  const count = Math.ceil((w + Math.abs(lean) * h) / step) + 1;
  const from = lean > 0 ? x - lean * h : x;
  const stripe = (/** @type {number} */ n) => path(`M${from + n * step} ${y}h${step / 2}l${lean * h} ${h}h${-step / 2}z`, n % 3 ? b : c);
  return [range(count).map(stripe), circle(x + w * chance.between(0.3, 0.7), y + h * chance.between(0.35, 0.65), w * chance.between(0.18, 0.3), a)];
}

/** What suits a family of genres, the most fitting first. @type {Record<string, Painter[]>} */
const FITTING = {
  drama: [horizon, hills, arcs, tiles, petals, corridor, dots, stripes],
  comedy: [tiles, dots, stripes, arcs, petals, beams],
  future: [orbits, arcs, dots, corridor, beams, skyline],
  horror: [shards, corridor, hills, beams, dots],
  romance: [petals, arcs, horizon, dots, hills],
  crime: [shards, skyline, corridor, stripes, beams],
  action: [beams, stripes, shards, skyline, dots],
  wonder: [hills, beams, orbits, petals, tiles],
  young: [tiles, dots, hills, petals, beams],
  west: [horizon, hills, beams, stripes],
  past: [horizon, shards, tiles, arcs, beams],
  stage: [beams, dots, arcs, tiles, stripes],
  facts: [dots, tiles, arcs, stripes, horizon],
};

/** @param {string} family */
export const paintersOf = (family) => FITTING[family];
