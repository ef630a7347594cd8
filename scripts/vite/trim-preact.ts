// Leaves out of Preact what the widget never asks of it: classes, contexts, portals, error boundaries, suspense,
// hydration, styles as objects, HTML as a text. Every opened chat pays for each byte of it.
//
// What stands here are Preact's own functions, under the names that its build gives them, without those parts.
import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** A stretch of a package's file, from one text up to another, and what stands in its place. */
type Cut = [from: string, upTo: string, kept: string];

interface Trim {
  /** Of the whole file: another version fails the build until somebody has looked at each cut. */
  sha256: string;
  cuts: Cut[];
}

const core: Cut[] = [
  // Whoever watches the making of nodes.
  ["return!o&&n.vnode&&n.vnode(e),e}", "function M(", "return e}"],
  ["function x(n,t){", "function S(", "function x(n){this.props=n,this.__g=0}"],
  ['"function"!=typeof n.type||n.props.__P?null', ":S(n)", '"function"!=typeof n.type?null'],
  [
    "e&&((r=_({constructor:h},u))",
    "function j(",
    `e&&((r=_({constructor:h},u)).__v=u.__v+1,z(e,r,u,e.namespaceURI,f,i||S(u),o),r.__v=u.__v,
r.__.__k[r.__i]=r,E(f,r,o),u.__=u.__e=null,r.__e!=i&&j(r))}`,
  ],
  ["if((n=n.__)&&n.__c&&!n.props.__P)", "return n.__e=null", "if((n=n.__)&&n.__c)"],
  [
    "function L(t){",
    "function H(",
    "function L(t){8&t.__g||(t.__g|=8,u.push(t),f++)||queueMicrotask(H)}",
  ],
  ["(f=u.length)&&(i||queueMicrotask)(H)}}", "function I(", "(f=u.length)&&queueMicrotask(H)}}"],
  [
    "function I(n,t,r,u,i,f,o,e,l,c,a){",
    "d=d||w,",
    `function I(n,t,r,u,f,e,l,a){var s,h,v,w,d,_,g=u.__k||y,k=t.length;
for(l=q(r,t,g,l,k),s=0;s<k;s++)null!=(v=r.__k[s])&&(h=~v.__i&&g[v.__i]||p,v.__i=s,
_=z(n,v,h,f,e,l,a),w=v.__e,h.ref!=v.ref&&(h.ref&&(h.ref.current=null),v.ref&&a.push(v.ref,w)),`,
  ],
  ["J(e,e));return u}", "function A(", "J(e));return u}"],
  [
    "if(n.props.__P)return t;",
    "function O(",
    `if(i=n.__k)for(f=0;f<i.length;f++)i[f]&&(i[f].__=n,t=A(i[f],t,r,!1));return t}
return t&&!t.parentNode&&(t=S(n))&&!t.parentNode&&(t=null),(o=n.__e)!=t&&
(!u&&r.moveBefore&&o.parentNode?r.moveBefore(o,t):r.insertBefore(o,t||null)),o.nextSibling}`,
  ],
  // A node's property: no style, and events in small letters.
  [
    "function T(n,t,r){",
    "function V(",
    `function N(n,t,r,u,i){var o;if("o"==t[0]&&"n"==t[1])
(n.__e||(n.__e={}))[t]=r,r&&u||(o=a[t]||(a[t]=V(t)),(n.__a||(n.__a={}))[t]=c,t=t.slice(2).toLowerCase(),
r?n.addEventListener(t,o):n.removeEventListener(t,o));
else{if("http://www.w3.org/2000/svg"!=i&&"width"!=t&&"height"!=t&&"href"!=t&&"form"!=t&&"tabIndex"!=t&&
"download"!=t&&"role"!=t&&t in n)try{return void(n[t]=null==r?"":r)}catch(n){}
null==r||!1===r&&"-"!=t[4]?n.removeAttribute(t):n.setAttribute(t,r)}}`,
  ],
  ["return u(n.event?n.event(r):r)}}}", "function z(", "return u(r)}}}"],
  // Brings one node up to date: parent, node, the one before, namespace, commits, next element, references.
  [
    "function z(",
    "function D(",
    `function z(t,r,u,f,e,l,a){var s,d,H,q,v,A,V=r.type;if(r.constructor!==h)return null;(s=n.__b)&&s(r);
n:if("function"==typeof V){v=e.length;try{
if((d=u.__c)?r.__c=d:(r.__c=d=new x(r.props),d.constructor=V,d.render=K,d.__g|=8,d.__h=[]),
d.__v=r,u.__c&&r.__v==u.__v&&!(8&d.__g)){r.__e=u.__e,r.__k=u.__k,r.__k.some(function(n){n&&(n.__=r)}),
d.__h.length&&e.push(d),l=S(u);break n}
d.props=r.props,d.__P=t,H=n.__r,q=0;do{d.__g&=-9,H&&H(r),s=d.render(d.props)}while(8&d.__g&&++q<25);
A=s&&s.type===$&&null==s.key?s.props.children:s,l=I(t,w(A)?A:[A],r,u,f,e,l,a),r.__u&=-161,
d.__h.length&&e.push(d)}catch(t){e.length=v,r.__v=null,r.__e=u.__e,r.__k||(r.__k=u.__k||[]),n.__e(t)}
}else l=r.__e=F(u.__e,r,u,f,e,a,t);return(s=n.diffed)&&s(r),l}`,
  ],
  [
    "function D(",
    "n.__c&&n.__c(r,t)",
    "function E(t,r,u){for(var i=0;i<u.length;)u[i++].current=u[i++];",
  ],
  // One element: itself, node, the one before, namespace, commits, references, parent.
  [
    "function F(",
    "function K(",
    `function F(t,r,u,f,e,a,o){var s,b,m,k,_,$=u.props||p,x=r.props,C=r.type;
if("svg"==C?f="http://www.w3.org/2000/svg":f||(f="http://www.w3.org/1999/xhtml"),!t){
if(!C)return o.ownerDocument.createTextNode(x);t=o.ownerDocument.createElementNS(f,C)}
if(C){for(s in $)"children"==s||s in x||"value"==s&&"defaultValue"in x||
"checked"==s&&"defaultChecked"in x||N(t,s,null,$[s],f);
for(s in x)k=x[s],"children"==s?_=k:"value"==s?b=k:"checked"==s?m=k:$[s]===k||N(t,s,k,$[s],f);
I(t,w(_)?_:[_],r,u,f,e,u.__k&&S(u,0),a),
s="value",null==b||b===t[s]&&("progress"!=C||b)||N(t,s,b,$[s],f),
s="checked",null!=m&&m!=t[s]&&N(t,s,m,$[s],f)}else $===x||(t.data=x);return t}
function J(t,u){var i,e;if(n.unmount&&n.unmount(t),!(i=t.ref)||i.current&&i.current!=t.__e||(i.current=null),
(i=t.__c)&&(i.__P=null),i=t.__k)for(e=0;e<i.length;e++)i[e]&&J(i[e],"function"!=typeof t.type||u);
u||g(t.__e),t.__e=t.__c=t.__=null}`,
  ],
  [
    "function K(",
    "u=[],f=0,o=function",
    `function K(n){return this.constructor(n)}
function Q(t,r){var u=r.__k,f=[],o=[];r.__k=m($,{children:[t]}),
z(r,r.__k,u||p,r.namespaceURI,f,u?u.__e:r.firstChild,o),E(f,r.__k,o),r.__k.props.children=null}
n={__e:function(n){throw f=0,n}},t=0,x.prototype.setState=function(){this.__v&&L(this)},`,
  ],
  [
    "e=Symbol(),",
    "//# sourceMappingURL",
    "e=Symbol(),c=0,a={};export{$ as Fragment,k as createElement,k as h,n as options,Q as render};",
  ],
];

const hooks: Cut[] = [
  ["var t,r,u,i,o=Object.is", "function y(", "var t,r,u,o=Object.is,c=[],e=[],a=n;"],
  ["a.__h&&a.__h(r,n,f||t),f=0;", "var u=r.__H", ""],
  ["!a.__s&&E(i.__H,u)&&(i.__P=!0", ",i.__=n", "E(i.__H,u)&&(i.__P=!0"],
  ["!a.__s&&E(i.__H,u)&&(i.__P=!1", ",i.__=n", "E(i.__H,u)&&(i.__P=!1"],
  // States, identifiers and error boundaries have no use here: signals hold what changes.
  ["function d(n){", "function A(", ""],
  ["function T(n){return f=5,", "w(function(){return{current", "function T(n){return "],
  ["function q(", "function w(", ""],
  ["function b(n,t){", "function g(", ""],
  ["a.__b=function(n){", "var i=(r=n.__c).__H;", "a.__b=function(){r=null},a.__r=function(n){t=0;"],
  ["i.__.some(function(n){n.__N&&", "a.diffed=", "i.__.some(function(n){n.u=void 0})),u=r},"],
  ["m&&m(n);var t=n.__c;", "t&&t.__H", "var t=n.__c;"],
  ["}),h&&h(n,t)},", "a.unmount", "})},"],
  ["s&&s(n);var t,r", ",u=n.__c", "var t,r"],
  ['var k="function"==typeof requestAnimationFrame;', "function z(", ""],
  ["k&&cancelAnimationFrame(t)", ",setTimeout(n)", "cancelAnimationFrame(t)"],
  [
    "k&&(t=requestAnimationFrame(r))}",
    "function C(",
    "t=requestAnimationFrame(r)}function B(n){1==n&&z(g)}",
  ],
  [
    "function G(",
    "//# sourceMappingURL",
    "export{A as useEffect,F as useLayoutEffect,T as useRef};",
  ],
];

const jsx: Cut[] = [
  ["function a(t,e,n,u,a,i){e||(e={});", "var c,l,p=e;", "function a(t,e,n){"],
  [
    "var s={type:t",
    "function i(",
    `return{type:t,props:p,key:n,ref:c,__k:null,__:null,__b:0,__e:null,__c:null,
constructor:f,__v:--o,__i:-1,__u:0}}`,
  ],
  ["function i(r)", "//# sourceMappingURL", "export{a as jsx,a as jsxs};"],
];

const trims: Record<string, Trim> = {
  "/preact/dist/preact.mjs": {
    sha256: "bdcbd9abdf2c77c5c45326eab42191e949222d479d0d5f69467387a77040cb55",
    cuts: core,
  },
  "/preact/hooks/dist/hooks.mjs": {
    sha256: "e862ab2973aa6455eaa0f77c5d832d2157d6be59a17c8ba546550a575b58c6b4",
    cuts: hooks,
  },
  "/preact/jsx-runtime/dist/jsxRuntime.mjs": {
    sha256: "4761ad0e33728d1488ad98a194fe8c6a93cf940fec80e49995c82dc013d081cd",
    cuts: jsx,
  },
};

/** The file's code without what nobody asks for; undefined: it is none of Preact's. */
export function trimPreact(id: string, code: string): string | undefined {
  const trim = Object.entries(trims).find(([file]) => id.endsWith(file))?.[1];
  if (!trim) return undefined;
  const sha256 = createHash("sha256").update(code).digest("hex");
  if (sha256 !== trim.sha256) throw new Error(`trim-preact: another version: ${id} is ${sha256}`);
  return trim.cuts.reduce((left, [from, upTo, kept]) => {
    const start = left.indexOf(from);
    const end = left.indexOf(upTo, start + 1);
    if (start < 0 || end < 0 || left.includes(from, start + 1))
      throw new Error(`trim-preact: not there once: ${from} … ${upTo}`);
    return left.slice(0, start) + kept + left.slice(end);
  }, code);
}

/** A Vite plugin for the widget's build. */
export function trimPreactPlugin(): Plugin {
  return {
    name: "parlor:trim-preact",
    apply: "build",
    transform(code, id) {
      const trimmed = trimPreact(id, code);
      return trimmed === undefined ? undefined : { code: trimmed, map: null };
    },
  };
}
