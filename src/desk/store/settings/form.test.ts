import { describe, expect, it, vi } from "vitest";
import { failure, success } from "../../../protocol/result.ts";
import type { Result } from "../../../protocol/result.ts";
import { createForm } from "./form.ts";

interface Values {
  name: string;
  color: string;
}

function open(save: (values: Values) => Promise<Result<Values>>) {
  return createForm<Values>({
    initial: { name: "a", color: "#123456" },
    fields: ["name", "color"],
    check: ({ name }) => (name === "" ? [{ field: "name", message: "must not be empty" }] : []),
    save,
  });
}

describe("a form", () => {
  it("is unsaved once something differs, saved as the server says, and clean again", async () => {
    const form = open(async ({ name, color }) => success({ name: name.toLowerCase(), color }));
    form.set({ name: "B" });
    expect(form.isDirty.value).toBe(true);
    form.set({ name: "a" });
    expect(form.isDirty.value).toBe(false);
    form.set({ name: "B" });
    expect(await form.submit()).toBe(true);
    expect(form.values.value.name).toBe("b");
    expect([form.isDirty.value, form.isSaved.value]).toEqual([false, true]);
    form.set({ name: "c" });
    expect(form.isSaved.value).toBe(false);
    form.reset();
    expect(form.values.value.name).toBe("b");
  });

  it("says at the field what is wrong, asks the server only for what can be right", async () => {
    const save = vi.fn<(values: Values) => Promise<Result<Values>>>(async () =>
      Object.assign(failure("invalid", "Color is odd"), {
        error: {
          code: "invalid" as const,
          message: "Color is odd",
          fields: [{ field: "color.0", message: "is odd" }],
        },
      }),
    );
    const form = open(save);
    form.set({ name: "" });
    expect(await form.submit()).toBe(false);
    expect(save).not.toHaveBeenCalled();
    expect(form.problemOf("name")).toBe("must not be empty");
    form.set({ name: "b" });
    expect(form.problemOf("name")).toBeUndefined();
    expect(await form.submit()).toBe(false);
    expect(form.problemOf("color")).toBe("is odd");
    expect(form.failure.value).toBeNull();
    form.set({ color: "#654321" });
    expect(form.problems.value).toEqual([]);
  });

  it("tells what no field of its own is to blame for as a whole", async () => {
    const form = open(async () => failure("invalid", "too many", { field: "elsewhere" }));
    expect(await form.submit()).toBe(false);
    expect(form.failure.value?.code).toBe("invalid");
  });

  it("keeps what is typed while it saves, and takes changes from elsewhere only when untouched", async () => {
    let answer: (result: Result<Values>) => void = () => undefined;
    const form = open(() => new Promise((resolve) => (answer = resolve)));
    form.rebase({ name: "from elsewhere", color: "#000000" });
    expect(form.values.value.name).toBe("from elsewhere");
    form.set({ name: "b" });
    const saving = form.submit();
    form.set({ name: "bc" });
    form.rebase({ name: "ignored", color: "#000000" });
    answer(success({ name: "b", color: "#000000" }));
    await saving;
    expect(form.values.value.name).toBe("bc");
    expect(form.isDirty.value).toBe(true);
  });
});
