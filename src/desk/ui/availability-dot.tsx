// A coloured dot for an agent's availability.
import type { Availability } from "../../protocol/lists.ts";
import { availabilityTexts } from "./texts.ts";

export function AvailabilityDot({ availability }: { availability: Availability }) {
  return (
    <span class={`dot dot-${availability}`}>
      <span class="visually-hidden">{availabilityTexts[availability]}</span>
    </span>
  );
}
