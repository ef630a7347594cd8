// The optional stub: one line that makes every method of `window.Parlor` callable before the script has come.

/**
 * Text of an inline script, under 400 bytes; it goes before the chat's own tag. A method answers a promise
 * of what the live one will answer; `on…` and `once` answer the function that unsubscribes.
 */
export const stub =
  'window.Parlor||=(q=>new Proxy(q,{get:(t,n)=>n in t||n=="then"||typeof n!="string"?t[n]:n=="ready"?new Promise(r=>q.push(p=>r(p.ready))):(...a)=>{let f,s,r=new Promise(y=>q.push(p=>s||y(f=p[n](...a))));return/^on/.test(n)?()=>{s=1;f&&f()}:(r.catch(e=>e),r)}}))([])';
