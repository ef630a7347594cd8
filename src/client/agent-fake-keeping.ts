// An administrator beside the desk's fake server: adds to the lists that an account keeps.
import type { AgentFake } from "./agent-fake.ts";
import type { AgentTransport } from "./agent-transport-kit.ts";

export function keepIn(fake: AgentFake): AgentTransport["keep"] {
  let id = 100;
  return {
    async label(title) {
      fake.keep("label", {
        id: (id += 1),
        title,
        description: "",
        color: "#1f93ff",
        show_on_sidebar: true,
      });
    },
    async cannedResponse(short_code, content) {
      fake.keep("canned_response", { id: (id += 1), short_code, content, account_id: 1 });
    },
    async team(name) {
      fake.keep("team", {
        id: (id += 1),
        name,
        description: "",
        allow_auto_assign: false,
        account_id: 1,
        is_member: false,
      });
    },
    async attribute(key, attribute_model) {
      fake.keep("custom_attribute", {
        id: (id += 1),
        attribute_display_name: key,
        attribute_display_type: "text",
        attribute_description: "",
        attribute_key: key,
        attribute_values: "[]",
        default_value: "",
        attribute_model,
        account_id: 1,
      });
    },
  };
}
