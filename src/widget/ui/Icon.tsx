// Icons of Lucide (ISC licence), as one path each.

export const icons = {
  back: "m12 19-7-7 7-7M19 12H5",
  close: "M18 6 6 18m0-12 12 12",
  down: "M12 5v14m7-7-7 7-7-7",
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  next: "m9 18 6-6-6-6",
  send: "m5 12 7-7 7 7M12 19V5",
  pen: "M12 5v14M5 12h14",
};

/** Decoration: the control that holds it has the name. */
export function Icon({ name }: { name: keyof typeof icons }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  );
}
