// Answers of the API as files.
import { request } from "../api.js";
import { sayProblem } from "./toast.js";

/** @param {string} path @param {import("../api.js").Options} options @param {string} name what the file is called */
export async function save(path, options, name) {
  try {
    const response = await request("GET", path, options);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  } catch (problem) {
    sayProblem(problem);
  }
}
