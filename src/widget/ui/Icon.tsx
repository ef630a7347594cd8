// Icons of Lucide (ISC licence), as one path each.

export const icons = {
  attach:
    "m16 6-8.4 8.6a2 2 0 0 0 2.8 2.8L18.8 9A4 4 0 1 0 13 3.2l-8.4 8.6a6 6 0 0 0 8.5 8.5L21 12.5",
  back: "m12 19-7-7 7-7M19 12H5",
  camera:
    "M14.5 4h-5L7 7H4a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V9a2 2 0 0 0-2-2h-3zM9 13a3 3 0 1 0 6 0 3 3 0 1 0-6 0",
  close: "M18 6 6 18m0-12 12 12",
  down: "M12 5v14m7-7-7 7-7-7",
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  next: "m9 18 6-6-6-6",
  search: "m21 21-4.3-4.3M3 11a8 8 0 1 0 16 0 8 8 0 1 0-16 0",
  smile: "M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01M2 12a10 10 0 1 0 20 0 10 10 0 1 0-20 0",
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
