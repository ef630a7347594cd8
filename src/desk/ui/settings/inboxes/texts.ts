// The words of an inbox's pages.
export const inboxTexts = {
  list: "Inboxes",
  create: "New inbox",
  nameHint: "What your team calls it.",
  website: "Website",
  partsLabel: "Parts of the inbox",
  parts: {
    install: "Installation",
    appearance: "Appearance",
    texts: "Texts",
    behaviour: "Behaviour",
    security: "Security",
    agents: "Agents",
    general: "General",
  },
  membersHint: "They see the inbox's conversations. Administrators see every inbox anyway.",
  remove: "Delete inbox",
  removeTitle: (name: string) => `Delete the inbox “${name}”?`,
  removeText:
    "All of its conversations are deleted with it, and the chat disappears from your website. This cannot be undone.",
  emptyTitle: "No inboxes",
  emptyText: "Make one for each website that gets a chat.",
} as const;

export const installTexts = {
  title: "Put the chat on your website",
  text: "Paste this tag before the closing body tag of your pages.",
  tag: "Script tag",
  code: "In code, such as with the npm package, the inbox is named by its token:",
  token: "Website token",
  demo: "See a chat at work on the demo page",
} as const;

export const previewTexts = {
  title: "Preview",
  open: "Chat open",
  hint: "A picture of the real chat with what you type here. Visitors see it once you save.",
} as const;

export const appearanceTexts = {
  color: "Colour",
  colorHint: "Six digits, such as #1f5eff.",
  colorProblem: "must be a colour such as #1f5eff",
  textOn: (isWhite: boolean, ratio: string) =>
    `Text on it is ${isWhite ? "white" : "black"}: contrast ${ratio} to 1, which reads well.`,
  pale: "On a white page the button itself is hard to see; a darker colour helps.",
  colorScheme: "Light or dark",
  colorSchemes: { auto: "Like the visitor's system", light: "Light", dark: "Dark" },
  position: "Side of the page",
  positions: { right: "Right", left: "Left" },
  radius: "Roundness of the corners",
  radiusHint: "In pixels, 0 to 100.",
  avatars: "Show the agents' pictures",
  offset: "Distance from the corner, in pixels",
  mobileOffset: "The same on phones",
  asAbove: "as above",
  fromSide: "From the side",
  fromBottom: "From the bottom",
  zIndex: "Layer (z-index)",
  zIndexHint: "Higher is in front. Change it if something of your page lies over the chat.",
} as const;

export const wordsTexts = {
  oneForAll: "Every visitor reads the same texts.",
  languages: "Language of the texts",
  split: "Write texts for several languages",
  addLanguage: "Add a language",
  present: "The texts so far are in",
  added: "Add texts in",
  add: "Add",
  removeLanguage: (name: string) => `Remove the texts in ${name}`,
  fallback: (name: string) => `Visitors with any other language read the texts in ${name}.`,
  names: {
    greeting: "Title",
    greetingIntroduction: "Introduction",
    conversationButton: "Button for a new conversation",
    conversationListTitle: "Title of the conversations",
    launcherText: "Text on the launcher",
  },
  hints: {
    greeting: "Heads the chat and the greeting.",
    greetingIntroduction: "The line below the title.",
    conversationButton: "",
    conversationListTitle: "",
    launcherText: "Without one the launcher is a round button.",
  },
  placeholders: {
    greeting: "Support team",
    greetingIntroduction: "Ask us anything…",
    conversationButton: "New conversation",
    conversationListTitle: "Your conversations",
    launcherText: "",
  },
  greetingEnabled: "Greet new visitors",
  greetingEnabledHint: "A card above the launcher, once for each visitor.",
} as const;

export const securityTexts = {
  domains: "Websites that may show the chat",
  domainsHint: "One host name a line; *.example.com for subdomains. Empty: every website may.",
  mandatory: "Believe only visitors whose identity is signed",
  mandatoryHint: "What a page says of its visitor without a signature is refused.",
  identity: "Identity verification",
  identityText:
    "Your server signs the identifiers of your customers with this secret, so that nobody can pose as somebody else. Keep it off your pages.",
  secret: "Secret",
  show: "Show the secret",
  hide: "Hide the secret",
} as const;

export const behaviourTexts = {
  visibility: "On the page",
  visibilities: { shown: "Shown", hidden: "Hidden until the page shows it" },
  windowState: "At first the chat is",
  windowStates: { minimized: "Closed", maximized: "Open" },
  persist: "An open chat stays open",
  persists: {
    session: "In this tab",
    always: "On every later visit",
    never: "Not on the next page",
  },
  locale: "Language",
  localeHint: "Such as “de” or “pt-BR”; “auto” follows the page, then the browser.",
  featuresLabel: "What the chat offers",
  features: {
    attachments: "Files and pictures",
    emoji: "Emoji",
    endChat: "End the chat",
    transcript: "Transcript",
    csat: "Rating at the end",
    search: "Search",
    sound: "Sounds",
    help: "Help articles",
  },
  launcher: "Launcher",
  launcherHidden: "No launcher",
  launcherHiddenHint: "Something on your page opens the chat instead.",
  selector: "Also opened by",
  selectorHint: "A CSS selector: a click on such an element opens or closes the chat.",
  avoid: "Keeps clear of",
  avoidHint:
    "CSS selectors, one a line: the launcher moves up while it would cover such an element.",
  targeting: "Pages",
  include: "Only on",
  includeHint: "Paths, one a line, with * for anything. Empty: every page.",
  exclude: "Not on",
  excludeHint: "These win.",
  routeTracking: "Pages that are shown without loading anew",
  routeTrackings: { manual: "Told by the page", auto: "Noticed by themselves" },
  privacy: "Privacy",
  consent: "What may be kept on the device",
  consents: {
    granted: "Everything the chat needs",
    pending: "Nothing before the visitor opens the chat",
    denied: "Nothing",
  },
  storage: "It is kept",
  storages: { local: "For good", session: "As long as the tab", memory: "As long as the page" },
} as const;
