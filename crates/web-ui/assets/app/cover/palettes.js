// The colours of covers: ground, ink, and three to paint with. Ink can be read on its ground.

/** @typedef {[ground: string, ink: string, first: string, second: string, third: string]} Palette */

/** @type {Record<string, Palette[]>} */
const PALETTES = {
  drama: [
    ["#22303c", "#f4ede1", "#c8553d", "#e9b872", "#5b7b8a"],
    ["#efe6d8", "#2b2320", "#b5523b", "#d9a05b", "#6d7f73"],
    ["#3a2a2e", "#f6e7d8", "#c97b63", "#8a6262", "#e0b089"],
    ["#d8dfd6", "#22302b", "#3f6b5c", "#b98b4e", "#8fa39a"],
    ["#e4e0ec", "#2c2438", "#6a5a8c", "#d08c60", "#a89cc0"],
    ["#1f3a3d", "#f1efe2", "#e2a458", "#4f7c7a", "#d7674a"],
  ],
  comedy: [
    ["#f6c945", "#2a1d12", "#e4572e", "#fff6df", "#2e86ab"],
    ["#ef8354", "#2d1e2f", "#fcefe3", "#f2c14e", "#4f5d75"],
    ["#fbe9d7", "#3a2232", "#e56b6f", "#f4a259", "#5b8e7d"],
    ["#a8d5ba", "#1f3330", "#f7c59f", "#ef6f6c", "#fffaf0"],
    ["#2e6f95", "#fff8e7", "#ffb703", "#f28482", "#8ecae6"],
  ],
  future: [
    ["#0b132b", "#e8f1f2", "#5bc0be", "#3a506b", "#f6ae2d"],
    ["#1b1a3a", "#f2efff", "#7f5af0", "#2cb67d", "#ff8906"],
    ["#dfe5e8", "#16222c", "#f25f4c", "#2f5d73", "#9fb4c0"],
    ["#07252b", "#dff6f0", "#f4d35e", "#0d7377", "#ee964b"],
    ["#f1e9da", "#1c1b29", "#d1495b", "#30638e", "#edae49"],
  ],
  horror: [
    ["#140d0e", "#f1e4d8", "#a4161a", "#5c0a10", "#d3c4b4"],
    ["#1a1f1a", "#e6ead9", "#6a994e", "#34532f", "#bc4749"],
    ["#e9dfd3", "#1c0f13", "#8d0801", "#3d1f25", "#bf8f7c"],
    ["#241b2f", "#efe6f5", "#8e5aa8", "#4a3560", "#d9b44a"],
  ],
  romance: [
    ["#f8e1e4", "#43182f", "#c9405b", "#f2a9a0", "#7b3f61"],
    ["#5a1a3a", "#fdeae6", "#e5677d", "#f4b6a6", "#8f3153"],
    ["#fdf0e3", "#4b2e39", "#d98880", "#e8b88a", "#8c5e6b"],
    ["#2f3e56", "#fbeee6", "#f0a6a0", "#6b7fa3", "#f6d6ad"],
  ],
  crime: [
    ["#171717", "#f3eee3", "#d9381e", "#6f6a5d", "#e8c547"],
    ["#e8e2d4", "#191716", "#c1121f", "#3c3b39", "#a89f8d"],
    ["#1d2d44", "#f0ebd8", "#e07a5f", "#3e5c76", "#f2cc8f"],
    ["#f2b632", "#1b1b1e", "#252627", "#bb4430", "#fff4d6"],
    ["#c9382b", "#fff3e3", "#1a1414", "#7d1d16", "#f4c95d"],
  ],
  action: [
    ["#14213d", "#ffffff", "#fca311", "#e63946", "#5c7aa8"],
    ["#c3271f", "#fff3e0", "#1d1a1a", "#f77f00", "#fcbf49"],
    ["#20242c", "#f5f3ee", "#ff7d00", "#15616d", "#ffecd1"],
    ["#e9e4d8", "#1f1d1b", "#e4572e", "#29335c", "#f3a712"],
  ],
  wonder: [
    ["#264653", "#fdf6e3", "#e9c46a", "#2a9d8f", "#e76f51"],
    ["#2d1b4e", "#fbeeff", "#c77dff", "#ffb703", "#5a3d8a"],
    ["#e3e7d3", "#25341f", "#588157", "#dda15e", "#bc6c25"],
    ["#123a35", "#f3f0df", "#e0b354", "#2f7f6f", "#d9734e"],
  ],
  young: [
    ["#8fdcef", "#1c2b3a", "#ffffff", "#f58fb8", "#ffd166"],
    ["#ffd6a5", "#2f2235", "#ff8fa3", "#5fa8a3", "#fffdf5"],
    ["#b8e0d2", "#213547", "#f6bd60", "#eb6f6f", "#ffffff"],
    ["#2b59c3", "#fff9ec", "#ffd23f", "#ee4266", "#8fb8ff"],
  ],
  west: [
    ["#d98e4a", "#2b1608", "#8c3b1a", "#f2cf96", "#5c2a12"],
    ["#f0dcb4", "#3a1f10", "#c05621", "#8a9a8b", "#7a3b16"],
    ["#7a2e1b", "#fbe8c8", "#e39a4c", "#4a1a10", "#f2c879"],
  ],
  past: [
    ["#4a4e3d", "#f2ecd9", "#c9a227", "#8a3324", "#7c8062"],
    ["#d9cdb2", "#26231d", "#7d2e22", "#566246", "#a98f5c"],
    ["#2a2f3a", "#ece4d0", "#b08d57", "#6b2737", "#8d99ae"],
    ["#ece5d5", "#2d2a32", "#386150", "#b3563b", "#c2b280"],
  ],
  stage: [
    ["#3d0e3f", "#ffe9f3", "#ff5d8f", "#ffb347", "#7a3b8f"],
    ["#f9dcc4", "#301934", "#d6336c", "#5f3dc4", "#f59f00"],
    ["#10243e", "#fdf3d8", "#f4b942", "#d1495b", "#35598c"],
  ],
  facts: [
    ["#f4f1ea", "#1d1f21", "#2f6690", "#d1495b", "#9aa5a8"],
    ["#16425b", "#f4f7f5", "#81c3d7", "#f2a541", "#3a7ca5"],
    ["#dfe8d8", "#1e2a22", "#4f772d", "#e09f3e", "#90a955"],
  ],
};

/** The most telling genre comes first. @type {[string, string[]][]} */
const FAMILIES = [
  ["horror", ["Horror"]],
  ["west", ["Western"]],
  ["young", ["Animation", "Family", "Children"]],
  ["future", ["Sci-Fi", "Science Fiction"]],
  ["stage", ["Musical", "Music"]],
  ["facts", ["Documentary", "Sport"]],
  ["wonder", ["Fantasy", "Adventure"]],
  ["crime", ["Crime", "Thriller", "Mystery", "Film-Noir"]],
  ["past", ["War", "History", "Biography"]],
  ["romance", ["Romance"]],
  ["action", ["Action"]],
  ["comedy", ["Comedy"]],
  ["drama", ["Drama"]],
];

/** @param {string[]} genres */
export function familyOf(genres) {
  const family = FAMILIES.find(([, names]) => names.some((name) => genres.includes(name)));
  return family ? family[0] : "drama";
}

/** @param {string} family @returns {Palette[]} */
export const palettesOf = (family) => PALETTES[family];
