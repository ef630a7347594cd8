// A name and what is known by it.
import type { ComponentChildren } from "preact";
import { texts } from "./texts.ts";

export function Fact(props: {
  name: string;
  icon?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class="fact-line">
      <dt>
        {props.icon}
        {props.name}
      </dt>
      <dd dir="auto">{props.children || <span class="quiet">{texts.none}</span>}</dd>
    </div>
  );
}
