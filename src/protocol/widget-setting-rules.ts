// What settings of the widget may be, as plain values: the server's schema, the page's reader and its words share them.

export const COLOR_PATTERN = /^#([\da-f]{3}|[\da-f]{6})$/i;

export const positions = ["left", "right"] as const;
export const colorSchemes = ["light", "dark", "auto"] as const;
export const visibilities = ["shown", "hidden"] as const;
export const windowStates = ["minimized", "maximized"] as const;
export const windowMemories = ["session", "always", "never"] as const;
export const consents = ["granted", "pending", "denied"] as const;
export const storages = ["local", "session", "memory"] as const;
export const routeTrackings = ["auto", "manual"] as const;
