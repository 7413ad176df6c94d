// Loads files of foreign packages as they are, into surroundings of our choice.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';

const require = createRequire(import.meta.url);

/** A console that keeps what is said instead of mixing it into the test report. */
export function keepingConsole() {
  const lines = [];
  const keep = (...words) => lines.push(words.map(String).join(' '));
  return { lines, log: keep, info: keep, warn: keep, error: keep, debug: keep };
}

/**
 * Timers that do not outlive the page: both clients start a heartbeat timer anew when a heartbeat comes in
 * while their socket is closing, and nobody stops that one.
 */
export const timers = {
  setTimeout: (...args) => setTimeout(...args).unref(),
  clearTimeout,
};

/** Runs the files one after the other in one global scope, as the <script> elements of a page do. */
export function runAsPage(window, files) {
  const context = vm.createContext(window);
  window.window = vm.runInContext('this', context);
  for (const file of files) {
    const path = require.resolve(file);
    vm.runInContext(readFileSync(path, 'utf8'), context, { filename: path });
  }
  return window;
}

/** A CommonJS file of its own for each call, so that its statics are not shared between clients. */
export function loadAlone(file, { modules = {}, globals = {} } = {}) {
  const path = require.resolve(file);
  const names = ['exports', 'require', 'module', ...Object.keys(globals)];
  const module = { exports: {} };
  const inner = createRequire(path);
  const requireHere = (name) => modules[name] ?? inner(name);
  const run = vm.compileFunction(readFileSync(path, 'utf8'), names, { filename: path });
  run.call(module.exports, module.exports, requireHere, module, ...Object.values(globals));
  return module.exports;
}
