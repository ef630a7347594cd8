// Signals in components, in as few bytes as that takes: the full integration is five times this.
import { effect, signal } from "../signals.ts";
import type { Signal } from "../signals.ts";
import type { Component, ComponentChild, FunctionComponent } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A component that renders anew when a signal that it has read changes. */
export function tracked<Props>(render: (props: Props) => ComponentChild): FunctionComponent<Props> {
  // Preact calls a function as a method of its component: asking that to draw itself is less than a state is.
  return function Tracked(this: Component, props: Props) {
    const stop = useRef<() => void>(undefined);
    stop.current?.();
    let output: ComponentChild;
    let isRendering = true;
    stop.current = effect(() => {
      // The first run is this very rendering, so that what it reads is heard; the next one is a change.
      if (isRendering) output = render(props);
      else this.setState({});
      isRendering = false;
    });
    useEffect(() => () => stop.current?.(), []);
    return output as ReturnType<FunctionComponent>;
  };
}

/** A signal that lives as long as the component. */
export function useSignal<Value>(first: Value): Signal<Value> {
  const made = useRef<Signal<Value>>(undefined);
  return (made.current ??= signal(first));
}

/** Runs as an effect of the signals that it reads, while the component is there; what it answers undoes the last run. */
export function useSignalEffect(run: () => (() => void) | void): void {
  useEffect(() => effect(run), []);
}
