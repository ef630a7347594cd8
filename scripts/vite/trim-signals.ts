// Leaves out of @preact/signals-core what the widget never asks of it: every page pays for each byte of it.
import type { Plugin } from "vite";

/** What goes, and what stands in its place. The package is pinned: a new version of it fails the build here. */
const cuts: [found: string, kept: string][] = [
  ['var i=Symbol.for("preact-signals");', ""],
  ["l.prototype.brand=i;", ""],
  // Of signals: listeners to their watchers, names for tools, and what turns them into texts and JSON.
  [
    ";this.W=null==t?void 0:t.watched;this.Z=null==t?void 0:t.unwatched;this.name=null==t?void 0:t.name",
    "",
  ],
  ["if(void 0!==r)r.e=i;else f(function(){var i;null==(i=t.W)||i.call(t)})", "if(void 0!==r)r.e=i"],
  ["if(void 0===n)f(function(){var i;null==(i=t.Z)||i.call(t)})", ""],
  [
    'l.prototype.subscribe=function(i){var t=this;return x(function(){var r=t.value;f(function(){return i(r)})},{name:"sub"})};',
    "",
  ],
  ["l.prototype.valueOf=function(){return this.value};", ""],
  ['l.prototype.toString=function(){return this.value+""};', ""],
  ["l.prototype.toJSON=function(){return this.value};", ""],
  // Of effects: their place in models, their names and a second way to end them.
  ["this.name=null==t?void 0:t.name;if(n)n.push(this)", ""],
  ["m.prototype.dispose=function(){this.d()};", ""],
  ["n[Symbol.dispose]=n;", ""],
];

/** A Vite plugin for the widget's build. */
export function trimSignals(): Plugin {
  return {
    name: "parlor:trim-signals",
    apply: "build",
    transform(code, id) {
      if (!id.includes("/signals-core/dist/")) return undefined;
      for (const [found, kept] of cuts) {
        if (code.split(found).length !== 2) this.error(`trim-signals: not there once: ${found}`);
        code = code.replace(found, () => kept);
      }
      return { code, map: null };
    },
  };
}
