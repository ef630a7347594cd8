import { cleanup, screen, within } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { anInbox } from "../../client/agent-fake-records.ts";
import { openDesk } from "../test-kit/open-desk.tsx";

afterEach(cleanup);

const rowOf = async (name: string) =>
  within(await screen.findByRole("link", { name: new RegExp(name) }));

it("a row names its inbox where the account has several", async () => {
  openDesk({
    inboxes: [anInbox(), anInbox({ id: 2, name: "Blog" })],
    prepare({ fake }) {
      fake.startConversation({ name: "Ada", content: "Hello" });
      fake.startConversation({ name: "Bea", content: "Hi", more: { inbox_id: 2 } });
      // Of an inbox that has come since the list of inboxes was fetched.
      fake.startConversation({ name: "Cleo", content: "Hey", more: { inbox_id: 3 } });
    },
  });
  (await rowOf("Bea")).getByText("Blog");
  (await rowOf("Ada")).getByText("Website");
  expect((await rowOf("Cleo")).queryByTitle(/^Inbox/)).toBeNull();
});

it("a row does not name the only inbox", async () => {
  openDesk({
    prepare: ({ fake }) => void fake.startConversation({ name: "Ada", content: "Hello" }),
  });
  expect((await rowOf("Ada")).queryByText("Website")).toBeNull();
});

it("a row says how long a visitor has been waiting, once it is a minute", async () => {
  openDesk({
    prepare({ fake, clock }) {
      const waiting = (seconds: number) => ({
        more: { waiting_since: Math.floor(clock.now() / 1000) - seconds },
      });
      fake.startConversation({ name: "Ada", content: "Hello", ...waiting(2) });
      fake.startConversation({ name: "Bea", content: "Hi", ...waiting(185) });
    },
  });
  (await rowOf("Bea")).getByText("Waiting 3m");
  expect((await rowOf("Ada")).queryByText(/Waiting/)).toBeNull();
});
