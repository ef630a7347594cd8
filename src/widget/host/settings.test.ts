import { signal } from "../signals.ts";
import { describe, expect, it } from "vitest";
import { aPublicInbox } from "../../client/visitor-fake-records.ts";
import type { PublicInbox } from "../../protocol/records.ts";
import { createSettings } from "../store/settings.ts";
import { explainSetting, settingRules } from "./explain-settings.ts";
import { parseSettings, settingsOfTag } from "./settings.ts";

describe("settings from the page", () => {
  it("are taken as they are when they are valid", () => {
    const container = document.createElement("div");
    const given = {
      greeting: { en: "Hello", de: "Hallo" },
      launcherText: "Chat",
      widgetAppearance: { position: "left", offset: { x: 4 }, zIndex: "12", color: "#ABC" },
      launcher: { hidden: true, selector: ".help", avoid: [".bar"] },
      container,
      features: { endChat: false, sound: "true" },
      consent: "pending",
      storage: "session",
      nonce: "n",
      targeting: { include: ["/shop/*"], exclude: [] },
      routeTracking: "manual",
      locale: null,
      on: {},
    };
    expect(parseSettings(given)).toEqual({
      refused: [],
      patch: {
        ...given,
        on: undefined,
        widgetAppearance: { position: "left", offset: { x: 4 }, zIndex: 12, color: "#aabbcc" },
        features: { endChat: false, sound: true },
      },
    });
  });

  it("are held to what a browser understands, and to bounds", () => {
    const refused = (given: object) => parseSettings(given).refused;
    for (const locale of ["auto", "de", "pt-BR", "zh-Hans-CN"])
      expect(refused({ locale })).toEqual([]);
    for (const locale of ["pt_BR", "a language", "", 5])
      expect(refused({ locale })).toEqual(["locale"]);
    const appearance = { zIndex: 2 ** 31, radius: 101, offset: { x: -10_001, y: "10001" } };
    expect(refused({ widgetAppearance: appearance })).toEqual([
      "widgetAppearance.zIndex",
      "widgetAppearance.radius",
      "widgetAppearance.offset.x",
      "widgetAppearance.offset.y",
    ]);
    const launcher = { selector: ".help >", avoid: ["#bar", "#"] };
    expect(refused({ launcher, container: "##" })).toEqual([
      "launcher.selector",
      "launcher.avoid",
      "container",
    ]);
  });

  it("lose what is not valid, one by one and named by path; the rest stays", () => {
    const { patch, refused } = parseSettings({
      greeting: 5,
      widgetAppearance: { color: "red", radius: 3, shadow: 1, offset: { x: "far", y: 2 } },
      launcher: "big",
      features: { magic: true, endChat: 0 },
      consent: "maybe",
      container: 5,
      toString: "x",
      storage: "memory",
    });
    expect(patch).toEqual({
      widgetAppearance: { radius: 3, offset: { y: 2 } },
      features: {},
      storage: "memory",
    });
    expect(refused).toEqual([
      "greeting",
      "widgetAppearance.color",
      "widgetAppearance.shadow",
      "widgetAppearance.offset.x",
      "launcher",
      "features.magic",
      "features.endChat",
      "consent",
      "container",
      "toString",
    ]);
  });

  it("come from the tag as words, and as JSON where there is more than a word", () => {
    expect(
      settingsOfTag({
        inbox: "token",
        color: "#123456",
        radius: "4",
        greeting: '{"en":"Hello"}',
        launcher: '{"avoid":[".bar"]}',
        launcherText: "[unfinished",
        ours: "not for the chat",
        constructor: "x",
      }),
    ).toEqual({
      inbox: "token",
      widgetAppearance: { color: "#123456", radius: "4" },
      greeting: { en: "Hello" },
      launcher: { avoid: [".bar"] },
      launcherText: "[unfinished",
    });
  });

  it("have a reason for every one that can be refused, and words for one that does not exist", () => {
    for (const path of Object.keys(settingRules)) {
      const [group = "", key] = path.split(".");
      const wrong = Symbol(path);
      const given = key === undefined ? { [group]: wrong } : { [group]: { [key]: wrong } };
      const { refused } = parseSettings(given);
      const nested = path.split(".").length > 2;
      if (!nested) expect(refused).toEqual([path]);
    }
    expect(explainSetting("consent")).toBe('consent must be "granted" or "pending" or "denied"');
    expect(explainSetting("magic")).toBe("magic is no setting");
  });
});

describe("the order of precedence", () => {
  it("is the page over the inbox over the default, key by key", () => {
    const inbox = signal<PublicInbox | null>(null);
    const settings = createSettings({ inbox, language: "en" });
    expect(settings.host.value).toEqual({});
    settings.update({ widgetAppearance: { radius: 2 }, consent: "pending" });
    inbox.value = aPublicInbox({
      settings: {
        greeting: "Stored",
        consent: "denied",
        widgetAppearance: { radius: 9, color: "#112233" },
        features: { endChat: false },
      },
    });
    expect(settings.title.value).toBe("Stored");
    expect(settings.color.value).toBe("#112233");
    expect(settings.host.value.widgetAppearance).toEqual({ radius: 2, color: "#112233" });
    expect(settings.host.value.consent).toBe("pending");
    expect(settings.isOn("endChat")).toBe(false);
    expect(settings.isOn("emoji")).toBe(true);
    settings.update({ consent: null, widgetAppearance: { radius: null as never } });
    expect(settings.host.value.consent).toBe("denied");
    expect(settings.host.value.widgetAppearance?.radius).toBe(9);
  });
});
