// Titles on covers: broken into lines, and as large as fits.

/** @typedef {{family: string, weight: number, isUpper: boolean, tracking: number, leading: number}} Hand */

/** The ways to write a title. The families are those of `covers.css`. @type {Hand[]} */
export const HANDS = [
  { family: "serif", weight: 600, isUpper: false, tracking: -0.01, leading: 1.06 },
  { family: "grotesk", weight: 750, isUpper: false, tracking: -0.025, leading: 1.02 },
  { family: "capitals", weight: 700, isUpper: true, tracking: 0.06, leading: 1.16 },
  { family: "poster", weight: 800, isUpper: true, tracking: -0.02, leading: 0.98 },
  { family: "italic", weight: 500, isUpper: false, tracking: 0, leading: 1.08 },
];

/** What browsers know the families by. @type {Record<string, string>} */
const FONTS = {
  serif: '"Iowan Old Style", "Palatino Linotype", Palatino, P052, Georgia, "Noto Serif", serif',
  grotesk: '"Helvetica Neue", Helvetica, Inter, Arial, "Noto Sans", sans-serif',
  capitals: '"Avenir Next", Avenir, Futura, "Century Gothic", "URW Gothic", Inter, "Noto Sans", sans-serif',
  poster: '"Helvetica Neue", Helvetica, Inter, Arial, "Noto Sans", sans-serif',
  italic: '"Iowan Old Style", "Palatino Linotype", Palatino, P052, Georgia, "Noto Serif", serif',
};

/** Widths are taken at this size and scaled. */
const MEASURED_AT = 100;
const IDEOGRAPH = /([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef])/;

const pen = document.createElement("canvas").getContext("2d");
/** @type {Map<string, number>} */
const widths = new Map();

/** The width of a text at a size of 1. @param {string} text @param {Hand} hand */
function widthOf(text, hand) {
  const name = `${hand.family} ${text}`;
  const known = widths.get(name);
  if (known !== undefined) return known;
  let width = text.length * 0.6;
  if (pen) {
    pen.font = `${hand.family === "italic" ? "italic " : ""}${hand.weight} ${MEASURED_AT}px ${FONTS[hand.family]}`;
    width = pen.measureText(text).width / MEASURED_AT;
  }
  width += text.length * hand.tracking;
  widths.set(name, width);
  return width;
}

/** Words, and the characters of scripts that have none. @param {string} title */
function pieces(title) {
  const words = title.split(/\s+/).filter(Boolean);
  return words.flatMap((word, place) => {
    const parts = word.split(IDEOGRAPH).filter(Boolean);
    return parts.map((text, n) => ({ text, space: n === 0 && place > 0 ? " " : "" }));
  });
}

/** @param {string} title @param {Hand} hand @param {number} width at a size of 1 */
function broken(title, hand, width) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const { text, space } of pieces(title)) {
    const longer = line + (line ? space : "") + text;
    if (line && widthOf(longer, hand) > width) {
      lines.push(line);
      line = text;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/**
 * The lines of a title and their size, in the same unit as the box.
 * @param {string} title @param {Hand} hand @param {number} width @param {number} height
 * @param {[number, number]} sizes the largest and the smallest
 */
export function fit(title, hand, width, height, [largest, smallest]) {
  const text = hand.isUpper ? title.toLocaleUpperCase("en") : title;
  for (let size = largest; size > smallest; size *= 0.93) {
    const lines = broken(text, hand, width / size);
    const isNarrow = lines.every((line) => widthOf(line, hand) <= width / size);
    if (isNarrow && lines.length * size * hand.leading <= height) return { lines, size };
  }
  return { lines: cut(broken(text, hand, width / smallest), hand, width / smallest, Math.floor(height / smallest / hand.leading)), size: smallest };
}

/** Whatever is too long even so ends in an ellipsis. @param {string[]} lines @param {Hand} hand @param {number} width @param {number} most */
function cut(lines, hand, width, most) {
  const kept = lines.slice(0, Math.max(1, most)).map((line) => {
    let [short, isCut] = [line, false];
    while (short.length > 1 && widthOf(short + (isCut ? "…" : ""), hand) > width) [short, isCut] = [short.slice(0, -1), true];
    return isCut ? `${short}…` : short;
  });
  if (lines.length > kept.length) kept[kept.length - 1] = `${kept[kept.length - 1].replace(/…$/, "")}…`;
  return kept;
}
