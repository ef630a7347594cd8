import { describe, expect, it } from "vitest";
import { formatRoute, parseRoute } from "./route.ts";
import type { Route } from "./route.ts";

const parse = (address: string) => parseRoute(new URL(address, "http://desk.test"));

describe("route", () => {
  it.each<[string, Route]>([
    ["/desk/", { view: "open", conversationId: null }],
    ["/desk/?view=mine", { view: "mine", conversationId: null }],
    ["/desk/conversations/123", { view: "open", conversationId: 123 }],
    ["/desk/conversations/123?view=resolved", { view: "resolved", conversationId: 123 }],
    ["/desk/settings", { view: "open", conversationId: null, settings: "" }],
    [
      "/desk/settings/inboxes/3/appearance",
      { view: "open", conversationId: null, settings: "inboxes/3/appearance" },
    ],
    ["/desk/invitation#t0-ken", { view: "open", conversationId: null, invitation: "t0-ken" }],
  ])("reads %s and writes it again", (address, route) => {
    expect(parse(address)).toEqual(route);
    expect(formatRoute(route)).toBe(address);
  });

  it.each([
    "/desk/conversations/abc",
    "/desk/conversations/0",
    "/desk/conversations/99999999999999999999",
    "/desk/nothing?view=constructor",
  ])("takes the unknown address %s for the first view", (address) => {
    expect(parse(address)).toEqual({ view: "open", conversationId: null });
  });
});
