import { expect, it, vi } from "vitest";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import { createCustomerStore } from "./customer.ts";
import { createMemoryStorage } from "./storage.ts";

/** Somebody whom the server knows, and updates of him that wait to be let through. */
async function openCustomer() {
  const fake = createVisitorFake();
  const waiting: (() => void)[] = [];
  const customer = createCustomerStore({
    rest: {
      createContact: (...input) => fake.rest.createContact(...input),
      async updateContact(...input) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return fake.rest.updateContact(...input);
      },
    },
    storage: createMemoryStorage(),
    emit: () => {},
  });
  await customer.ensure();
  return { customer, waiting, contacts: () => fake.contacts() };
}

it("what is said last of a customer is what holds, however long each takes on its way", async () => {
  const { customer, waiting, contacts } = await openCustomer();
  const said = ["Huts", "Tours"].map((name) => customer.setInfo({ name }));
  while (waiting[0] || customer.info.peek().name !== "Tours") {
    // The latest arrives first, as on two connections.
    waiting.pop()?.();
    await vi.waitFor(() => Promise.resolve());
  }
  await Promise.all(said);
  expect(contacts()).toMatchObject([{ name: "Tours" }]);
  expect(customer.info.peek().name).toBe("Tours");
});

it("what waits to be said of one customer is not said of the next", async () => {
  const { customer, waiting, contacts } = await openCustomer();
  void customer.setInfo({ name: "Ada" });
  const late = customer.setInfo({ phone: "+4930123456" });
  customer.become(null);
  waiting.pop()?.();
  expect(await late).toMatchObject({ ok: false, error: { code: "conflict" } });
  expect(customer.info.peek().phone).toBeNull();
  expect(contacts()[0]?.phone_number ?? null).toBeNull();
});
