// Serves the web app from its source files, so that a change shows at the next reload, and passes all
// else on to a running service: `node scripts/web-dev.mjs [port] [service]`.
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";

const [port = "8081", service = "http://127.0.0.1:8080"] = process.argv.slice(2);
const assets = path.resolve(import.meta.dirname, "../crates/web-ui/assets");
const types = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html" };

/** The source of what the service would serve from its own memory. */
function sourceOf(url) {
  const { pathname } = new URL(url, service);
  if (pathname.startsWith("/assets/")) return path.join(assets, pathname.slice("/assets/".length));
  const isPassedOn = /^\/(api|docs|health|metrics)(\/|$)/.test(pathname) || pathname === "/report.css";
  return isPassedOn ? null : path.join(assets, "index.html");
}

http
  .createServer(async (request, response) => {
    const source = sourceOf(request.url);
    if (source?.startsWith(assets)) {
      const bytes = await readFile(source).catch(() => null);
      response.writeHead(bytes ? 200 : 404, { "Content-Type": types[path.extname(source)] ?? "text/plain", "Cache-Control": "no-store" });
      return response.end(bytes);
    }
    const { hostname, port: servicePort } = new URL(service);
    const { method, url, headers } = request;
    const passed = http.request({ hostname, port: servicePort, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.writeHead(502).end());
    request.pipe(passed);
  })
  .listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port} shows the app, with the API of ${service}`));
