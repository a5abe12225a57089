// The cover of a film, drawn from its title, year and genres: always the same for the same film.
import { html, useMemo } from "../vendor/preact.js";
import { HANDS, fit } from "./lettering.js";
import { familyOf, palettesOf } from "./palettes.js";
import { paintersOf } from "./painters.js";
import { chance as chanceOf, seedOf } from "./random.js";

/** @typedef {{title: string, release_year: number | null, genres: string[]}} Film */
/** @typedef {import("./random.js").Chance} Chance */
/** @typedef {{picture: import("./painters.js").Box, text: import("./painters.js").Box, align: "start" | "middle", rises: boolean, plate?: boolean, sizes: [number, number]}} Layout */

const [WIDTH, HEIGHT, EDGE] = [200, 300, 16];
const SPAN = WIDTH - 2 * EDGE;
const whole = { x: 0, y: 0, w: WIDTH, h: HEIGHT };

/** Where picture and title are. @type {((chance: Chance) => Layout)[]} */
const LAYOUTS = [
  // The title below the picture.
  () => ({ picture: { ...whole, h: 198 }, text: { x: EDGE, y: 212, w: SPAN, h: 60 }, align: "start", rises: false, sizes: [34, 11] }),
  // Above it.
  () => ({ picture: { ...whole, y: 108, h: 192 }, text: { x: EDGE, y: 32, w: SPAN, h: 66 }, align: "start", rises: true, sizes: [36, 11] }),
  // A framed picture, as on an old paperback.
  () => ({ picture: { x: EDGE, y: EDGE, w: SPAN, h: 172 }, text: { x: EDGE, y: 202, w: SPAN, h: 64 }, align: "middle", rises: false, sizes: [30, 11] }),
  // A label upon the picture.
  (chance) => ({ picture: whole, text: { x: 30, y: chance.pick([38, 110, 176]), w: 140, h: 76 }, align: "middle", rises: false, plate: true, sizes: [28, 10] }),
  // Nearly nothing but the title.
  () => ({ picture: { x: 0, y: 226, w: WIDTH, h: 74 }, text: { x: EDGE, y: 38, w: SPAN, h: 176 }, align: "start", rises: true, sizes: [62, 13] }),
  // A square picture in the middle.
  () => ({ picture: { x: 34, y: 116, w: 132, h: 132 }, text: { x: EDGE, y: 36, w: SPAN, h: 66 }, align: "middle", rises: true, sizes: [30, 11] }),
];

/** @param {Film} film */
function compose(film) {
  const seed = `${film.title}|${film.release_year ?? ""}|${[...film.genres].sort().join()}`;
  const chance = chanceOf(seedOf(seed));
  const family = familyOf(film.genres);
  const [ground, ink, ...colours] = chance.pick(palettesOf(family));
  const layout = chance.pick(LAYOUTS)(chance);
  const hand = chance.pick(HANDS);
  const picture = chance.pick(paintersOf(family))(layout.picture, colours, chance);
  return { ground, ink, layout, hand, picture, title: fit(film.title, hand, layout.text.w, layout.text.h, layout.sizes) };
}

/** @param {{film: Film}} props */
export function Cover({ film }) {
  const drawn = useMemo(() => compose(film), [film.title, film.release_year, film.genres.join()]);
  const { ground, ink, layout, picture } = drawn;
  const { x, y, w, h } = layout.picture;
  return html`
    <svg class="cover" viewBox="0 0 200 300" aria-hidden="true" focusable="false">
      <rect width="200" height="300" fill=${ground} />
      <svg x=${x} y=${y} width=${w} height=${h} viewBox=${`${x} ${y} ${w} ${h}`}>${picture}</svg>
      ${layout.plate && html`<${Plate} drawn=${drawn} />`}
      <${Lettering} drawn=${drawn} year=${film.release_year} />
      <rect x=".5" y=".5" width="199" height="299" fill="none" stroke=${ink} stroke-opacity=".12" />
    </svg>
  `;
}

/** The height of the title as it is written. @param {ReturnType<typeof compose>} drawn */
const heightOf = ({ title, hand }) => title.lines.length * title.size * hand.leading;

/** @param {{drawn: ReturnType<typeof compose>}} props */
function Plate({ drawn }) {
  const { text } = drawn.layout;
  return html`<rect x=${text.x - 12} y=${text.y - 14} width=${text.w + 24} height=${heightOf(drawn) + 44} fill=${drawn.ground} />`;
}

/** @param {{drawn: ReturnType<typeof compose>, year: number | null}} props */
function Lettering({ drawn, year }) {
  const { ink, layout, hand, title } = drawn;
  const { text, align, rises, plate } = layout;
  const x = align === "middle" ? text.x + text.w / 2 : text.x;
  const line = title.size * hand.leading;
  const first = text.y + title.size * 0.82;
  const end = first + line * (title.lines.length - 1);
  const yearAt = plate ? end + 20 : rises ? 20 : 286;
  const yearX = plate || align === "middle" ? WIDTH / 2 : EDGE;
  return html`
    <text class=${`cover-${hand.family}`} fill=${ink} text-anchor=${align} font-size=${title.size} font-weight=${hand.weight} letter-spacing=${hand.tracking * title.size}>
      ${title.lines.map((words, n) => html`<tspan x=${x} y=${first + n * line}>${words}</tspan>`)}
    </text>
    ${year !== null && html`<text class="cover-year" x=${yearX} y=${yearAt} text-anchor=${yearX === EDGE ? "start" : "middle"} fill=${ink}>${year}</text>`}
  `;
}
