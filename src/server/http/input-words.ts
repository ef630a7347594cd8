// What is wrong with an input, in words that follow the field's name: "Page" + "must be at most 1000".
import { z } from "zod";

type Issue = Parameters<NonNullable<z.core.$ZodConfig["customError"]>>[0];

const types: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  bigint: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  date: "a date",
  null: "null",
};

const formats: Record<string, string> = {
  email: "an e-mail address",
  url: "a URL",
  uuid: "a UUID",
  datetime: "a time such as 2026-11-26T09:30:00Z",
  date: "a date such as 2026-11-26",
  time: "a time such as 09:30",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  json_string: "JSON",
};

const units: Record<string, string> = { string: "character", array: "item", file: "byte" };

function counted(count: number | bigint, origin: string): string {
  const unit = units[origin];
  return unit ? ` ${unit}${Number(count) === 1 ? "" : "s"}` : "";
}

function sizeWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall>) {
  const { origin } = issue;
  const limit = issue.code === "too_big" ? issue.maximum : issue.minimum;
  const verb = origin in units ? "have" : "be";
  const [inclusive, exclusive] =
    issue.code === "too_big" ? ["at most", "less than"] : ["at least", "more than"];
  const bound = issue.exact ? "exactly" : issue.inclusive ? inclusive : exclusive;
  if (origin === "string" && issue.code === "too_small" && limit === 1) return "must not be empty";
  return `must ${verb} ${bound} ${limit}${counted(limit, origin)}`;
}

function formatWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidStringFormat>): string {
  if (issue.format === "starts_with") return `must start with "${String(issue.prefix)}"`;
  if (issue.format === "ends_with") return `must end with "${String(issue.suffix)}"`;
  if (issue.format === "includes") return `must include "${String(issue.includes)}"`;
  return `must be ${formats[issue.format] ?? "in the documented form"}`;
}

function words(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return `must be ${types[issue.expected] ?? "of another type"}`;
    case "invalid_value":
      return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map(String).join(", ")}`;
    case "too_big":
    case "too_small":
      return sizeWords(issue);
    case "invalid_format":
      return formatWords(issue);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `must not have ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
    case "invalid_union":
      return "has none of the documented forms";
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return "is invalid";
  }
}

/** Has every schema of this process speak so, unless it has words of its own. */
export function describeInputInWords(): void {
  z.config({ customError: words });
}
