// Python in a thread of its own. It is told once what to fetch; then each question gets one answer. This file is the
// whole program of the thread.

const got = new Map(); // by the name of a file: what it holds

async function checked(bytes, { name, integrity }) {
  if (!crypto.subtle) return; // on a page without https: then `fetch` has checked it
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (`sha256-${btoa(String.fromCharCode(...digest))}` !== integrity) throw new Error(`${name} is not the file that it must be`);
}

async function fetched(file, arrived) {
  const integrity = crypto.subtle ? "" : file.integrity; // which holds back all of it until all of it is there
  const answer = await fetch(file.address, { credentials: "omit", integrity });
  if (!answer.ok) throw new Error(`${file.name}: ${answer.status}`);
  const reader = answer.body.getReader();
  const parts = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    arrived(part.value.length);
  }
  const blob = new Blob(parts);
  await checked(await blob.arrayBuffer(), file);
  got.set(file.name, blob);
}

const module = (name) => import(URL.createObjectURL(got.get(name).slice(0, undefined, "text/javascript")));

async function started({ files, modules, lock }) {
  let bytes = 0;
  await Promise.all(files.map((file) => fetched(file, (more) => postMessage({ bytes: (bytes += more) }))));
  // Whatever Pyodide asks for is here; nothing else is fetched.
  self.fetch = async (address) => {
    const name = String(address).split("/").at(-1);
    const type = name.endsWith(".wasm") ? "application/wasm" : "";
    return got.has(name) ? new Response(got.get(name).slice(0, undefined, type)) : new Response(null, { status: 404 });
  };
  const { loadPyodide } = await module("pyodide.mjs");
  const { default: createPyodideModule } = await module("pyodide.asm.mjs");
  const base = "https://none.invalid/";
  const pyodide = await loadPyodide({ createPyodideModule, indexURL: base, packageBaseUrl: base, lockFileContents: lock });
  await pyodide.loadPackage("numpy", { messageCallback: () => {} });
  pyodide.unpackArchive(await got.get(modules).arrayBuffer(), "zip", { extractDir: "/home/pyodide" });
  got.clear();
  return pyodide.runPython("from pages.playground.in_browser.visit import Visit\nVisit().answer");
}

let answer = null;

self.onmessage = async ({ data }) => {
  try {
    if (!answer) {
      answer = await started(data);
      postMessage({ ready: true });
    } else {
      const said = answer(data);
      const bytes = said.toJs();
      said.destroy();
      postMessage({ bytes }, { transfer: [bytes.buffer] });
    }
  } catch (error) {
    postMessage({ failed: String(error instanceof Error ? error.message : error).trim().split("\n").at(-1) });
  }
};
