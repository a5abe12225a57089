// Writes TypeScript declarations of what the API takes and answers, from its document:
// `node tools/write-types.mjs openapi.json types/api.d.ts`. With `--check` it compares instead.
import { readFileSync, writeFileSync } from "node:fs";

const [document, target, flag] = process.argv.slice(2);
const { schemas } = JSON.parse(readFileSync(document, "utf8")).components;

/** @param {any} schema @param {string} indent @returns {string} */
function typeOf(schema, indent) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  const type = plainTypeOf(schema, indent);
  return schema.nullable ? `${type} | null` : type;
}

/** @param {any} schema @param {string} indent @returns {string} */
function plainTypeOf(schema, indent) {
  if (schema.oneOf) return schema.oneOf.map((/** @type {any} */ one) => typeOf(one, indent)).join(" | ");
  if (schema.enum) return schema.enum.map((/** @type {unknown} */ value) => JSON.stringify(value)).join(" | ");
  if (schema.type === "array") return `Array<${typeOf(schema.items, indent)}>`;
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.properties) return objectOf(schema, indent);
  if (schema.type === "object") return "Record<string, string>";
  return schema.type ?? "unknown";
}

/** @param {any} schema @param {string} indent */
function objectOf(schema, indent) {
  const required = schema.required ?? [];
  const inner = `${indent}  `;
  const members = Object.entries(schema.properties).map(([name, property]) => {
    const mark = required.includes(name) ? "" : "?";
    return `${inner}${name}${mark}: ${typeOf(property, inner)};\n`;
  });
  return `{\n${members.join("")}${indent}}`;
}

const declarations = Object.entries(schemas).map(([name, schema]) => {
  const words = String(schema.description ?? "").replace(/\s+/g, " ").trim();
  return `${words && `/** ${words} */\n`}export type ${name} = ${typeOf(schema, "")};\n`;
});
const text = `// Made by \`make web-types\` from openapi.json; not to be edited.\n\n${declarations.join("\n")}`;

if (flag === "--check") {
  const isSame = readFileSync(target, "utf8") === text;
  if (!isSame) console.error(`${target} is not what ${document} says: run \`make web-types\` and commit it`);
  process.exitCode = isSame ? 0 : 1;
} else {
  writeFileSync(target, text);
}
