// What Vega asks of its host and never uses for a still picture: a bare engine has no timers.
globalThis.setTimeout ??= () => 0;
globalThis.clearTimeout ??= () => {};
globalThis.setInterval ??= () => 0;
globalThis.clearInterval ??= () => {};
globalThis.structuredClone ??= (value) => JSON.parse(JSON.stringify(value));
globalThis.console ??= {log() {}, warn() {}, error() {}, info() {}, debug() {}};
